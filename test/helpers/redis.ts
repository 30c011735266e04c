import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Redis } from 'ioredis'

const run = promisify(execFile)
const has = (program: string): Promise<boolean> => run('which', [program]).then(() => true, () => false)

export type TestRedis = { readonly url: string; close(): Promise<void> }

/**
 * A Redis to test with: REDIS_URL's, else one started from PATH, else one installed by the system's package manager (as root, said
 * aloud). Null, said aloud, where there is none; with CI=true that is an error.
 */
export async function testRedis(): Promise<TestRedis | null> {
  const given = process.env['REDIS_URL']
  if (given !== undefined && given !== '') return { url: given, close: async () => undefined }
  if (!(await has('redis-server')) && process.getuid?.() === 0 && (await has('apt-get'))) {
    console.log('no redis-server here: installing it with apt-get for the queue tests')
    const quiet = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 120_000 }
    await run('apt-get', ['update', '-qq'], quiet).catch(() => undefined)
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'], quiet).catch((e: unknown) => console.log(String(e).slice(0, 300)))
  }
  if (await has('redis-server')) return startRedis()
  if (process.env['CI'] === 'true') throw new Error('CI=true and no Redis: set REDIS_URL or install redis-server')
  console.log('SKIPPED: the queue on Redis, as there is no redis-server here; set REDIS_URL or install it')
  return null
}

async function startRedis(): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'huoshui-test-redis-'))
  const port = await new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const found = (server.address() as AddressInfo).port
      server.close(() => resolve(found))
    })
  })
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder], { stdio: 'ignore' })
  const url = `redis://127.0.0.1:${port}`
  const probe = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 })
  probe.on('error', () => undefined)
  await probe.ping()
  probe.disconnect()
  const onExit = (): void => void child.kill('SIGKILL')
  process.on('exit', onExit)
  return {
    url,
    close: async () => {
      process.off('exit', onExit)
      const ended = new Promise((resolve) => { child.once('exit', resolve) })
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
