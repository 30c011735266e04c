import { readdirSync, readFileSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { auditHead, recordAudit, verifyTrail } from '../../src/audit/index.ts'
import { GENESIS, linkHash } from '../../src/audit/canonical.ts'
import { migrateDatabase } from '../../src/engine/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

const AT = new Date('2026-06-01T04:00:00.123Z')

describe('the chain over the audit trail', () => {
  let t: TestDatabase
  beforeEach(async () => { t = await testDatabase() })
  afterEach(() => t.close())

  const act = (n: number | string, detail?: unknown) => t.db.orm.transaction((tx) => recordAudit(tx, { actor: t.ctx.actor, at: AT }, [{ verb: 'policy.set', entity: 'policy', entityId: n, detail }]))
  const acts = async (count: number) => { for (let n = 1; n <= count; n += 1) await act(n, { n }) }
  const verify = (head?: string) => verifyTrail({ ctx: t.ctx, input: { head } })
  /** What somebody with the database's own password can do: no trigger stands in the way. */
  const tamper = (statements: string) => t.db.sql.begin(async (tx) => {
    await tx.unsafe('set local session_replication_role = replica')
    await tx.unsafe(statements)
  })
  const first = async (head?: string) => (await verify(head)).named[0]

  test('holds for every act; its end is what is noted outside', async () => {
    expect(await verify()).toMatchObject({ ok: true, rows: 0, head: null })
    await acts(3)
    await t.db.orm.transaction((tx) => recordAudit(tx, { actor: t.ctx.actor, at: AT }, [{ verb: 'a.b', entity: 'x', reason: '引号 " \\ \n\t\u0001 \u2028 😀' }, { verb: 'a.c', entity: 'x', detail: { 长: [1.50, 1e21, -0, null, { '': true }], bb: 'x', a: 0.1 } }]))
    const done = await verify()
    expect(done).toMatchObject({ ok: true, rows: 5, problems: 0, head: { seq: 5 } })
    expect(done.head).toEqual(await auditHead(t.db.sql))
    await acts(2)
    expect(await verify(done.head!.hash)).toMatchObject({ ok: true, notedAt: 5, rows: 7 })
    expect(await t.db.sql`select value->>'ok' as ok from setting where key = 'audit.verified'`).toEqual([{ ok: 'true' }])
  })

  test('finds its last link by the index, also where the table was empty when the connection planned for it', async () => {
    await t.db.sql`vacuum analyze audit_chain`
    const [read] = await t.db.sql.begin(async (tx) => {
      await tx`insert into audit (at, actor, verb, entity) select ${AT.toISOString()}::timestamptz, '{"kind":"cli","name":"t"}', 'a.b', 'x' from generate_series(1, 50)`
      await tx`set constraints all immediate`
      return tx<{ whole: number; indexed: number }[]>`select seq_scan::int as whole, idx_scan::int as indexed from pg_stat_xact_user_tables where relname = 'audit_chain'`
    })
    expect(read).toEqual({ whole: 0, indexed: 50 })
    expect(await verify()).toMatchObject({ ok: true, rows: 50 })
  })

  test('is the same text in the program as in the database, whatever was written', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 }).map((s) => s.replaceAll('\u0000', '')).filter((s) => s.isWellFormed())
    const json = fc.jsonValue({ maxDepth: 3 }).map((v) => JSON.parse(JSON.stringify(v).replaceAll('\\u0000', '')) as unknown).filter((v) => !JSON.stringify(v).includes('\\ud'))
    await fc.assert(fc.asyncProperty(text, fc.option(text), json, fc.date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2200-01-01T00:00:00Z'), noInvalidDate: true }), async (verb, reason, detail, at) => {
      await t.db.orm.transaction((tx) => recordAudit(tx, { actor: { kind: 'cli', name: verb }, at }, [{ verb, entity: 'x', ...(reason === null ? {} : { reason }), detail }]))
    }), { numRuns: 150 })
    expect(await verify()).toMatchObject({ ok: true, rows: 150 })
  })

  test('changes by no statement of the program’s account', async () => {
    await acts(2)
    for (const statement of [`update audit set reason = 'x'`, 'delete from audit', `update audit_chain set hash = ''`, 'delete from audit_chain where seq = 1']) {
      await expect(t.db.sql.unsafe(statement), statement).rejects.toMatchObject({ code: '23001' })
    }
    expect(await verify()).toMatchObject({ ok: true, rows: 2 })
  })

  test.each([
    ['the actor', `update audit set actor = '{"kind":"cli","name":"mallory"}' where id = 3`],
    ['the moment, by a microsecond', `update audit set at = at + interval '1 microsecond' where id = 3`],
    ['the verb', `update audit set verb = 'policy.sot' where id = 3`],
    ['the reason, from none to empty', `update audit set reason = '' where id = 3`],
    ['one figure of the detail', `update audit set detail = '{"n": 33}' where id = 3`],
    ['its link', `update audit_chain set hash = repeat('a', 64) where seq = 3`],
  ])('names the row when somebody changed %s', async (what, statement) => {
    await acts(5)
    await tamper(statement)
    const done = await verify()
    expect(done.ok).toBe(false)
    expect(done.named[0]).toMatchObject({ what: 'changed', seq: 3, id: 3, text: { zh: expect.stringContaining('3'), en: expect.stringContaining('policy.') } })
    // One change is one problem; a changed link is seen from the one behind it too.
    expect(done.problems).toBe(what === 'its link' ? 2 : 1)
  })

  test('names a row that was taken out: alone, with its link, and with everything behind it moved up', async () => {
    await acts(6)
    await tamper('delete from audit where id = 2')
    expect((await verify()).named).toMatchObject([{ what: 'missing', seq: 2, id: 2 }])
    await tamper('delete from audit_chain where seq = 2')
    expect((await verify()).named).toMatchObject([{ what: 'missing', seq: 2, id: null }])
    await tamper(`update audit_chain set seq = -seq where seq > 2; update audit_chain set seq = -seq - 1 where seq < 0`)
    expect((await verify()).named).toMatchObject([{ what: 'changed', seq: 2, id: 3 }])
    await tamper('delete from audit where id = 1; delete from audit_chain where audit_id = 1')
    expect(await first()).toMatchObject({ what: 'missing', seq: 1 })
  })

  test('names a row that was pushed in, without a link or with one made for it', async () => {
    await acts(4)
    await tamper(`insert into audit (at, actor, verb, entity) values (now(), '{}', 'x.y', 'z')`)
    expect((await verify()).named).toMatchObject([{ what: 'inserted', seq: null, id: 5 }])
    await tamper(`update audit_chain set seq = -seq where seq > 2; update audit_chain set seq = -seq + 1 where seq < 0;
      insert into audit_chain select 3, 5, audit_hash((select hash from audit_chain where seq = 2), 3, a) from audit a where id = 5`)
    expect((await verify()).named).toMatchObject([{ what: 'inserted', seq: 3, id: 5 }])
  })

  test('names two rows that changed places', async () => {
    await acts(5)
    await tamper(`update audit_chain set audit_id = -audit_id where audit_id in (2, 4); update audit_chain set audit_id = case audit_id when -2 then 4 else 2 end where audit_id < 0`)
    expect((await verify()).named).toMatchObject([{ what: 'changed', seq: 2, id: 4 }, { what: 'changed', seq: 4, id: 2 }])
  })

  test('cut off at its end, or written anew, it is whole in itself: the noted head shows it', async () => {
    await acts(5)
    const { head } = await verify()
    await tamper('delete from audit where id > 3; delete from audit_chain where seq > 3')
    expect(await verify()).toMatchObject({ ok: true, rows: 3 })
    expect(await first(head!.hash)).toMatchObject({ what: 'cut' })
    await acts(3)
    expect(await first(head!.hash.toUpperCase())).toMatchObject({ what: 'cut', text: { zh: expect.stringContaining('链头') } })
    await expect(verify('abc')).rejects.toThrow()
  })

  test('takes 200 acts at once one after the other, and none of those taken back', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, n) => t.db.orm.transaction(async (tx) => {
      await recordAudit(tx, { actor: t.ctx.actor, at: AT }, [{ verb: 'policy.set', entity: 'policy', entityId: n }, { verb: 'policy.set', entity: 'policy', entityId: n + 1000 }])
      if (n % 4 === 0) throw new Error('taken back')
    }).catch((error: unknown) => { if (!(error instanceof Error) || error.message !== 'taken back') throw error })))
    expect(await verify()).toMatchObject({ ok: true, rows: 300, head: { seq: 300 } })
  })

  test('a long act holds up nobody: its number is taken when it ends', async () => {
    let end = (): void => undefined
    const ended = new Promise<void>((resolve) => { end = resolve })
    let written = (): void => undefined
    const begun = new Promise<void>((resolve) => { written = resolve })
    const long = t.db.orm.transaction(async (tx) => {
      await recordAudit(tx, { actor: t.ctx.actor, at: AT }, [{ verb: 'ledger.import', entity: 'ledger' }])
      written()
      await ended
    })
    await begun
    await acts(3)
    end()
    await long
    const order = await t.db.sql<{ verb: string }[]>`select verb from audit_chain c join audit a on a.id = c.audit_id order by seq`
    expect(order.map((o) => o.verb)).toEqual(['policy.set', 'policy.set', 'policy.set', 'ledger.import'])
    expect(await verify()).toMatchObject({ ok: true, rows: 4 })
  })

  test('two acts that wait for each other’s rows never wait for the chain as well', async () => {
    await t.db.sql`insert into setting (key, value) values ('one', '0'), ('two', '0')`
    const both = (keys: readonly string[]) => t.db.orm.transaction(async (tx) => {
      await recordAudit(tx, { actor: t.ctx.actor, at: AT }, [{ verb: 'policy.set', entity: 'policy' }])
      for (const key of keys) await tx.execute(`update setting set value = '1' where key = '${key}'`)
    })
    await Promise.all(Array.from({ length: 40 }, () => both(['one', 'two'])))
    expect(await verify()).toMatchObject({ ok: true, rows: 40 })
  })

  test('is for administrators', async () => {
    await expect(verifyTrail({ ctx: { ...t.ctx, actor: { kind: 'user', id: 'u', name: 'u', role: 'operations', region: null } }, input: {} })).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('takes in the rows of a database that was there before it', async () => {
    const old = await testDatabase({ empty: true })
    const folder = await mkdtemp(join(tmpdir(), 'huoshui-migrations-'))
    try {
      await cp('db/migrations', folder, { recursive: true })
      const file = join(folder, 'meta/_journal.json')
      const journal = JSON.parse(await readFile(file, 'utf8')) as { entries: { tag: string }[] }
      await writeFile(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, journal.entries.findIndex((e) => e.tag.endsWith('audit_chain'))) }))
      await migrateDatabase(old.url, folder)
      for (let n = 0; n < 30; n += 1) await old.db.sql`insert into audit (at, actor, verb, entity, detail) values (now(), ${old.db.sql.json({ kind: 'cli', name: '老' })}, 'policy.set', 'policy', ${old.db.sql.json({ n, 甲: [n / 7] })})`
      await migrateDatabase(old.url)
      await old.db.orm.transaction((tx) => recordAudit(tx, { actor: old.ctx.actor, at: AT }, [{ verb: 'policy.set', entity: 'policy' }]))
      expect(await verifyTrail({ ctx: old.ctx, input: {} })).toMatchObject({ ok: true, rows: 31 })
    } finally {
      await old.close()
      await rm(folder, { recursive: true })
    }
  })

  test('begins with the link that docs/security.md names, so that a third party can follow it', async () => {
    await act('9')
    const [row] = await t.db.sql<{ id: string }[]>`select id::text as id from audit`
    expect((await auditHead(t.db.sql))?.hash).toBe(linkHash(GENESIS, { seq: 1, id: Number(row!.id), at: '2026-06-01T04:00:00.123000Z', actor: '{"kind": "cli", "name": "test"}', verb: 'policy.set', entity: 'policy', entityId: '9', reason: null, detail: null }))
  })

  test('has one door: nothing in the source writes to the trail but recordAudit', () => {
    const files = ['src', 'workers', 'db'].flatMap((room) => readdirSync(room, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts')).map((f) => `${room}/${f}`))
    expect(files.length).toBeGreaterThan(300)
    const doors = files.filter((f) => /insert\(\s*(schema\.)?audit(Chain)?\b|insert into\s+"?audit(_chain)?\b|(update|delete)\(\s*(schema\.)?audit(Chain)?\b|(update|delete from)\s+"?audit(_chain)?"?\s/i.test(readFileSync(f, 'utf8')))
    expect(doors).toEqual(['src/audit/record.ts'])
  })
})
