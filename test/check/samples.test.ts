import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawSample, eachCheck, redrawSample, replaceSample, runCheck } from '../../src/check/index.ts'
import { fine, guide } from '../standard/portal.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { NOW, observed, regions } from './register.ts'

describe('samples', () => {
  let t: TestDatabase
  let portal = 0
  beforeAll(async () => {
    t = await testDatabase({ now: NOW.toISOString() })
    await regions(t)
    const services = { ...fine().services, guides: Array.from({ length: 8 }, (_, i) => guide(i)) }
    portal = await observed(t, { name: '某县人民政府', probes: { ...fine(), services } })
  })
  afterAll(() => t.close())
  const samplesOf = async (run: number) => {
    for await (const c of eachCheck(t.db.sql, run)) return c.record.samples
    return {}
  }

  test('drawn once, kept with seed and population, drawn again the same, and used by the check', async () => {
    const drawn = await drawSample({ ctx: t.ctx, input: { channel: portal, sample: 'd14', seed: 'S' } })
    expect(drawn).toMatchObject({ sample: 'D14', seed: 'S', population: { length: 8 }, drawn: { length: 5 }, replaced: [] })
    expect(await drawSample({ ctx: t.ctx, input: { channel: portal, sample: 'D14', seed: 'S' } })).toEqual(drawn)
    expect(await redrawSample({ ctx: t.ctx, input: { id: drawn.id } })).toEqual({ ...drawn, same: true })
    const { run } = await runCheck({ ctx: t.ctx, input: { channels: [portal], seed: 'S' } })
    expect((await samplesOf(run))['D14']?.drawn).toEqual(drawn.drawn)
    const other = await drawSample({ ctx: t.ctx, input: { channel: portal, sample: 'D14', seed: 'T' } })
    expect(other.drawn).not.toEqual(drawn.drawn)
  })

  test('a member is replaced with a reason, which later checks use and earlier ones do not', async () => {
    const { run: before } = await runCheck({ ctx: t.ctx, input: { channels: [portal], seed: 'R' } })
    const drawn = await drawSample({ ctx: t.ctx, input: { channel: portal, sample: 'D14', seed: 'R' } })
    const out = drawn.drawn[2]!
    const after = await replaceSample({ ctx: t.ctx, input: { id: drawn.id, out, reason: '事项已取消', by: '张三' } })
    expect(after.drawn).not.toContain(out)
    expect(after.replaced).toMatchObject([{ out, in: after.drawn[2], reason: '事项已取消', by: '张三' }])
    expect(await redrawSample({ ctx: t.ctx, input: { id: drawn.id } })).toMatchObject({ same: true, drawn: after.drawn })
    const { run } = await runCheck({ ctx: t.ctx, input: { channels: [portal], seed: 'R' } })
    expect((await samplesOf(run))['D14']).toMatchObject({ drawn: after.drawn, replaced: [{ out, at: NOW }] })
    expect((await samplesOf(before))['D14']?.drawn).toEqual(drawn.drawn)
    expect(await t.db.sql`select 1 from audit where verb = 'sample.replace' and reason = '事项已取消'`).toHaveLength(1)
  })

  test('no reason, a member not drawn, nothing left, an unknown sample: each is refused', async () => {
    const { id, drawn } = await drawSample({ ctx: t.ctx, input: { channel: portal, sample: 'D14', seed: 'Q' } })
    await expect(replaceSample({ ctx: t.ctx, input: { id, out: drawn[0]!, reason: ' ', by: '张三' } })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(replaceSample({ ctx: t.ctx, input: { id, out: 'http://none', reason: 'x', by: '张三' } })).rejects.toMatchObject({ code: 'bad_input' })
    let now = drawn
    for (let i = 0; i < 3; i += 1) now = (await replaceSample({ ctx: t.ctx, input: { id, out: now[0]!, reason: '不符', by: '张三' } })).drawn
    await expect(replaceSample({ ctx: t.ctx, input: { id, out: now[0]!, reason: '不符', by: '张三' } })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(drawSample({ ctx: t.ctx, input: { channel: portal, sample: 'W3' } })).rejects.toMatchObject({ code: 'not_found' })
    await expect(redrawSample({ ctx: t.ctx, input: { id: 99_999 } })).rejects.toMatchObject({ code: 'not_found' })
    const bare = await observed(t, { name: '无探测县人民政府' })
    await expect(drawSample({ ctx: t.ctx, input: { channel: bare, sample: 'D14' } })).rejects.toMatchObject({ code: 'bad_input' })
  })
})
