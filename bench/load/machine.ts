/** What processes take of this machine, read from /proc (Linux): CPU seconds, and memory with shared pages counted once. */
import { readFileSync, readdirSync } from 'node:fs'

const TICKS_PER_SECOND = 100

export type Use = {
  /** CPU seconds so far; children that were waited for are in it. */
  readonly cpu: number
  /** Resident megabytes, shared pages counted in every process. */
  readonly rss: number
  /** Proportional megabytes: each shared page is divided among those who share it, so that sums are true. */
  readonly pss: number
  readonly processes: number
}

type Process = { readonly pid: number; readonly parent: number; readonly cpu: number }

function processes(): Process[] {
  const out: Process[] = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const f = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number)
      out.push({ pid: Number(name), parent: f[1] ?? 0, cpu: ((f[11] ?? 0) + (f[12] ?? 0) + (f[13] ?? 0) + (f[14] ?? 0)) / TICKS_PER_SECOND })
    } catch {
      // It ended while we looked.
    }
  }
  return out
}

function memoryOf(pid: number): { rss: number; pss: number } {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    const of = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 1024
    return { rss: of('Rss'), pss: of('Pss') }
  } catch {
    return { rss: 0, pss: 0 }
  }
}

/** The process of that id and all below it. */
export function useOf(root: number): Use {
  const all = processes()
  const tree = new Set([root])
  // Children may stand before their parents in the list: until nothing is added.
  for (let size = 0; size !== tree.size;) {
    size = tree.size
    for (const p of all) if (tree.has(p.parent)) tree.add(p.pid)
  }
  const mine = all.filter((p) => tree.has(p.pid))
  const memory = mine.map((p) => memoryOf(p.pid))
  const sum = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0)
  return { cpu: sum(mine.map((p) => p.cpu)), rss: sum(memory.map((m) => m.rss)), pss: sum(memory.map((m) => m.pss)), processes: mine.length }
}

/** Most megabytes that one process has held; 0 when it has ended. Cheap to ask. */
export function peakOf(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}
