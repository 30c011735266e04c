import { readdir, readFile } from 'node:fs/promises'

const PAGE = 4096
const EVERY = 1000

/**
 * Looks once a second at the memory of a process group (resident, shared parts counted once for each process) and calls
 * `tooBig` when it is above `most` bytes. Returns what stops the looking. Where there is no /proc nothing is watched.
 */
export function watchMemory(group: number, most: number, tooBig: () => void): () => void {
  let looking = false
  const look = async (): Promise<void> => {
    if (looking) return
    looking = true
    const bytes = await groupMemory(group)
    looking = false
    if (bytes <= most) return
    clearInterval(timer)
    tooBig()
  }
  const timer = setInterval(() => void look(), EVERY)
  timer.unref()
  return () => clearInterval(timer)
}

/** Resident bytes of all processes of a group, less what they share with others. */
export async function groupMemory(group: number): Promise<number> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const sizes = await Promise.all(pids.map(async (pid) => {
    try {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
      // Fields after the name, which may itself hold spaces and brackets: state, ppid, pgrp…
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (Number(fields[2]) !== group) return 0
      const [, resident, shared] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')
      return (Number(resident) - Number(shared)) * PAGE
    } catch {
      return 0
    }
  }))
  return sizes.reduce((sum, size) => sum + size, 0)
}
