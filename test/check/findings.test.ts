import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listFindings, recordFinding } from '../../src/check/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { HOME_SHA, NOW, observed, regions } from './register.ts'

describe('findings of people', () => {
  let t: TestDatabase
  let site = 0
  let account = 0
  beforeAll(async () => {
    t = await testDatabase({ now: NOW.toISOString() })
    await regions(t)
    site = await observed(t, { name: '某局' })
    account = await observed(t, { name: '某发布', kind: 'weibo' })
  })
  afterAll(() => t.close())

  test('are kept with who looked and when, audited, and shown intact', async () => {
    const done = await recordFinding({ ctx: t.ctx, input: {
      channel: site, indicator: 'w1.1', by: ' 张三 ', answers: { found: true }, evidence: [HOME_SHA.toUpperCase(), 'b'.repeat(64)],
      places: [{ question: 'found', url: 'http://x.gov.cn/1', note: '错将地名写错' }], note: '=cmd()',
    } })
    expect(done).toMatchObject({ indicator: 'W1.1', by: '张三', on: '2026-06-01', unknown_evidence: ['b'.repeat(64)] })
    expect(await listFindings({ ctx: t.ctx })).toMatchObject([{ id: done.id, indicator: 'W1.1', by: '张三', answers: { found: true }, intact: true, evidence: [HOME_SHA, 'b'.repeat(64)] }])
    expect(await t.db.sql`select 1 from audit where verb = 'finding.record' and entity_id = ${String(site)}`).toHaveLength(1)
    await t.db.sql`update person_finding set looked_by = '李四' where id = ${done.id}`
    expect(await listFindings({ ctx: t.ctx, input: { channels: [site], indicator: 'W1.1' } })).toMatchObject([{ by: '李四', intact: false }])
    expect(await listFindings({ ctx: t.ctx, input: { channels: [account] } })).toEqual([])
  })

  test.each<[string, object, string]>([
    ['an answer to a question nobody asks', { answers: { other: true } }, 'bad_input'],
    ['a count where yes or no is asked', { answers: { found: 3 } }, 'bad_input'],
    ['no answer at all', { answers: {} }, 'bad_input'],
    ['a time to come', { answers: { found: true }, at: new Date('2026-06-02T00:00:00Z') }, 'bad_input'],
    ['a day to come', { answers: { found: true }, on: '2026-06-02' }, 'bad_input'],
    ['an unknown indicator', { indicator: 'Z9', answers: { found: true } }, 'not_found'],
    ['an indicator that observations decide', { indicator: 'W4a', answers: { found: true } }, 'bad_input'],
    ['one that is not for such a channel', { indicator: 'N1', answers: { found: true } }, 'bad_input'],
    ['one for portals, of a site that is none', { indicator: 'D14', answers: { wrong: 1 } }, 'bad_input'],
    ['an unknown channel', { channel: 99_999, answers: { found: true } }, 'not_found'],
    ['what cannot be kept', { answers: { found: true }, note: 'a\u0000b' }, 'bad_input'],
  ])('%s is refused and leaves nothing', async (_what, over, code) => {
    const before = await t.db.sql`select 1 from person_finding`
    await expect(recordFinding({ ctx: t.ctx, input: { channel: site, indicator: 'W1.2', by: '张三', ...over } as never })).rejects.toMatchObject({ code })
    expect(await t.db.sql`select 1 from person_finding`).toHaveLength(before.length)
  })

  test.each<[string, object]>([['nobody’s name', { by: '  ' }], ['a hash that is none', { by: '张三', evidence: ['abc'] }]])('%s is refused', async (_what, over) => {
    await expect(recordFinding({ ctx: t.ctx, input: { channel: site, indicator: 'W1.2', answers: { found: true }, ...over } as never })).rejects.toThrow()
  })
})
