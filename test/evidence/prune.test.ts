import { afterAll, beforeAll, expect, test } from 'vitest'
import { pruneEvidence } from '../../src/evidence/index.ts'
import { bringFile, decide, replyToOrder } from '../../src/review/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { addCandidates, memoryStore, sha } from '../review/register.ts'

let t: TestDatabase
beforeAll(async () => { t = await testDatabase() })
afterAll(() => t.close())

test('what a unit brought as proof is kept, and what an answer cites by its hash alone', async () => {
  const { candidates: [first = 0, second = 0] } = await addCandidates(t, 2)
  const [brought, cited, loose] = [Buffer.from('%PDF-1.7 brought'), Buffer.from('%PDF-1.7 cited'), Buffer.from('%PDF-1.7 loose')]
  const store = memoryStore([cited, loose])
  const old = t.ctx.clock.now()
  for (const bytes of [cited, loose]) await t.db.sql`insert into evidence (sha256, kind, content_type, size, created_at) values (${sha(bytes)}, 'attachment', 'application/pdf', ${bytes.length}, ${old})`
  for (const candidate of [first, second]) await decide({ ctx: t.ctx, input: { candidate, step: 'order', reason: '整改', deadline: '2026-07-01' } })
  await bringFile({ ctx: t.ctx, store, bytes: brought, input: { candidate: first, name: '说明.pdf' } })
  await replyToOrder({ ctx: t.ctx, input: { candidate: first, step: 'answer', text: '已整改', files: [sha(brought)] } })
  await decide({ ctx: t.ctx, input: { candidate: second, step: 'answer', reason: '已整改', files: [sha(cited)] } })
  t.ctx.clock.advance(500 * 86_400_000)
  await pruneEvidence({ ctx: t.ctx, store, days: 400 })
  const left = (await t.db.sql<{ sha256: string }[]>`select sha256 from evidence`).map((r) => r.sha256).sort()
  expect(left).toEqual([sha(brought), sha(cited)].sort())
})
