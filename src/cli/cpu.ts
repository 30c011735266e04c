import { readFileSync, readdirSync } from 'node:fs'

/** CPU seconds used so far by a process and all below it, the ones already ended and waited for included. */
type Usage = { pid: number; parent: number; seconds: number }

const TICKS_PER_SECOND = 100

function usages(): Usage[] {
  const out: Usage[] = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // The command may hold spaces and brackets: fields are counted from its closing one.
      const f = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number)
      const ticks = (f[11] ?? 0) + (f[12] ?? 0) + (f[13] ?? 0) + (f[14] ?? 0)
      out.push({ pid: Number(name), parent: f[1] ?? 0, seconds: ticks / TICKS_PER_SECOND })
    } catch {
      // It ended while we looked.
    }
  }
  return out
}

/**
 * CPU seconds of the trees under `roots` (this process and the database's first process). Returns null where /proc
 * is not to be read (not Linux): the caller then falls back to its own process's figure.
 */
export function treeCpuSeconds(roots: readonly number[]): number | null {
  try {
    const all = usages()
    const children = new Map<number, Usage[]>()
    for (const u of all) children.set(u.parent, [...(children.get(u.parent) ?? []), u])
    const seen = new Set<number>()
    const walk = (u: Usage): number => {
      if (seen.has(u.pid)) return 0
      seen.add(u.pid)
      return u.seconds + (children.get(u.pid) ?? []).reduce((sum, c) => sum + walk(c), 0)
    }
    return all.filter((u) => roots.includes(u.pid)).reduce((sum, u) => sum + walk(u), 0)
  } catch {
    return null
  }
}

/** The database's first process, found as the parent of the one that serves us; null where it is not on this machine. */
export async function databaseRoot(sql: { unsafe(query: string): PromiseLike<readonly Record<string, unknown>[]> }): Promise<number | null> {
  const [row] = await sql.unsafe('select pg_backend_pid() as pid')
  return usages().find((u) => u.pid === row?.['pid'])?.parent ?? null
}
