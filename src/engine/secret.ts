import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The embedded database's password: made once, kept with mode 600, the same for every command that starts at once. */
export async function enginePassword(data: string): Promise<string> {
  const file = join(data, 'engine.password')
  const known = await readFile(file, 'utf8').catch(() => '')
  if (known.trim() !== '') return known.trim()
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  await writeFile(draft, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  try {
    // link() fails where the name is taken: the first one there wins, and nobody reads half a file.
    await link(draft, file).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(draft, { force: true })
  }
  return (await readFile(file, 'utf8')).trim()
}

/** What a running engine tells the commands that would join it. */
export type Runtime = { readonly port: number; readonly pid: number; readonly owner: number }

const runtimeFile = (data: string): string => join(data, 'engine.json')

export async function readRuntime(data: string): Promise<Runtime | null> {
  try {
    const value = JSON.parse(await readFile(runtimeFile(data), 'utf8')) as Partial<Runtime>
    const { port, pid, owner } = value
    return Number.isInteger(port) && Number.isInteger(pid) && port !== undefined && pid !== undefined ? { port, pid, owner: owner ?? 0 } : null
  } catch {
    return null
  }
}

export async function writeRuntime(data: string, runtime: Runtime): Promise<void> {
  const draft = `${runtimeFile(data)}.${process.pid}`
  await writeFile(draft, JSON.stringify(runtime), { mode: 0o600 })
  await rename(draft, runtimeFile(data))
}

export async function clearRuntime(data: string): Promise<void> {
  await rm(runtimeFile(data), { force: true })
}
