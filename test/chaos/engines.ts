import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { Redis } from 'ioredis'
import { findRunning, freePort, initialise, readPidFile, start, stop, SUPERUSER } from '../../src/engine/postmaster.ts'
import type { Postmaster } from '../../src/engine/postmaster.ts'
import { enginePassword } from '../../src/engine/secret.ts'
import { openProxy } from './proxy.ts'
import type { Proxy } from './proxy.ts'

export type Size = 'embedded' | 'grown'

/** The datastores of one run, and what can be done to them. */
export type Stores = {
  readonly size: Size
  /** As the program is told: through the proxies where there are any. Empty: its own. */
  readonly env: Readonly<Record<string, string>>
  readonly proxies: readonly { readonly name: string; readonly proxy: Proxy }[]
  /** The database itself, past all proxies; null while it has no address. */
  directUrl(): Promise<string | null>
  directRedis: string | null
  /** kill -9 the server, or one of its backends (then it recovers by itself); what nobody else starts again is started again. */
  killPostgres(whole: boolean, downMs: number): Promise<void>
  /** Kills, restarts or freezes Redis; null where it is not ours. */
  readonly harmRedis: ((how: 'kill' | 'restart' | 'freeze', downMs: number) => Promise<void>) | null
  close(): Promise<void>
}

const kill = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended already.
  }
}

async function killOne(folder: string, whole: boolean): Promise<void> {
  const state = await readPidFile(folder)
  if (state === null) return
  if (whole) return kill(state.pid, 'SIGKILL')
  const { readFile } = await import('node:fs/promises')
  const children = (await readFile(`/proc/${state.pid}/task/${state.pid}/children`, 'utf8').catch(() => '')).trim().split(' ').filter((p) => p !== '')
  for (const pid of children) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (command.includes('127.0.0.1')) return kill(Number(pid), 'SIGKILL')
  }
}

/** The data folder's own PostgreSQL with the queue in it. Its owner restarts it. */
export function embeddedStores(data: string): Stores {
  const folder = join(data, 'postgres')
  return {
    size: 'embedded',
    env: { DATABASE_URL: '', REDIS_URL: '' },
    proxies: [],
    directUrl: async () => {
      const running = await readPidFile(folder)
      return running === null ? null : `postgresql://${SUPERUSER}:${await enginePassword(data)}@127.0.0.1:${running.port}/huoshui`
    },
    directRedis: null,
    killPostgres: async (whole, downMs) => {
      await killOne(folder, whole)
      await wait(downMs)
    },
    harmRedis: null,
    close: async () => {
      const left = await findRunning(folder)
      if (left !== null) await stop({ folder, pid: left.pid, port: left.port }, 5000)
    },
  }
}

/** A PostgreSQL and a Redis of their own, each behind a proxy. Null where there is no Redis. */
export async function grownStores(home: string, given: string | undefined): Promise<Stores | null> {
  let redis = given === undefined || given === '' ? await ownRedis(join(home, 'redis')) : null
  const redisUrl = redis?.url ?? given
  if (redisUrl === undefined || redisUrl === '') return null
  const folder = join(home, 'server', 'cluster')
  await mkdir(join(home, 'server'), { recursive: true, mode: 0o755 })
  const password = randomBytes(12).toString('hex')
  await initialise(folder, password)
  const port = await freePort()
  let server: Postmaster = await start(folder, port, join(home, 'server.log'))
  const url = (at: number): string => `postgresql://${SUPERUSER}:${password}@127.0.0.1:${at}/huoshui`
  const admin = postgres(url(port).replace(/huoshui$/, 'postgres'), { max: 1 })
  await admin.unsafe('create database huoshui')
  await admin.end()
  const target = new URL(redisUrl)
  const pgProxy = await openProxy({ to: { host: '127.0.0.1', port } })
  const redisProxy = await openProxy({ to: { host: target.hostname, port: Number(target.port || 6379) } })
  target.hostname = '127.0.0.1'
  target.port = String(redisProxy.port)
  return {
    size: 'grown',
    env: { DATABASE_URL: url(pgProxy.port), REDIS_URL: target.href },
    proxies: [{ name: 'PostgreSQL', proxy: pgProxy }, { name: 'Redis', proxy: redisProxy }],
    directUrl: async () => url(port),
    directRedis: redisUrl,
    killPostgres: async (whole, downMs) => {
      await killOne(folder, whole)
      if (!whole) return
      await wait(downMs)
      for (let tries = 0; ; tries++) {
        try {
          await findRunning(folder)
          server = await start(folder, port, join(home, 'server.log'))
          return
        } catch (error) {
          // The killed server's backends have not all gone yet.
          if (tries > 40) throw error
          await wait(250)
        }
      }
    },
    harmRedis: redis === null ? null : async (how, downMs) => {
      if (redis === null) return
      if (how === 'freeze') {
        redis.child.kill('SIGSTOP')
        await wait(downMs)
        redis.child.kill('SIGCONT')
        return
      }
      redis.child.kill(how === 'kill' ? 'SIGKILL' : 'SIGTERM')
      await wait(downMs)
      redis = await ownRedis(join(home, 'redis'), redis.port)
    },
    close: async () => {
      await pgProxy.close()
      await redisProxy.close()
      redis?.child.kill('SIGKILL')
      await stop(server, 5000)
    },
  }
}

/** A Redis that keeps nothing on disk: what is killed has forgotten all its jobs. Null where there is none in PATH. */
async function ownRedis(folder: string, wanted?: number): Promise<{ child: ChildProcess; port: number; url: string } | null> {
  await mkdir(folder, { recursive: true })
  const port = wanted ?? (await freePort())
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder], { stdio: 'ignore' })
  const started = await new Promise<boolean>((resolve) => { child.once('error', () => resolve(false)).once('spawn', () => resolve(true)) })
  if (!started) return null
  const url = `redis://127.0.0.1:${port}`
  const probe = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 })
  probe.on('error', () => undefined)
  await probe.ping()
  probe.disconnect()
  return { child, port, url }
}
