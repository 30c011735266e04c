/** Runs a command and takes its whole measure: the CPU of every process under it, and what they held in memory at most. */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export type Measured = {
  readonly stdout: string
  /** Seconds of user and system time of the command and all it started and waited for, start-up included. */
  readonly cpu: number
  /** Of it, what PostgreSQL took, its start and stop included: as last seen, so up to a third of a second short. */
  readonly database: number
  readonly seconds: number
  /** MB, at most: of the command's own process, and of the tree by proportional set size (shared pages counted once). */
  readonly own: number
  readonly tree: number
}

const LOOK_MS = 300

/** Rejects where the command fails. CPU is the shell's account of what it waited for, to 10 ms. */
export function measure(file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const child = spawn('/bin/bash', ['-c', '"$@"; rc=$?; TIMEFORMAT=; times >&3; exit $rc', 'bash', file, ...args], { env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] })
    const text = ['', '', '']
    for (const [i, at] of [1, 2, 3].entries()) child.stdio[at]?.on('data', (chunk: Buffer) => { text[i] += chunk.toString() })
    let own = 0
    let tree = 0
    let database = 0
    const look = setInterval(() => {
      const held = memoryUnder(child.pid ?? 0)
      own = Math.max(own, held.own)
      tree = Math.max(tree, held.tree)
      database = Math.max(database, held.database)
    }, LOOK_MS)
    child.once('error', reject)
    child.once('close', (code) => {
      clearInterval(look)
      const [stdout = '', stderr = '', times = ''] = text
      if (code !== 0) return reject(new Error(`${file} ${args.slice(0, 2).join(' ')} ended with ${code}: ${stderr.slice(-2000)}`))
      // The second line is what the children used: "0m1.230s 0m0.450s".
      const spent = (times.trim().split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)
      const cpu = [...spent].reduce((sum, [, m, s]) => sum + Number(m) * 60 + Number(s), 0)
      resolve({ stdout, cpu, database, seconds: (performance.now() - began) / 1000, own, tree })
    })
  })
}

/** The shell is the root; its child is the command. */
function memoryUnder(root: number): { own: number; tree: number; database: number } {
  const children = new Map<number, number[]>()
  const servers = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = read(`/proc/${name}/stat`)
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number)
    const parent = fields[1] ?? 0
    // User and system time in hundredths of a second, of itself and of those it waited for.
    if (stat.includes('(postgres)')) servers.set(Number(name), ((fields[11] ?? 0) + (fields[12] ?? 0) + (fields[13] ?? 0) + (fields[14] ?? 0)) / 100)
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const [command = 0] = children.get(root) ?? []
  let tree = 0
  let database = 0
  const walk = (pid: number): void => {
    tree += field(`/proc/${pid}/smaps_rollup`, 'Pss')
    database += servers.get(pid) ?? 0
    for (const below of children.get(pid) ?? []) walk(below)
  }
  walk(command)
  return { own: field(`/proc/${command}/status`, 'VmHWM'), tree, database }
}

/** MB; 0 where the process has ended. */
function field(path: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(read(path))?.[1] ?? 0) / 1024
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
