import { execFile } from 'node:child_process'
import { mkdir, open, readdir, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const SIZE_MB = 48

export type Disk = { readonly how: 'tmpfs' | '/dev/full'; fill(): Promise<void>; empty(): Promise<void>; close(): Promise<void> }

/**
 * The evidence store's disk, which can be filled: a small tmpfs mounted there where that is permitted; else new packs are links to
 * /dev/full, which answers every write with "no space left" (only processes started meanwhile meet it).
 */
export async function evidenceDisk(folder: string): Promise<Disk> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m,mode=700`, 'tmpfs', folder]).then(() => true, () => false)
  const ballast = join(folder, 'ballast')
  const aside = `${folder}.aside`
  if (mounted) {
    return {
      how: 'tmpfs',
      fill: async () => {
        const file = await open(ballast, 'w')
        try {
          for (const size of [1 << 20, 1 << 12, 1]) for (;;) await file.write(Buffer.alloc(size))
        } catch {
          // Full: what was wanted.
        } finally {
          await file.close()
        }
      },
      empty: () => rm(ballast, { force: true }),
      close: async () => { await run('umount', ['-l', folder]) },
    }
  }
  return {
    how: '/dev/full',
    fill: async () => {
      await rename(folder, aside)
      const month = join(folder, new Date().toISOString().slice(0, 7))
      await mkdir(month, { recursive: true })
      for (const digit of '0123456789abcdef') await symlink('/dev/full', join(month, `${digit}.pack`))
    },
    empty: async () => {
      if (!(await readdir(join(folder, '..'))).includes('evidence.aside')) return
      await rm(folder, { recursive: true, force: true })
      await rename(aside, folder)
    },
    close: async () => undefined,
  }
}
