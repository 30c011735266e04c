import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { migrateDatabase } from '../../src/engine/index.ts'
import { consoleFolder } from '../../src/server/console-folder.ts'
import { findRunning, freePort, initialise, start, stop, SUPERUSER } from '../../src/engine/postmaster.ts'

const PREFIX = 'huoshui-test-pg-'
export const TEMPLATE = 'huoshui_template'

/** Is there any process of that number? Then it may be a run in another checkout, whose server is not ours to stop. */
function running(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Left by runs that were killed: their servers are stopped and their folders removed. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(/^huoshui-test-pg-(\d+)-/.exec(name)?.[1] ?? 0)
    if (pid === 0 || running(pid)) continue
    const folder = join(tmpdir(), name)
    const left = await findRunning(join(folder, 'cluster')).catch(() => null)
    if (left !== null) await stop({ folder: join(folder, 'cluster'), pid: left.pid, port: left.port }, 2000)
    await rm(folder, { recursive: true, force: true })
  }
}

/** One PostgreSQL for the whole run, not durable, with a migrated template that every test file copies. */
export default async function setup(): Promise<() => Promise<void>> {
  await sweep()
  // Once, before the files start: two of them building it at once would take it from under each other.
  await consoleFolder(() => undefined)
  const home = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  const password = createHash('sha256').update(randomBytes(16)).digest('hex')
  const folder = join(home, 'cluster')
  await initialise(folder, password, ['--no-sync'])
  const server = await start(folder, await freePort(), join(home, 'log'), {
    fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', commit_delay: '0', max_connections: '200',
  })
  const base = `postgresql://${SUPERUSER}:${password}@127.0.0.1:${server.port}`
  const sql = postgres(`${base}/postgres`, { max: 1, onnotice: () => undefined })
  await sql.unsafe(`create database ${TEMPLATE}`)
  await sql.end()
  await migrateDatabase(`${base}/${TEMPLATE}`)
  await writeFile(join(home, 'url'), base, { mode: 0o600 })
  process.env['HUOSHUI_TEST_POSTGRES'] = base
  return async () => {
    await stop(server, 5000)
    await rm(home, { recursive: true, force: true })
  }
}
