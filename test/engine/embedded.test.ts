import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openEngine } from '../../src/engine/index.ts'
import type { Engine } from '../../src/engine/index.ts'
import { canReach } from '../../src/engine/account.ts'
import { findRunning, isAlive } from '../../src/engine/postmaster.ts'

type Line = { port?: number; row?: Record<string, unknown>; error?: unknown; lost?: string; closed?: boolean }

/** Another command on the same folder. */
class Holder {
  readonly child
  readonly errors: string[] = []
  readonly #lines
  constructor(data: string) {
    this.child = spawn(process.execPath, [fileURLToPath(new URL('holder.ts', import.meta.url)), data], { stdio: ['pipe', 'pipe', 'pipe'] })
    this.child.stderr.on('data', (c: Buffer) => this.errors.push(c.toString()))
    this.#lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]()
  }
  async next(): Promise<Line> {
    const { value } = await this.#lines.next()
    return JSON.parse(String(value)) as Line
  }
  ask(line: string): Promise<Line> {
    this.child.stdin.write(`${line}\n`)
    return this.next()
  }
  async kill(): Promise<void> {
    const ended = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await ended
  }
}

let data: string
let open: Engine[]
let holders: Holder[]
beforeEach(async () => {
  data = join(await mkdtemp(join(tmpdir(), 'huoshui-engine-')), 'data')
  open = []
  holders = []
})
afterEach(async () => {
  for (const h of holders) if (h.child.exitCode === null && h.child.signalCode === null) await h.kill()
  for (const e of open) await e.close()
  // What a killed owner left running is adopted, and so stopped.
  const left = await findRunning(join(data, 'postgres')).catch(() => null)
  if (left !== null) await (await openEngine({ data, concurrency: 1 })).close()
  await rm(join(data, '..'), { recursive: true, force: true })
})

const engine = async (folder = data): Promise<Engine> => {
  const e = await openEngine({ data: folder, concurrency: 1 })
  open.push(e)
  return e
}
const holder = (): Holder => {
  const h = new Holder(data)
  holders.push(h)
  return h
}
const running = () => findRunning(join(data, 'postgres'))

describe('the embedded engine', () => {
  test('keeps what was stored over restarts, leaves nothing running, listens on loopback with a secret', async () => {
    const first = await engine()
    await first.db.sql`insert into region (code, name, level) values ('360000', '江西省', 1)`
    const { hostname, password } = new URL(first.databaseUrl)
    expect(hostname).toBe('127.0.0.1')
    expect(password).toMatch(/^[0-9a-f]{48}$/)
    expect((await stat(join(data, 'engine.password'))).mode & 0o777).toBe(0o600)
    expect(await first.db.sql`show listen_addresses`).toEqual([{ listen_addresses: '127.0.0.1' }])
    await first.close()
    await first.close()
    expect(await running()).toBeNull()
    const again = await engine()
    expect(await again.db.sql`select name from region`).toEqual([{ name: '江西省' }])
    expect(new URL(again.databaseUrl).password).toBe(password)
  })

  test('a second command joins it; whoever is left keeps it running', async () => {
    const first = holder()
    const { port } = await first.next()
    const second = holder()
    expect(await second.next()).toEqual({ port })
    const pid = (await running())?.pid
    expect(await first.ask('close')).toEqual({ closed: true })
    expect(await second.ask('select 1 as one')).toEqual({ row: { one: 1 } })
    expect((await running())?.pid).toBe(pid)
    expect(await second.ask('close')).toEqual({ closed: true })
    expect(await running()).toBeNull()
    expect([...first.errors, ...second.errors].join('')).toBe('')
  })

  test('two engines of one process share it too, by whatever spelling of the folder', async () => {
    const a = await engine()
    const b = await engine(join(data, '..', 'data', '.'))
    expect(b.databaseUrl).toBe(a.databaseUrl)
    await a.close()
    expect(await b.db.sql`select 1 as one`).toEqual([{ one: 1 }])
  })

  test('four commands started at once on a new folder make one database and use it together', async () => {
    const all = [holder(), holder(), holder(), holder()]
    const ports = await Promise.all(all.map((h) => h.next()))
    expect(new Set(ports.map((p) => p.port)).size).toBe(1)
    expect(ports[0]?.port).toBeGreaterThan(0)
    for (const h of all) expect(await h.ask('close')).toEqual({ closed: true })
    expect(await running()).toBeNull()
  })

  test('an owner killed with -9 leaves it to those joined, or to the next command', async () => {
    const owner = holder()
    const { port } = await owner.next()
    const joined = holder()
    await joined.next()
    const pid = (await running())?.pid
    await owner.kill()
    expect(await joined.ask('select 2 as two')).toEqual({ row: { two: 2 } })
    await joined.kill()
    expect((await running())?.pid).toBe(pid)
    const next = await engine()
    expect(Number(new URL(next.databaseUrl).port)).toBe(port)
    await next.close()
    expect(await running()).toBeNull()
  })

  test('Ctrl-C of a command that does not handle it stops the server too, without a word', async () => {
    const h = holder()
    await h.next()
    const ended = once(h.child, 'exit')
    h.child.kill('SIGINT')
    expect((await ended)[0]).toBe(130)
    await expect.poll(running, { timeout: 20_000, interval: 50 }).toBeNull()
    expect(h.errors.join('')).toBe('')
  })

  test('PostgreSQL killed with -9 is started again on its port, with what was stored', async () => {
    const e = await engine()
    await e.db.sql`insert into region (code, name, level) values ('360100', '南昌市', 2)`
    const pid = (await running())!.pid
    process.kill(pid, 'SIGKILL')
    await expect.poll(async () => (await running())?.pid ?? pid, { timeout: 30_000, interval: 50 }).not.toBe(pid)
    await expect.poll(() => e.db.sql`select name from region`.catch(() => null), { timeout: 30_000, interval: 100 }).toEqual([{ name: '南昌市' }])
    expect(e.lost.aborted).toBe(false)
  })

  test('both killed with -9: the next command recovers', async () => {
    const owner = holder()
    await owner.next()
    await owner.ask("insert into region (code, name, level) values ('360200', '景德镇市', 2)")
    const pid = (await running())!.pid
    await owner.kill()
    process.kill(pid, 'SIGKILL')
    const next = await engine()
    expect(await next.db.sql`select name from region`).toEqual([{ name: '景德镇市' }])
  })

  test('a stale pid file, even one that names a living process, does not stand in the way', async () => {
    await (await engine()).close()
    await writeFile(join(data, 'postgres', 'postmaster.pid'), `${process.pid}\n${join(data, 'postgres')}\n1\n5432\n\n127.0.0.1\n1 1\nready   \n`)
    await writeFile(join(data, 'engine.json'), '{"port": 1, "pi')
    const e = await engine()
    expect(await e.db.sql`select 1 as one`).toEqual([{ one: 1 }])
    expect(await isAlive(process.pid, join(data, 'postgres'))).toBe(false)
  })

  test('a half-made database is made anew', async () => {
    await (await engine()).close()
    await rm(join(data, 'postgres'), { recursive: true })
    expect((await readFile(join(data, 'engine.password'), 'utf8')).trim()).toHaveLength(48)
    const e = await engine()
    expect(await e.db.sql`select count(*)::int as n from channel`).toEqual([{ n: 0 }])
  })

  test('a folder that cannot be used is said so, in both languages', async () => {
    const file = join(data, '..', 'file')
    await writeFile(file, '')
    await expect(openEngine({ data: join(file, 'data'), concurrency: 1 })).rejects.toMatchObject({
      code: 'forbidden', text: { zh: expect.stringContaining('无法使用'), en: expect.stringContaining('cannot be used') },
    })
  })

  test('a database that is damaged is said so, with the log’s last words', async () => {
    await (await engine()).close()
    await rm(join(data, 'postgres', 'global', 'pg_control'))
    await expect(openEngine({ data, concurrency: 1 })).rejects.toMatchObject({ code: 'unavailable', text: { en: expect.stringContaining('would not start') } })
    expect(await running()).toBeNull()
  })
})

describe('folders in the way', () => {
  test('a folder of root’s own with mode 700 is seen as such', async () => {
    const home = join(data, '..')
    await chmod(home, 0o700)
    // Anybody but us: the tests may run as nobody.
    const id = process.getuid?.() === 65_534 ? 65_533 : 65_534
    const other = { uid: id, gid: id }
    expect(await canReach(other, [join(home, 'x')])).toBe(false)
    await chmod(home, 0o711)
    await expect(canReach(other, [join(home, 'x')])).resolves.toBe(true)
    expect(await canReach(null, ['/nowhere/at/all'])).toBe(true)
  })
})
