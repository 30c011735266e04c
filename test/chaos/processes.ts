import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export type Kind = 'server' | 'worker'
type Kept = { readonly kind: Kind; readonly name: string; child: ChildProcess; wanted: boolean }

export type Processes = {
  /** Starts one that is started again when it ends by itself, as a service manager would. */
  start(kind: Kind, name: string): void
  names(kind?: Kind): string[]
  /** kill -9, and another in its place after `downMs`. */
  kill(name: string, downMs: number): Promise<void>
  pids(): number[]
  /** SIGTERM to all; resolves with what did not end well. */
  stop(patienceMs: number): Promise<string[]>
  /** Ended though nobody killed them. */
  readonly ended: string[]
  killAll(): void
}

type Options = {
  readonly folder: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly say: (line: string) => void
}

/** The program's processes under test. Their words go to `<name>.log` in the folder. */
export function processes({ folder, args, env, say }: Options): Processes {
  const all = new Map<string, Kept>()
  const ended: string[] = []
  let closing = false
  const launch = (kind: Kind, name: string): ChildProcess => {
    const words = kind === 'server' ? ['serve', '--port', '0'] : ['worker']
    const child = spawn(process.execPath, ['--import', new URL('moved-clock.ts', import.meta.url).href, 'src/cli/main.ts', ...words, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env },
    })
    const log = createWriteStream(join(folder, `${name}.log`), { flags: 'a' })
    child.stdout?.pipe(log, { end: false })
    child.stderr?.pipe(log, { end: false })
    child.once('exit', (code, signal) => {
      log.end(`-- ended: ${String(code)} ${String(signal)}\n`)
      const kept = all.get(name)
      if (closing || kept?.child !== child || !kept.wanted) return
      ended.push(`${name} ended by itself with ${String(code ?? signal)}`)
      say(`${name} ended by itself (${String(code ?? signal)}): started again`)
      setTimeout(() => { if (!closing && kept.wanted) kept.child = launch(kind, name) }, 1000)
    })
    return child
  }
  const over = (c: ChildProcess): boolean => c.exitCode !== null || c.signalCode !== null
  return {
    ended,
    start: (kind, name) => void all.set(name, { kind, name, child: launch(kind, name), wanted: true }),
    names: (kind) => [...all.values()].filter((k) => kind === undefined || k.kind === kind).map((k) => k.name),
    kill: async (name, downMs) => {
      const kept = all.get(name)
      if (kept === undefined) return
      kept.wanted = false
      kept.child.kill('SIGKILL')
      await wait(downMs)
      if (closing) return
      kept.wanted = true
      kept.child = launch(kept.kind, name)
    },
    pids: () => [...all.values()].flatMap((k) => (over(k.child) || k.child.pid === undefined ? [] : [k.child.pid])),
    stop: async (patienceMs) => {
      closing = true
      const trouble: string[] = []
      await Promise.all([...all.values()].map(async ({ name, child }) => {
        child.kill('SIGTERM')
        const until = performance.now() + patienceMs
        while (!over(child) && performance.now() < until) await wait(50)
        if (!over(child)) {
          trouble.push(`${name} does not end when told to`)
          child.kill('SIGKILL')
        } else if (child.exitCode !== 0) trouble.push(`${name} ended with ${String(child.exitCode ?? child.signalCode)} when told to stop`)
      }))
      return trouble
    },
    killAll: () => {
      closing = true
      for (const { child } of all.values()) if (!over(child)) child.kill('SIGKILL')
    },
  }
}

export type Found = { readonly pid: number; readonly parent: number; readonly command: string }

/** Every process on this machine that was started with this run's mark in its environment, however it is related to us. */
export async function marked(mark: string): Promise<Found[]> {
  const found: Found[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue
    const environ = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '')
    if (!environ.split('\0').includes(`HUOSHUI_CHAOS_RUN=${mark}`)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (stat === '' || fields[0] === 'Z' || fields[0] === 'X') continue
    const command = (await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ').trim()
    found.push({ pid: Number(name), parent: Number(fields[1]), command })
  }
  return found
}

/** The browsers' own processes (not their helpers'), started by this run. */
export async function browsers(mark: string): Promise<Found[]> {
  return (await marked(mark)).filter((p) => /chrom/i.test(p.command.split(' ')[0] ?? '') && !p.command.includes('--type='))
}
