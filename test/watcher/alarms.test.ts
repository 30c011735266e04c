import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:http'
import { open, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { recordAudit } from '../../src/audit/record.ts'
import { verifyTrail } from '../../src/audit/index.ts'
import { backup } from '../../src/backup/index.ts'
import { openVault, setCredential } from '../../src/credentials/index.ts'
import { ALARM_CODES } from '../../src/domain/alarm.ts'
import { openVisitQueue } from '../../src/queue/index.ts'
import { crawlOnce, runVisits, tick } from '../../src/schedule/index.ts'
import type { VisitFn } from '../../src/schedule/index.ts'
import { startPulse } from '../../src/watcher/index.ts'
import { measureDisks } from '../../src/watcher/disk.ts'
import { startWork } from '../../src/work/index.ts'
import { openProxy } from '../chaos/proxy.ts'
import { addChannels, makeVisit } from '../schedule/fixtures.ts'
import { install, prove, proven, silent } from './raised.ts'
import type { Installation } from './raised.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const QUIET = { trouble: null, tryAgain: async () => undefined }

/** What a test opened, closed whatever happens, the last first. */
const opened: (() => Promise<unknown>)[] = []
async function keep<T extends { close(): Promise<unknown> }>(what: Promise<T> | T): Promise<T> {
  const it = await what
  opened.push(() => it.close())
  return it
}
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close().catch(() => undefined)
})

const work = (at: Installation) => startWork({ ctx: at.t.ctx, config: at.config, databaseUrl: at.t.url, log: silent, ticking: false })
const crawl = async (at: Installation, visit: VisitFn<{ outcome: string }>): Promise<void> => {
  const queue = await openVisitQueue({ databaseUrl: at.t.url }, { backoffMs: 10 })
  try {
    await crawlOnce({ ctx: at.t.ctx, queue, store: { databaseUrl: at.t.url }, concurrency: 8, timeoutMs: 10_000, visit, pollMs: 20 })
  } finally {
    await queue.close()
  }
}
const visited = (at: Installation, outcome: string, nextMs = DAY): VisitFn<{ outcome: string }> => ({ channelId, slot }) => makeVisit(at.t.ctx, channelId, slot, outcome, nextMs)

describe('what the program needs', () => {
  test('a database that gives no answer, and answers again', async () => {
    const at = await keep(install())
    const gone = await keep(install())
    const name = new URL(gone.t.url).pathname.slice(1)
    await prove(gone, ['database'],
      async () => {
        await at.t.db.sql.unsafe(`alter database ${name} with allow_connections false`)
        await at.t.db.sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`
      },
      () => at.t.db.sql.unsafe(`alter database ${name} with allow_connections true`))
  })

  test('a queue that gives no answer: the check fails, and is well again with it', async () => {
    const base = new URL(process.env['HUOSHUI_TEST_POSTGRES'] ?? '')
    const proxy = await keep(openProxy({ to: { host: base.hostname, port: Number(base.port) } }))
    const at = await keep(install({}, { queue: (url) => Object.assign(new URL(url), { port: String(proxy.port) }).href }))
    await prove(at, ['queue'], async () => proxy.set('cut'), async () => proxy.set('fair'))
  })
})

describe('the queue and who works on it', () => {
  test('the worker stops while jobs wait; another takes them', async () => {
    const at = await keep(install({ HUOSHUI_ALARM_WORKERS: '0.01', HUOSHUI_ALARM_QUEUE: '0.01' }))
    await addChannels(at.t.db, 3)
    const queue = await keep(openVisitQueue({ databaseUrl: at.t.url }))
    const worker = await work(at)
    const said = await prove(at, ['queue_waiting', 'workers_gone'],
      async () => {
        await worker.close()
        await tick({ ctx: at.t.ctx, queue })
      },
      async () => { await keep(work(at)) })
    expect(said.find((a) => a.code === 'queue_waiting')?.en).toContain('3 wait')
  })

  test('a worker that is killed is missed by its name, one that ends in order is not, and no longer than a day', async () => {
    const at = await keep(install({ HUOSHUI_ALARM_WORKERS: '0.02' }))
    const orderly = startPulse({ ctx: at.t.ctx, config: at.config, log: silent, evidence: QUIET, name: 'orderly:1' })
    await expect.poll(async () => (await at.t.db.sql`select 1 from setting where key = 'worker:orderly:1'`).length).toBe(1)
    await orderly.close()
    const child = await startChild('cli-worker', at)
    const said = await prove(at, ['worker_lost'],
      () => kill(child),
      async () => {
        await at.t.db.sql`update setting set updated_at = updated_at - interval '24 hours' where key like 'worker:%'`
        await keep(startPulse({ ctx: at.t.ctx, config: at.config, log: silent, evidence: QUIET, name: 'new:1' }))
      })
    expect(said).toHaveLength(1)
    expect(said[0]?.about).toMatch(new RegExp(`:${child.pid}$`))
  })

  test('a job that hangs in a stopped process; killed, its job goes to another', async () => {
    const at = await keep(install({ HUOSHUI_ALARM_WORKERS: '0', HUOSHUI_VISIT_TIMEOUT: '5000' }))
    await addChannels(at.t.db, 1)
    const queue = await keep(openVisitQueue({ databaseUrl: at.t.url }))
    await tick({ ctx: at.t.ctx, queue })
    let child: ChildProcess | undefined
    await prove(at, ['queue_hung'],
      async () => { child = await startChild('hanging', at) },
      async () => {
        if (child !== undefined) await kill(child)
        await keep(runVisits({ ctx: at.t.ctx, store: { databaseUrl: at.t.url }, visit: visited(at, 'ok'), concurrency: 2, timeoutMs: 5000, lockMs: 1000, stalledMs: 300 }))
      })
    expect(await at.t.db.sql`select outcome from visit`).toEqual([{ outcome: 'ok' }])
  })

  test('jobs that fail and come again', async () => {
    const at = await keep(install())
    await addChannels(at.t.db, 12)
    const queue = await keep(openVisitQueue({ databaseUrl: at.t.url }, { backoffMs: 3000 }))
    let broken = true
    await keep(runVisits({ ctx: at.t.ctx, store: { databaseUrl: at.t.url }, visit: (r) => (broken ? Promise.reject(new Error('our own fault')) : visited(at, 'ok')(r)), concurrency: 12, timeoutMs: 5000 }))
    await prove(at, ['queue_failing'], () => tick({ ctx: at.t.ctx, queue }), async () => { broken = false })
  })
})

describe('disk and evidence', () => {
  test('the disk fills beyond its bound; what filled it is removed', async () => {
    const probe = await keep(install())
    const [disk] = await measureDisks({ data: probe.folder })
    const free = disk?.free ?? 0
    // Much, as other tests, and whoever else works here, take and give back some in the meantime.
    const size = Math.min(400_000_000, Math.floor(free / 4))
    const bound = Math.floor((free - size / 2) / 1_000_000)
    const at = await keep(install({ HUOSHUI_ALARM_DISK: String(bound) }))
    const filler = join(at.folder, 'filler')
    const said = await prove(at, ['disk'],
      async () => {
        const file = await open(filler, 'w')
        const piece = Buffer.alloc(8_000_000, 1)
        for (let written = 0; written < size; written += piece.length) await file.write(piece)
        await file.sync()
        await file.close()
      },
      () => rm(filler))
    expect(said).toHaveLength(1)
    expect(said[0]?.en).toMatch(/only \d+ MB are left on .* for the data folder/)
  })

  test('evidence that cannot be written, until it can', async () => {
    const site = createServer((request, answer) => {
      answer.setHeader('content-type', 'text/html; charset=utf-8')
      answer.end(request.url === '/robots.txt' ? '' : '<!doctype html><title>某市</title><ul><li><a href="/a.html">通知公告第一号关于某事</a> 2026-05-30</li></ul>')
    })
    await new Promise<void>((resolve) => { site.listen(0, '127.0.0.1', resolve) })
    opened.push(async () => { site.closeAllConnections(); site.close() })
    const at = await keep(install({ HUOSHUI_ALLOW_NETS: '127.0.0.0/8', HUOSHUI_ALARM_WORKERS: '0.05', HUOSHUI_PROBES_AT_ONCE: '0' }))
    const address = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`
    await at.t.db.sql`insert into channel (kind, name, address, address_raw, identity_key) values ('website', '某市', ${address}, ${address}, 'k')`
    const queue = await keep(openVisitQueue({ databaseUrl: at.t.url }, { backoffMs: 10 }))
    const evidence = join(at.folder, 'evidence')
    await prove(at, ['evidence'],
      async () => {
        await writeFile(evidence, 'a file stands where the folder should be')
        await keep(work(at))
        await tick({ ctx: at.t.ctx, queue })
      },
      () => rm(evidence))
    // The visit says that it could not keep what it saw; the next one does.
    at.t.ctx.clock.advance(DAY)
    await expect.poll(async () => {
      await tick({ ctx: at.t.ctx, queue })
      return (await at.t.db.sql`select 1 from evidence`).length
    }, { timeout: 60_000 }).toBe(1)
    expect((await at.t.db.sql<{ detail: string }[]>`select detail from visit order by id limit 1`)[0]?.detail).toContain('evidence was not kept')
  })
})

describe('clocks', () => {
  test('a worker’s clock that differs; set right, it has jumped; started anew, it is well', async () => {
    const at = await keep(install({ HUOSHUI_ALARM_WORKERS: '0.05' }))
    let ahead = 120_000
    const start = () => startPulse({ ctx: at.t.ctx, config: at.config, log: silent, evidence: QUIET, name: 'fast:1', real: () => Date.now() + ahead })
    let pulse = start()
    opened.push(() => pulse.close())
    await expect.poll(async () => (await at.t.db.sql`select 1 from setting where key = 'worker:fast:1'`).length).toBe(1)
    expect(await at.codes()).toContain('clock_skew')
    await pulse.close()
    ahead = 0
    pulse = start()
    const said = await prove(at, ['clock_skew'], async () => { await pulse.close(); ahead = -95_000; pulse = start() }, async () => { await pulse.close(); ahead = 0; pulse = start() })
    expect(said[0]?.en).toMatch(/fast:1 is 9[5-9] s behind/)
    const jumped = await prove(at, ['clock_jump'], async () => { ahead = 40_000 }, async () => { await pulse.close(); ahead = 0; pulse = start() })
    expect(jumped[0]?.en).toMatch(/fast:1 jumped by (39|4[0-4]) s/)
  })

  test('two workers apart by more than the bound, though neither is so far from the database', async () => {
    const at = await keep(install({ HUOSHUI_ALARM_WORKERS: '0.05' }))
    await keep(startPulse({ ctx: at.t.ctx, config: at.config, log: silent, evidence: QUIET, name: 'a:1', real: () => Date.now() + 20_000 }))
    let other: { close(): Promise<void> } | undefined
    const said = await prove(at, ['clock_skew'],
      async () => { other = await keep(startPulse({ ctx: at.t.ctx, config: at.config, log: silent, evidence: QUIET, name: 'b:1', real: () => Date.now() - 20_000 })) },
      async () => other?.close())
    expect(said[0]?.en).toMatch(/^the clocks of b:1 and a:1 differ by (39|4[0-4]) s/)
  })

  test('a clock that lies behind what was seen already', async () => {
    const at = await keep(install())
    await addChannels(at.t.db, 1)
    await crawl(at, visited(at, 'ok'))
    await prove(at, ['clock_behind'], async () => at.t.ctx.clock.advance(-3 * HOUR), async () => at.t.ctx.clock.advance(3 * HOUR))
  })
})

describe('the trail and the backups', () => {
  const tamper = (at: Installation, statements: string) => at.t.db.sql.begin(async (tx) => {
    await tx.unsafe('set local session_replication_role = replica')
    await tx.unsafe(statements)
  })
  const act = (at: Installation, n: number) => at.t.db.orm.transaction((tx) => recordAudit(tx, { actor: at.t.ctx.actor, at: at.t.ctx.clock.now() }, [{ verb: 'policy.set', entity: 'policy', entityId: n, reason: 'r' }]))

  test('a row of the trail’s end that was changed is found at once; an old one when it is verified, and kept in mind', async () => {
    const at = await keep(install())
    for (let n = 1; n <= 210; n++) await act(at, n)
    const late = await prove(at, ['audit'], () => tamper(at, `update audit set reason = 'x' where entity_id = '205'`), () => tamper(at, `update audit set reason = 'r' where entity_id = '205'`))
    expect(late[0]?.en).toMatch(/^the end of the audit chain does not hold: audit row \d+ \(policy.set\) of link 205/)
    await tamper(at, `update audit set reason = 'x' where entity_id = '2'`)
    expect(await at.codes()).not.toContain('audit')
    const early = await prove(at, ['audit'], () => verifyTrail({ ctx: at.t.ctx, input: {} }), async () => {
      await tamper(at, `update audit set reason = 'r' where entity_id = '2'`)
      await verifyTrail({ ctx: at.t.ctx, input: {} })
    })
    expect(early[0]?.en).toContain('of link 2 was changed')
  })

  test('a backup that has grown old, and a new one; none is missed that was never made', async () => {
    const at = await keep(install())
    const make = (file: string) => backup({ ctx: at.t.ctx, config: at.config, input: { file: join(at.folder, file) } })
    expect(await at.codes()).not.toContain('backup')
    await make('first.tar.gz')
    await prove(at, ['backup'], async () => at.t.ctx.clock.advance(9 * DAY), () => make('second.tar.gz'))
  })
})

describe('what is watched', () => {
  test('an empty register', async () => {
    const at = await keep(install())
    await addChannels(at.t.db, 1)
    await prove(at, ['no_channel'], () => at.t.db.sql`update channel set state = 'closed'`, () => at.t.db.sql`update channel set state = 'active'`)
  })

  test('channels that nobody visits: late, then standing still, then not covered; a crawl mends it', async () => {
    const at = await keep(install())
    await addChannels(at.t.db, 10)
    await crawl(at, visited(at, 'ok'))
    const said = await prove(at, ['overdue', 'standstill'], async () => at.t.ctx.clock.advance(3 * DAY), () => crawl(at, visited(at, 'ok', 20 * DAY)))
    expect(said.find((a) => a.code === 'overdue')?.en).toMatch(/more than 24 hours late .*; 10 are overdue/)
    await prove(at, ['coverage'], async () => at.t.ctx.clock.advance(15 * DAY), async () => {
      await at.t.db.sql`update channel set next_due_at = ${at.t.ctx.clock.now()}`
      await crawl(at, visited(at, 'ok'))
    })
  })

  test('visits that fail, for whatever reason; a day of good ones mends it', async () => {
    const at = await keep(install())
    await addChannels(at.t.db, 30)
    const good = async () => {
      at.t.ctx.clock.advance(DAY + HOUR)
      await crawl(at, visited(at, 'ok', HOUR))
    }
    await good()
    await prove(at, ['failure_share'], async () => { at.t.ctx.clock.advance(HOUR); await crawl(at, visited(at, 'timeout', HOUR)); at.t.ctx.clock.advance(HOUR); await crawl(at, visited(at, 'timeout', HOUR)) }, good)
    await prove(at, ['own_fault'], async () => { at.t.ctx.clock.advance(HOUR); await crawl(at, () => Promise.reject(new Error('our own fault'))) }, good)
    await prove(at, ['own_network'], async () => { at.t.ctx.clock.advance(HOUR); await crawl(at, visited(at, 'own_network', HOUR)) }, good)
  })

  test('bounds are the operator’s', async () => {
    const at = await keep(install({ HUOSHUI_ALARM_OVERDUE: '100', HUOSHUI_ALARM_FAILURES: '1' }))
    await addChannels(at.t.db, 30)
    await crawl(at, visited(at, 'timeout'))
    at.t.ctx.clock.advance(4 * DAY)
    expect((await at.codes()).filter((c) => c === 'overdue' || c === 'failure_share')).toEqual([])
    at.t.ctx.clock.advance(2 * DAY)
    expect(await at.codes()).toContain('overdue')
  })

  test('availability weeks whose looks nobody makes, or confirms', async () => {
    const at = await keep(install())
    await addChannels(at.t.db, 1)
    const now = () => at.t.ctx.clock.now().toISOString()
    await at.t.db.sql`insert into availability_week (channel_id, from_on, days, visits_per_day, vantages, next_slot, next_at, started_at, started_by) values (1, '2026-06-01', 7, 20, 2, 0, ${now()}::timestamptz + interval '1 hour', ${now()}, '{}')`
    await prove(at, ['weeks_late'], () => at.t.db.sql`update availability_week set next_at = ${now()}::timestamptz - interval '2 hours'`, () => at.t.db.sql`update availability_week set next_at = ${now()}::timestamptz + interval '1 day'`)
    await prove(at, ['weeks_unconfirmed'],
      () => at.t.db.sql`insert into availability_sample (week_id, slot, channel_id, at, outcome, ms, vantage, second) select id, 0, channel_id, ${now()}, 'timeout', 15000, 'main', 'none' from availability_week`,
      () => at.t.db.sql`update availability_sample set second = 'shut'`)
  })
})

describe('credentials', () => {
  test('that end soon, have ended, were refused, or serve nothing; each until it is put anew or removed', async () => {
    const at = await keep(install())
    const { ctx } = at.t
    const put = (validUntil?: string) => setCredential({ ctx, keys: at.config, input: { id: 'weibo.cookie', values: { cookie: 'SUB=secret' }, ...(validUntil === undefined ? {} : { validUntil }) } })
    await prove(at, ['credential_expires'], () => put('2026-06-03'), () => put('2027-06-03'))
    await prove(at, ['credential_expired'], () => put('2026-05-01'), () => put())
    await addChannels(at.t.db, 1, { kind: 'weibo' })
    await prove(at, ['credential_stopped'],
      async () => {
        const vault = openVault({ ctx, keys: at.config, log: silent })
        ctx.clock.advance(1000)
        await vault.report({ id: 1, organisationId: null, kind: 'weibo' }, [{ source: 'weibo.desktop', outcome: 'credential_expired', skipped: false }], ctx.clock.now())
        await vault.close()
      },
      async () => { ctx.clock.advance(1000); await put() })
    await prove(at, ['credential_unused'], () => at.t.db.sql`update credential set credential_id = 'weibo.abolished'`, () => at.t.db.sql`delete from credential`)
  })
})

test('each alarm that the program knows was caused here, and was seen to go', () => {
  expect(Object.fromEntries(proven)).toEqual(Object.fromEntries(ALARM_CODES.map((c) => [c, { raised: true, gone: true }])))
})

async function startChild(what: 'cli-worker' | 'hanging', at: Installation): Promise<ChildProcess> {
  const file = what === 'hanging' ? '../queue/hanging-worker.ts' : '../../src/cli/main.ts'
  const args = what === 'hanging' ? [] : ['worker']
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), ...args], {
    env: { ...process.env, CHILD_STORE: JSON.stringify({ databaseUrl: at.t.url }), DATABASE_URL: at.t.url, HUOSHUI_DATA: at.folder, HUOSHUI_BROWSER: 'false', HUOSHUI_ALARM_WORKERS: String(at.config.alarmWorkers), HUOSHUI_LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  opened.push(() => kill(child))
  if (what === 'hanging') await new Promise((resolve) => { child.stdout?.once('data', resolve) })
  else await expect.poll(async () => (await at.t.db.sql`select 1 from setting where key like ${`worker:%:${child.pid}`}`).length, { timeout: 60_000 }).toBe(1)
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => { child.once('exit', resolve) })
  child.kill('SIGKILL')
  await gone
}
