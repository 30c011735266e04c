import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { recordAudit } from '../../src/audit/index.ts'
import { holdPruning, openPacks, verifyEvidence } from '../../src/evidence/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

const sha = (b: Uint8Array): string => createHash('sha256').update(b).digest('hex')
const MONTH = '2026-05'

describe('what was kept as evidence', () => {
  let t: TestDatabase
  let folder: string
  let pieces: { sha256: string; bytes: Buffer }[]
  const packOf = (sha256: string): string => join(folder, 'evidence', MONTH, `${sha256.slice(0, 1)}.pack`)
  const verify = async () => {
    const store = openPacks(join(folder, 'evidence'))
    try {
      return await verifyEvidence({ ctx: t.ctx, store })
    } finally {
      store.close()
    }
  }
  beforeEach(async () => {
    t = await testDatabase()
    folder = await mkdtemp(join(tmpdir(), 'huoshui-verify-'))
    pieces = Array.from({ length: 60 }, () => randomBytes(500)).map((bytes) => ({ sha256: sha(bytes), bytes }))
    const store = openPacks(join(folder, 'evidence'), () => Date.parse(`${MONTH}-20T00:00:00Z`))
    for (const { sha256, bytes } of pieces) {
      store.put(sha256, bytes)
      await t.db.sql`insert into evidence (sha256, kind, size, created_at) values (${sha256}, 'page', ${bytes.length}, ${`${MONTH}-20T00:00:00Z`}::timestamptz)`
    }
    store.close()
    await t.db.sql`insert into channel (kind, name, address, address_raw, identity_key) values ('website', '站', 'https://a.gov.cn/', 'x', 'k')`
    await t.db.sql`insert into evidence_use (sha256, channel_id, url, final_url, fetched_at) select ${pieces[0]!.sha256}, id, 'https://a.gov.cn/', 'https://a.gov.cn/', now() from channel`
  })
  afterEach(async () => { await t.close(); await rm(folder, { recursive: true, force: true }) })

  test('is whole as it was put', async () => {
    expect(await verify()).toEqual({ ok: true, pieces: 60, missing: 0, changed: 0, missingPacks: [], named: [] })
  })

  test('with one byte changed it is named, with its pack and where it came from', async () => {
    const { sha256, bytes } = pieces[0]!
    const pack = await readFile(packOf(sha256))
    const at = pack.indexOf(bytes.subarray(100, 120))
    expect(at).toBeGreaterThan(0)
    pack[at] = pack[at]! ^ 1
    await writeFile(packOf(sha256), pack)
    expect(await verify()).toMatchObject({ ok: false, pieces: 60, missing: 0, changed: 1, named: [{ what: 'changed', sha256, pack: `${MONTH}/${sha256.slice(0, 1)}.pack`, url: 'https://a.gov.cn/', text: { zh: expect.stringContaining(sha256) } }] })
  })

  test('a row that says another size, or that has no bytes, is named', async () => {
    await t.db.sql`update evidence set size = size + 1 where sha256 = ${pieces[1]!.sha256}`
    const none = 'f'.repeat(64)
    await t.db.sql`insert into evidence (sha256, kind, size, created_at) values (${none}, 'page', 3, now())`
    const done = await verify()
    expect(done).toMatchObject({ missing: 1, changed: 1 })
    expect(new Map(done.named.map((n) => [n.sha256, n.what]))).toEqual(new Map([[pieces[1]!.sha256, 'changed'], [none, 'missing']]))
  })

  test('a pack that is gone is named, and everything that was in it counted', async () => {
    const first = pieces[0]!.sha256.slice(0, 1)
    await rm(packOf(pieces[0]!.sha256))
    const lost = pieces.filter((p) => p.sha256.startsWith(first)).length
    expect(await verify()).toMatchObject({ ok: false, missing: lost, changed: 0, missingPacks: [`${MONTH}/${first}.pack`] })
  })

  test('is not pruned or copied while it is read, and is read by administrators', async () => {
    const release = await holdPruning(t.db.sql)
    await expect(verify()).rejects.toMatchObject({ code: 'conflict' })
    await release()
    await expect(verifyEvidence({ ctx: { ...t.ctx, actor: { kind: 'user', id: 'u', name: 'u', role: 'read_only', region: null } }, store: openPacks(folder) })).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('and the trail are verified by one command, which says in both languages what does not hold, and ends well', async () => {
    const run = (...args: string[]): Promise<{ code: number; out: string; err: string }> => new Promise((resolve) => {
      execFile(process.execPath, ['src/cli/main.ts', 'audit', 'verify', ...args], { env: { ...process.env, DATABASE_URL: t.url, HUOSHUI_DATA: folder } }, (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }))
    })
    await t.db.orm.transaction((tx) => recordAudit(tx, { actor: t.ctx.actor, at: t.ctx.clock.now() }, [{ verb: 'policy.set', entity: 'policy' }, { verb: 'policy.set', entity: 'policy' }]))
    const whole = JSON.parse((await run('--json')).out)
    expect(whole).toMatchObject({ ok: true, trail: { rows: 2, head: { seq: 2 } }, evidence: { pieces: 60 }, text: { zh: expect.stringContaining('链完整'), en: expect.stringContaining('all whole') } })
    await t.db.sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx`delete from audit where id = 2`
      await tx`delete from audit_chain where seq = 2`
    })
    await rm(packOf(pieces[0]!.sha256))
    const { code, out } = await run('--head', whole.trail.head.hash)
    expect(code).toBe(0)
    expect(out).toContain('链上没有所记的链头')
    expect(out).toContain('the noted head is not in the chain')
    expect(out).toMatch(/缺失 \d+/)
    expect(JSON.parse((await run('--json', '--no-evidence', '--head', whole.trail.head.hash)).out)).toMatchObject({ ok: false, evidence: null, trail: { problems: 1, named: [{ what: 'cut' }] } })
    expect((await run('--head', 'xyz')).code).toBe(2)
  }, 240_000)
})
