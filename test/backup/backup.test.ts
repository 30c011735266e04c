import { createHash, randomBytes } from 'node:crypto'
import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDb } from '../../db/client.ts'
import { auditHead, verifyTrail } from '../../src/audit/index.ts'
import { backup, restore, verifyBackup } from '../../src/backup/index.ts'
import { tablesOf } from '../../src/backup/tables.ts'
import { holdPruning, openEvidence } from '../../src/evidence/index.ts'
import { registerChannel, seedRegions } from '../../src/registry/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('backup and restore', () => {
  let folder: string
  let t: TestDatabase
  let file: string
  const page = randomBytes(40_000)
  /** Every row of every table that is kept, as text, in an order of its own. */
  const contents = async (db: TestDatabase): Promise<Record<string, string>> => Object.fromEntries(await Promise.all(
    (await tablesOf(db.db.sql)).filter((x) => !x.name.startsWith('audit')).map(async ({ name }) => {
      const rows = await db.db.sql<{ row: string }[]>`select x::text as row from ${db.db.sql(name)} x order by 1`
      return [name, rows.map((r) => r.row).join('\n')] as const
    })))

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huoshui-backup-'))
    file = join(folder, 'all.tar.gz')
    t = await testDatabase()
    await seedRegions(t.ctx)
    for (const n of [1, 2, 3]) await t.db.sql`insert into channel (kind, name, address, address_raw, identity_key, state) values ('website', ${`网站${n}\t"\\N"\n第二行`}, ${`https://s${n}.gov.cn/`}, 'x', ${`k${n}`}, ${n === 3 ? 'closed' : 'active'})`
    await t.db.sql`insert into visit (channel_id, slot, started_at, ended_at, outcome) select id, now(), now(), now(), 'ok' from channel, generate_series(1, 1)`
    await t.db.sql`insert into observation (channel_id, visit_id, at, about, outcome, value, evidence) select channel_id, id, now(), 'home', 'ok', ${t.db.sql.json({ 引号: '"', n: null })}, array[${sha(page)}] from visit`
    await t.db.sql`insert into evidence (sha256, kind, size, created_at) values (${sha(page)}, 'page', ${page.length}, now())`
    const store = openEvidence({ data: join(folder, 'old') })
    store.put(sha(page), page)
    store.close()
    await backup({ ctx: t.ctx, config: { data: join(folder, 'old') }, input: { file } })
  })
  afterAll(async () => { await t.close(); await rm(folder, { recursive: true, force: true }) })

  test('what comes back is what was there: every row of every table, every byte of evidence', async () => {
    const fresh = await testDatabase()
    try {
      const done = await restore({ ctx: fresh.ctx, config: { data: join(folder, 'new') }, input: { file } })
      expect(done).toMatchObject({ evidence: 1, madeAt: t.ctx.clock.now().toISOString() })
      expect(await contents(fresh)).toEqual(await contents(t))
      const store = openEvidence({ data: join(folder, 'new') })
      expect(sha((await store.get(sha(page))) ?? new Uint8Array())).toBe(sha(page))
      store.close()
      // Numbers go on after the last one, and what the program does of itself does so again.
      const made = await registerChannel({ ctx: fresh.ctx, input: { kind: 'website', name: '新网站', address: 'https://new.gov.cn/', region: '360100' } as never })
      expect(Number((made as { id: number }).id)).toBeGreaterThan(3)
      await fresh.db.sql`update channel set state = 'closed', updated_at = now() where name = '新网站'`
      expect(await fresh.db.sql`select 1 from channel_life where channel_id = ${(made as { id: number }).id}`).toHaveLength(1)
    } finally { await fresh.close() }
  })

  test('a restore is not given up while its rows are put in, however long nothing is heard', async () => {
    const fresh = await testDatabase()
    const hasty = openDb(fresh.url, { silenceMs: 200 })
    try {
      // Stands for the minutes in which the references of a large table are looked up.
      let held: () => void = () => undefined
      const ready = new Promise<void>((resolve) => { held = resolve })
      const holder = fresh.db.sql.begin(async (tx) => { await tx`lock table item in access exclusive mode`; held(); await tx`select pg_sleep(0.8)` })
      await ready
      expect(await restore({ ctx: { ...fresh.ctx, db: hasty }, config: { data: join(folder, 'slow') }, input: { file } })).toMatchObject({ evidence: 1 })
      await holder
      expect(await contents(fresh)).toEqual(await contents(t))
    } finally { await hasty.close(); await fresh.close() }
  })

  test('the audit trail’s chain comes back with it, goes on, and ends where the manifest says', async () => {
    const fresh = await testDatabase()
    try {
      const said = (await verifyBackup(file)).auditHead
      expect(said).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
      await restore({ ctx: fresh.ctx, config: { data: join(folder, 'chained') }, input: { file } })
      const done = await verifyTrail({ ctx: fresh.ctx, input: { head: said!.hash } })
      // The restoring itself is the act that follows.
      expect(done).toMatchObject({ ok: true, notedAt: said!.seq, head: { seq: said!.seq + 1 } })
      expect(await auditHead(fresh.db.sql)).not.toEqual(await auditHead(t.db.sql))
    } finally { await fresh.close() }
  })

  test('it goes into an empty installation only, and then changes nothing', async () => {
    const before = await contents(t)
    await expect(restore({ ctx: t.ctx, config: { data: join(folder, 'other') }, input: { file } })).rejects.toMatchObject({ code: 'conflict' })
    expect(await contents(t)).toEqual(before)
  })

  test.each([
    ['cut short', async (path: string) => truncate(path, (await stat(path)).size - 200)],
    ['with a byte changed', async (path: string) => {
      const bytes = gunzipSync(await readFile(path))
      const at = bytes.indexOf('https://s2.gov.cn/')
      bytes[at + 9] = 57
      await writeFile(path, gzipSync(bytes))
    }],
    ['that is none', async (path: string) => writeFile(path, 'hello')],
    ['with something after its end', async (path: string) => appendFile(path, 'x')],
  ])('a file %s is refused before anything is changed', async (_what, spoil) => {
    const path = join(folder, 'spoilt.tar.gz')
    await writeFile(path, await readFile(file))
    await spoil(path)
    const fresh = await testDatabase()
    try {
      await expect(restore({ ctx: fresh.ctx, config: { data: join(folder, 'third') }, input: { file: path } })).rejects.toMatchObject({ code: 'bad_input', text: { zh: expect.stringContaining('不能使用') } })
      expect(await fresh.db.sql`select 1 from channel`).toHaveLength(0)
    } finally { await fresh.close() }
  })

  test('a file that is not there is named', async () => {
    await expect(verifyBackup(join(folder, 'nowhere.tar.gz'))).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a backup of another schema is refused with what to do', async () => {
    const fresh = await testDatabase()
    try {
      await fresh.db.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`
      await expect(restore({ ctx: fresh.ctx, config: { data: join(folder, 'fourth') }, input: { file } })).rejects.toMatchObject({ code: 'conflict', text: { en: expect.stringContaining('older program') } })
    } finally { await fresh.close() }
  })

  test('a disk that is full leaves no file behind', async () => {
    await expect(backup({ ctx: t.ctx, config: { data: join(folder, 'old') }, input: { file: '/dev/full/x.tar.gz' } })).rejects.toThrow()
    await expect(stat('/dev/full/x.tar.gz')).rejects.toThrow()
  })

  test('evidence is not pruned while it is copied', async () => {
    const release = await holdPruning(t.db.sql)
    await expect(backup({ ctx: t.ctx, config: { data: join(folder, 'old') }, input: { file: join(folder, 'second.tar.gz') } })).rejects.toMatchObject({ code: 'conflict' })
    await release()
    await backup({ ctx: t.ctx, config: { data: join(folder, 'old') }, input: { file: join(folder, 'second.tar.gz') } })
  })
})
