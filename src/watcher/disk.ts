import { stat, statfs } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Config } from '../config/schema.ts'

/** Room on one file system that holds something of ours. Sizes in bytes; `free` is what an unprivileged process may use. */
export type Disk = { readonly holds: 'data' | 'evidence' | 'postgres'; readonly device: number; readonly free: number; readonly size: number }

/** The file systems of the data folder, the evidence and the embedded database: one each, mostly the same. A folder not made yet counts as where it will be. */
export async function measureDisks(config: Pick<Config, 'data'>): Promise<Disk[]> {
  const data = resolve(config.data)
  const disks = new Map<number, Disk>()
  for (const [holds, path] of [['data', data], ['evidence', join(data, 'evidence')], ['postgres', join(data, 'postgres')]] as const) {
    const there = await nearest(path)
    if (disks.has(there.device)) continue
    const fs = await statfs(there.path)
    disks.set(there.device, { holds, device: there.device, free: fs.bavail * fs.bsize, size: fs.blocks * fs.bsize })
  }
  return [...disks.values()]
}

async function nearest(path: string): Promise<{ path: string; device: number }> {
  const found = await stat(path).catch(() => null)
  if (found !== null) return { path, device: found.dev }
  const up = dirname(path)
  if (up === path) throw new Error(`no folder at ${path}`)
  return nearest(up)
}
