import { createHash } from 'node:crypto'
import { mkdir, readdir, realpath, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { assertWritable } from './account.ts'
import { folderError, heldError, lostError, startError } from './errors.ts'
import { onLeaving } from './leave.ts'
import { hold, watchHolder } from './lock.ts'
import type { Hold } from './lock.ts'
import { findRunning, freePort, initialise, isAlive, start, stop, SUPERUSER } from './postmaster.ts'
import type { Postmaster } from './postmaster.ts'
import { clearRuntime, enginePassword, readRuntime, writeRuntime } from './secret.ts'

/** How often the owner looks after its server, and how long a command waits for another that is starting or stopping. */
const LOOK_MS = 500
const PATIENCE_MS = 90_000
/** After an owner is gone, those joined to it find the next within this time. */
const SETTLE_MS = 300
const DATABASE = 'huoshui'

export type EmbeddedServer = {
  readonly url: string
  /** Did this command start or adopt the server (true now), or join one that another command runs? */
  owner(): boolean
  /** Aborted, with a HuoshuiError as its reason, when the server is gone for good. */
  readonly lost: AbortSignal
  close(): Promise<void>
}

type Log = { warn(message: string): void }

/**
 * The data folder's own PostgreSQL: joined if a command runs it already, adopted if a killed command left it running, started
 * otherwise (and made on first use). Its owner restarts it if it dies, and stops it on close unless other commands still use it:
 * then one of them takes it over.
 */
export async function openEmbedded(data: string, log: Log): Promise<EmbeddedServer> {
  const home = await mkdir(data, { recursive: true }).then(() => realpath(data)).catch((e: unknown) => { throw folderError(data, e) })
  const password = await assertWritable(home).then(() => enginePassword(home)).catch((e: unknown) => { throw folderError(home, e) })
  const { dev, ino } = await stat(home)
  // Two spellings of one folder are one folder; the password keeps strangers on this machine from taking the name.
  const lockName = `huoshui-${createHash('sha256').update(`${dev}:${ino}:${password}`).digest('hex').slice(0, 32)}`
  const folder = join(home, 'postgres')
  const lost = new AbortController()

  let server: Postmaster | null = null
  let held: Hold | null = null
  let stopWatching: () => void = () => undefined
  let stay: () => void = () => undefined
  let looker: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()
  let taking: Promise<void> = Promise.resolve()
  let tookOver = Number.NEGATIVE_INFINITY
  const closing = new AbortController()

  const urlOf = (port: number, database: string): string => `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`
  const answers = (port: number): Promise<boolean> => doesAnswer(urlOf(port, 'postgres'), folder)

  const lastResort = (): void => {
    // Those joined take it over.
    if (held !== null && held.joined() === 0 && server !== null) {
      try {
        process.kill(server.pid, 'SIGINT')
      } catch {
        // It has ended already.
      }
    }
  }

  /** We hold the folder: find its server or start one, on the port it had if that is free. */
  const run = async (port: number | null): Promise<Postmaster> => {
    const until = performance.now() + PATIENCE_MS
    let why = ''
    while (performance.now() < until) {
      const running = await findRunning(folder)
      if (running !== null) {
        if (running.ready && (await answers(running.port))) return { folder, pid: running.pid, port: running.port }
        await wait(100)
        continue
      }
      await sweep(home)
      if ((await stat(join(folder, 'PG_VERSION')).catch(() => null)) === null) {
        await initialise(folder, password).catch((e: unknown) => { throw startError(folder, message(e)) })
      }
      const wanted = await freePort(port ?? (await readRuntime(home))?.port ?? 0)
      if (port !== null && wanted !== port) {
        // Everybody's connections name the old port: wait for it rather than come up elsewhere.
        why = `port ${port} is taken`
        await wait(200)
        continue
      }
      try {
        return await start(folder, wanted, join(home, 'postgres.log'))
      } catch (error) {
        why = message(error)
        // A port lost between choosing and binding, or backends of a killed server not yet gone: both pass. The rest does not.
        if (!/could not bind|Address already in use|shared memory block|lock file/.test(why)) throw startError(folder, why)
        await wait(200)
      }
    }
    throw why === '' ? heldError(home) : startError(folder, why)
  }

  const serve = async (mine: Hold, port: number | null): Promise<Postmaster> => {
    const found = await run(port)
    server = found
    held = mine
    await ensureDatabase(urlOf(found.port, 'postgres'))
    await writeRuntime(home, { port: found.port, pid: found.pid, owner: process.pid })
    stay = onLeaving(lastResort)
    const look = async (): Promise<void> => {
      if (closing.signal.aborted || server === null || (await isAlive(server.pid, folder))) return
      log.warn('PostgreSQL ended unexpectedly; starting it again')
      try {
        server = await run(server.port)
        await writeRuntime(home, { port: server.port, pid: server.pid, owner: process.pid })
      } catch (error) {
        log.warn(message(error))
        lost.abort(error)
      }
    }
    const again = (): void => {
      if (closing.signal.aborted || lost.signal.aborted) return
      looker = setTimeout(() => { looking = look().finally(again) }, LOOK_MS)
      looker.unref()
    }
    again()
    return found
  }

  /** The owner is gone: if it left the server running (handed over, or was killed), one of those joined takes its place. */
  const ownerGone = (port: number): void => { taking = takeOver(port) }
  const takeOver = async (port: number): Promise<void> => {
    const until = performance.now() + PATIENCE_MS
    while (!closing.signal.aborted && performance.now() < until) {
      const mine = await hold(lockName)
      if (mine !== null) {
        const running = await findRunning(folder)
        if (!closing.signal.aborted && running !== null && running.port === port) {
          try {
            tookOver = performance.now()
            await serve(mine, port)
            return
          } catch (error) {
            log.warn(message(error))
          }
        }
        await mine.release()
        break
      }
      const watch = await watchHolder(lockName, () => ownerGone(port))
      if (watch !== null) {
        const now = await readRuntime(home)
        if (now !== null && now.port === port) {
          stopWatching = watch.stop
          return
        }
        watch.stop()
      }
      await wait(50)
    }
    if (!closing.signal.aborted) lost.abort(lostError(home))
  }

  /** Closing while the owner is gone and nobody has taken its place: the server is ours to stop. */
  const inherit = async (): Promise<void> => {
    const mine = await hold(lockName)
    if (mine === null) return
    const running = await findRunning(folder)
    if (running === null) return mine.release()
    tookOver = performance.now()
    held = mine
    server = { folder, pid: running.pid, port: running.port }
  }

  const enter = async (): Promise<number> => {
    const until = performance.now() + PATIENCE_MS
    while (performance.now() < until) {
      const mine = await hold(lockName)
      if (mine !== null) {
        try {
          return (await serve(mine, null)).port
        } catch (error) {
          await mine.release()
          throw error
        }
      }
      const runtime = await readRuntime(home)
      if (runtime !== null && (await answers(runtime.port))) {
        const watch = await watchHolder(lockName, () => ownerGone(runtime.port))
        if (watch !== null) {
          stopWatching = watch.stop
          return runtime.port
        }
      }
      await wait(100)
    }
    throw heldError(home)
  }

  const port = await enter()
  return {
    url: urlOf(port, DATABASE),
    owner: () => held !== null,
    lost: lost.signal,
    close: async () => {
      if (closing.signal.aborted) return
      closing.abort()
      stopWatching()
      clearTimeout(looker)
      await Promise.allSettled([looking, taking])
      stay()
      if (held === null) await inherit()
      if (held === null || server === null) return
      await wait(Math.max(0, tookOver + SETTLE_MS - performance.now()))
      if (held.joined() === 0) {
        await stop(server)
        await clearRuntime(home)
      }
      await held.release()
    },
  }
}

const message = (e: unknown): string => (e instanceof Error ? e.message : String(e))

/** Does a server of this very folder answer there, with our password? */
async function doesAnswer(url: string, folder: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 3, onnotice: () => undefined })
  try {
    const [row] = await sql<{ data_directory: string }[]>`show data_directory`
    return row?.data_directory === folder
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 }).catch(() => undefined)
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => undefined })
  try {
    const there = await sql`select 1 from pg_database where datname = ${DATABASE}`
    if (there.length === 0) await sql.unsafe(`create database ${DATABASE}`)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Clusters whose making was cut short. */
async function sweep(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (name.startsWith('postgres.new-')) await rm(join(home, name), { recursive: true, force: true })
  }
}
