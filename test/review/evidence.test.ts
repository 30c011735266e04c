import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decide, evidencePack, verifyPack } from '../../src/review/index.ts'
import { unzipBytes, zipBytes } from '../../src/export/zip.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { readDocx } from './docx.ts'
import { NANCHANG, addCandidates, memoryStore, sha } from './register.ts'

describe('an evidence pack', () => {
  const page = Buffer.from('<html><title>某局</title>最近更新 2026-05-01</html>')
  let t: TestDatabase
  let bytes: Uint8Array
  let id: number
  let other: number
  beforeAll(async () => {
    t = await testDatabase()
    const { candidates, channels } = await addCandidates(t, 2)
    ;[id = 0, other = 0] = candidates
    const cited = (sha256: string) => ({ kind: 'page', sha256, url: 'https://weibo.com/u/0', finalUrl: 'https://weibo.com/u/0', status: 200, headers: { 'content-type': 'text/html' }, fetchedAt: '2026-06-01T03:00:00.000Z' })
    await t.db.sql`update candidate set evidence = ${t.db.sql.json([cited(sha(page)), cited(sha('lost'))])} where id = ${id}`
    await t.db.sql`insert into observation (channel_id, visit_id, at, about, outcome, newest_on, evidence) values (${channels[0] ?? 0}, 1, ${t.ctx.clock.now()}, 'account', 'ok', '2026-05-01', ${[sha(page)]})`
    await decide({ ctx: t.ctx, input: { candidate: id, step: 'order', reason: '限期<整改>', deadline: '2026-07-01' } })
    const packed = await evidencePack({ ctx: t.ctx, store: memoryStore([page]), input: { candidate: id } })
    expect(packed.missing).toEqual([{ sha256: sha('lost'), url: 'https://weibo.com/u/0', why: 'absent' }])
    bytes = packed.bytes
    expect(packed.sha256).toBe(sha(bytes))
  })
  afterAll(() => t.close())

  test('holds the clause, observations, time line and the bytes as received, and verifies without a database', () => {
    expect(verifyPack(bytes)).toMatchObject({ ok: true, candidate: id, channel: '账号0', files: 5, missing: 1, problems: [] })
    const files = unzipBytes(bytes)
    expect(Buffer.from(files.get(`evidence/${sha(page)}.html`) ?? '')).toEqual(page)
    const html = Buffer.from(files.get('summary.html') ?? '').toString('utf8')
    for (const words of ['监测时间点前2周内无更新', '<svg', '限期&#60;整改&#62;', '2026-05-01']) expect(html).toContain(words)
    const text = readDocx(files.get('summary.docx') ?? new Uint8Array())
    expect(text).toContain('监测时间点前2周内无更新')
    expect([...unzipBytes(files.get('summary.docx') ?? new Uint8Array()).keys()].some((p) => p.endsWith('.png'))).toBe(true)
  })

  test('any one changed byte is found', () => {
    fc.assert(fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const changed = Uint8Array.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ by
      try {
        expect(verifyPack(changed).ok).toBe(false)
      } catch (error) {
        expect(error).toMatchObject({ code: 'bad_input' })
      }
    }), { numRuns: 400 })
  })

  test('names what was changed, added or taken away', () => {
    const files = unzipBytes(bytes)
    const path = `evidence/${sha(page)}.html`
    const changed = verifyPack(zipBytes(new Map([...files, [path, Buffer.from('x')]])))
    expect(changed).toMatchObject({ ok: false, problems: [{ path }] })
    expect(verifyPack(zipBytes(new Map([...files, ['extra.txt', Buffer.from('x')]]))).problems).toMatchObject([{ path: 'extra.txt' }])
    files.delete(path)
    expect(verifyPack(zipBytes(files)).problems).toMatchObject([{ path }])
    expect(() => verifyPack(Buffer.from('hello'))).toThrowError(/no evidence pack/)
    expect(verifyPack(zipBytes(new Map([['a', Buffer.from('b')]]))).ok).toBe(false)
  })

  test('a document instead, another region refused, every export in the audit trail', async () => {
    const { bytes: docx } = await evidencePack({ ctx: t.ctx, store: memoryStore([]), input: { candidate: id, as: 'docx' } })
    expect(readDocx(docx)).toContain('证据材料')
    await expect(evidencePack({ ctx: { ...t.ctx, actor: NANCHANG }, store: memoryStore([]), input: { candidate: other } })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(evidencePack({ ctx: t.ctx, store: memoryStore([]), input: { candidate: 999_999 } })).rejects.toMatchObject({ code: 'not_found' })
    expect(await t.db.sql`select 1 from audit where verb = 'evidence.export'`).toHaveLength(2)
  })
})
