import { execFile } from 'node:child_process'
import { access, constants, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The operating system's user PostgreSQL runs as; null: as ourselves. PostgreSQL refuses to run as root. */
export type Account = { readonly uid: number; readonly gid: number } | null

async function idOf(name: string): Promise<Account> {
  try {
    const [u, g] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    const uid = Number(u.stdout)
    return uid > 0 ? { uid, gid: Number(g.stdout) } : null
  } catch {
    return null
  }
}

/**
 * Who PostgreSQL runs as. A plain user runs it as itself; root hands it to the folder's owner where it exists already,
 * else to the system's user `postgres`, which is made if it is missing, else (no useradd, /etc read-only) to `nobody`.
 * Throws when root finds nobody to hand it to.
 */
export async function serverAccount(folder: string): Promise<Account> {
  if (process.getuid?.() !== 0) return null
  const owner = await stat(folder).catch(() => null)
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const known = await idOf('postgres')
  if (known !== null) return known
  await run('groupadd', ['--system', 'postgres']).catch(() => undefined)
  await run('useradd', ['--system', '--gid', 'postgres', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']).catch(() => undefined)
  const made = (await idOf('postgres')) ?? (await idOf('nobody'))
  if (made === null) throw new Error('root may not run PostgreSQL, and no other user (postgres, nobody) exists')
  return made
}

/** Can that user reach all of these paths, that is, enter every folder above them? */
export async function canReach(account: Account, paths: readonly string[]): Promise<boolean> {
  if (account === null) return true
  const above = new Set<string>()
  for (const path of paths) for (let at = dirname(path); !above.has(at); at = dirname(at)) above.add(at)
  for (const folder of above) {
    const s = await stat(folder)
    const bit = s.uid === account.uid ? 0o100 : s.gid === account.gid ? 0o010 : 0o001
    if ((s.mode & bit) === 0) return false
  }
  return true
}

/** A command line as spawn wants it. */
export type Command = { readonly file: string; readonly args: readonly string[]; readonly uid?: number; readonly gid?: number }

/**
 * The command line that runs `file` as `account`. Where root's own folders (mode 700: /root, a mktemp folder) bar the way to the
 * program or the data, setpriv gives it the one capability to pass through them, which is less than opening the folders to everybody.
 */
export async function runAs(account: Account, file: string, args: readonly string[], paths: readonly string[]): Promise<Command> {
  if (account === null) return { file, args }
  const { uid, gid } = account
  if (await canReach(account, [file, ...paths])) return { file, args, uid, gid }
  const ids = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  for (const cap of ['dac_read_search', 'dac_override']) {
    const opened = [...ids, `--inh-caps=+${cap}`, `--ambient-caps=+${cap}`]
    const works = await run('setpriv', [...opened, file, '--version']).then(() => true, () => false)
    if (works) return { file: 'setpriv', args: [...opened, file, ...args] }
  }
  throw new Error(`user ${uid} may not enter the folders above ${[file, ...paths].join(', ')}; open them (chmod o+x), choose another folder, or do not run as root`)
}

/** Is the folder there for this user to write? Throws the system's own error if not. */
export async function assertWritable(folder: string): Promise<void> {
  await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
}
