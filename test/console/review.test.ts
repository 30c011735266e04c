import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startCampaign } from '../../src/campaign/index.ts'
import { decide } from '../../src/review/index.ts'
import { unzipBytes } from '../../src/export/zip.ts'
import { repeatable } from '../helpers/again.ts'
import { openConsole, said } from '../helpers/console.ts'
import type { OpenConsole } from '../helpers/console.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { ADMINISTRATOR } from '../helpers/server.ts'
import type { Person } from '../helpers/server.ts'
import { readFile } from 'node:fs/promises'
import { reviewData } from './review-data.ts'
import type { ReviewData } from './review-data.ts'

const REVIEWER: Person = { kind: 'user', id: 'u-zhang', name: '张三', role: 'rectification', region: '360000' }

describe('a day of rectification', () => {
  let t: TestDatabase
  let house: OpenConsole
  let d: ReviewData
  const states = async (): Promise<Record<string, number>> => Object.fromEntries((await t.db.sql<{ state: string; n: number }[]>`select state, count(*)::int as n from candidate group by state`).map((r) => [r.state, r.n]))
  beforeAll(async () => {
    // Browsers know no other clock than the real one, and a deadline must lie ahead of both.
    t = await testDatabase({ now: new Date().toISOString() })
    d = await reviewData(t, 30)
    house = await openConsole(t, { evidence: d.evidence })
  })
  repeatable(() => t, () => house.leave())
  beforeEach(() => house.become(REVIEWER))
  afterAll(async () => { await house.close(); await t.close() })

  test('works a queue of twenty to decisions by the keyboard alone, and takes one back', async () => {
    const { page, errors } = await house.open('/review')
    await page.locator('.dossier').waitFor()
    const decideBy = async (key: string, left: number): Promise<void> => {
      const heading = await page.locator('.dossier h2 a').textContent()
      await page.keyboard.press(key)
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
      await page.getByRole('button', { name: `待研判 ${left}`, exact: true }).waitFor()
      await page.waitForFunction((before) => { const now = document.querySelector('.dossier h2 a')?.textContent; return now !== undefined && now !== before }, heading)
    }
    for (let i = 0; i < 20; i += 1) await decideBy(['s', 'd', 'r', 'e', 'f'][i % 5] ?? 'd', 29 - i)
    expect(await states()).toEqual({ open: 10, to_shut_down: 4, dismissed: 4, ordered: 4, exempted: 4, kept: 4 })
    await page.keyboard.press('z')
    await said(page, '已撤销上一步')
    expect(await states()).toMatchObject({ open: 11, kept: 3 })
    const reasons = await t.db.sql<{ reason: string }[]>`select distinct reason from candidate_step where step = 'order'`
    expect(reasons[0]?.reason).toMatch(/^经核查，该渠道存在“.+”问题，请于\d{4}年\d+月\d+日前完成整改，并书面反馈整改情况。$/)
    expect(errors).toEqual([])
  })

  test('a digit takes a template, keys rest while a field is written in, and can be turned off', async () => {
    const { page, errors } = await house.open('/review')
    await page.locator('.dossier').waitFor()
    const before = await states()
    await page.keyboard.press('d')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('2')
    await expect.poll(() => page.getByLabel('理由(写入文书和审计记录)').inputValue()).toContain('改版或迁移')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.keyboard.press('/')
    await page.keyboard.type('drs')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.locator('.dossier h2').click()
    await page.getByRole('switch', { name: '快捷键' }).click()
    await page.locator('.dossier h2').click()
    await page.keyboard.press('d')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.getByRole('switch', { name: '快捷键' }).click()
    expect(await states()).toEqual(before)
    expect(errors).toEqual([])
  })

  test('decides a selection with one reason', async () => {
    const before = (await states())['dismissed'] ?? 0
    const { page, errors } = await house.open('/review')
    await page.locator('.dossier').waitFor()
    await page.keyboard.press(' ')
    await page.keyboard.press('j')
    await page.keyboard.press(' ')
    await page.getByText('已选 2 件').waitFor()
    await page.keyboard.press('d')
    await page.getByRole('dialog', { name: /排除/ }).waitFor()
    await page.keyboard.press('Enter')
    await said(page, '已对 2 件作出“排除”')
    expect((await states())['dismissed']).toBe(before + 2)
    expect(errors).toEqual([])
  })

  test('an order goes out as a document, its unit answers with proof, contests, and the office upholds', async () => {
    const [id] = (await t.db.sql<{ id: number }[]>`select k.id::int from candidate k join channel c on c.id = k.channel_id where k.state = 'open' and c.organisation_id = ${d.unit} order by k.id limit 1`).map((r) => r.id)
    const { page, errors } = await house.open(`/review?view=all&id=${id}`)
    await page.locator('.dossier').waitFor()
    await page.locator('.acts').getByRole('button', { name: '责令整改' }).click()
    await page.getByRole('checkbox', { name: /同时制发整改通知单/ }).check()
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click()
    await said(page, '文书已编号')
    await page.goto(`${house.url}/orders`)
    const link = page.getByRole('link', { name: /江西活水改〔\d{4}〕1号/ }).first()
    await link.waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect(Buffer.from(unzipBytes(await readFile(await download.path())).get('word/document.xml') ?? []).toString()).toContain('东湖区教育局')
    await page.context().close()

    house.become({ kind: 'user', id: 'u-unit', name: '李四', role: 'unit_contact', region: '360102', organisation: d.unit })
    const unit = await house.open(`/unit/${id}`)
    await unit.page.getByRole('textbox', { name: '整改情况' }).fill('已恢复更新,明确专人负责。')
    await unit.page.locator('input[type=file]').setInputFiles({ name: '截图.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 截图') })
    await unit.page.getByText('截图.pdf').waitFor()
    await unit.page.getByRole('button', { name: '提交反馈' }).click()
    await said(unit.page, '已提交反馈')
    expect(await states()).toMatchObject({ answered: 1 })
    await unit.page.context().close()

    house.become(REVIEWER)
    const office = await house.open('/review?view=answered')
    await office.page.getByText('已恢复更新,明确专人负责。').first().waitFor()
    await office.page.getByRole('link', { name: '截图.pdf' }).first().waitFor()
    await office.page.keyboard.press('x')
    await office.page.getByRole('dialog').waitFor()
    await office.page.keyboard.press('Enter')
    await said(office.page, '已复查不通过')
    await office.page.context().close()

    house.become({ kind: 'user', id: 'u-unit', name: '李四', role: 'unit_contact', region: '360102', organisation: d.unit })
    const appeal = await house.open(`/unit/${id}`)
    await appeal.page.getByRole('radio', { name: /申诉/ }).check()
    await appeal.page.getByRole('textbox', { name: '申诉理由' }).fill('我单位一直更新。')
    await appeal.page.getByRole('button', { name: '提交申诉' }).click()
    await said(appeal.page, '已提交申诉')
    await appeal.page.context().close()

    house.become(REVIEWER)
    const again = await house.open('/review?view=contested')
    await again.page.getByText('我单位一直更新。').first().waitFor()
    await again.page.keyboard.press('h')
    await again.page.getByRole('dialog').waitFor()
    await again.page.getByRole('dialog').getByRole('button', { name: '确定' }).click()
    await said(again.page, '已维持原决定')
    expect((await t.db.sql<{ state: string }[]>`select state from candidate where id = ${id ?? 0}`)[0]?.state).toBe('ordered')
    expect([...errors, ...unit.errors, ...office.errors, ...appeal.errors, ...again.errors]).toEqual([])
    await again.page.context().close()
  })

  test('what others decide meanwhile is told, and rows stay where they are until they are asked for', async () => {
    const { page, errors } = await house.open('/help')
    const listening = page.waitForResponse((r) => r.url().endsWith('/api/live'))
    await page.goto(`${house.url}/review`)
    await page.locator('.dossier').waitFor()
    const names = (): Promise<string[]> => page.locator('.queue-name b').allTextContents()
    const before = await names()
    await listening
    const [gone] = await t.db.sql<{ id: number; name: string }[]>`select k.id::int, c.name from candidate k join channel c on c.id = k.channel_id where k.state = 'open' order by k.id desc limit 1`
    const told = page.getByText('队列中有 1 件已被处理')
    // The first look after the stream has opened is the one that others are compared with.
    await expect.poll(async () => {
      if (await told.isVisible()) return true
      await decide({ ctx: t.ctx, input: { candidate: gone!.id, step: 'dismiss', reason: '误报' } }).catch(() => undefined)
      return told.isVisible()
    }).toBe(true)
    expect(await names()).toEqual(before)
    await page.getByRole('button', { name: '载入' }).click()
    // What is told is withdrawn as soon as the rows are asked for, before they have come.
    await expect.poll(names).toEqual(before.filter((n) => n !== gone!.name))
    await told.waitFor({ state: 'hidden' })
    expect(errors).toEqual([])
    await page.context().close()
  })

  test('documents of many: what could be issued keeps its number in sight, what could not says why', async () => {
    const [can, cannot] = await t.db.sql<{ id: number; name: string }[]>`select k.id::int, c.name from candidate k join channel c on c.id = k.channel_id where k.state = 'open' order by k.id limit 2`
    await decide({ ctx: t.ctx, input: { candidate: can!.id, step: 'order', reason: '限期更新', deadline: new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10) } })
    const { page, errors } = await house.open('/review?view=all&states=ordered,open')
    await page.locator('.dossier').waitFor()
    await page.getByRole('checkbox', { name: '全选本页' }).check()
    await page.keyboard.press('n')
    const list = page.getByRole('dialog')
    await list.locator('.ant-modal-confirm-title').getByText(/件未能制发/).waitFor()
    expect(await list.locator('li').filter({ hasText: `${can!.name}:` }).textContent()).toMatch(/〔\d{4}〕\d+号/)
    expect(await list.locator('li').filter({ hasText: `${cannot!.name}:` }).textContent()).toContain('尚未责令整改')
    await list.getByRole('button', { name: '知道了' }).click()
    expect(await t.db.sql`select 1 from order_document where candidate_id = ${can!.id}`).toHaveLength(1)
    expect(errors).toEqual([])
    await page.context().close()
  })

  test('a re-check closes it, and one who comes second is told', async () => {
    const [one] = await t.db.sql<{ id: number; channel: number }[]>`select id::int, channel_id::int as channel from candidate where state = 'open' order by id desc limit 1`
    const deadline = new Date(t.ctx.clock.now().getTime() + 10 * 86_400_000).toISOString().slice(0, 10)
    await decide({ ctx: t.ctx, input: { candidate: one?.id ?? 0, step: 'order', reason: '限期整改', deadline } })
    t.ctx.clock.advance(60_000)
    await t.db.sql`update channel set newest_on = (${t.ctx.clock.now().toISOString()}::timestamptz at time zone 'Asia/Shanghai')::date, last_seen_at = ${t.ctx.clock.now()}, last_visit_at = ${t.ctx.clock.now()} where id = ${one?.channel ?? 0}`
    const { page } = await house.open(`/review?view=all&id=${one?.id}`)
    await page.getByText('见到新的更新').waitFor()
    await page.keyboard.press('p')
    await page.getByRole('dialog').waitFor()
    await decide({ ctx: t.ctx, input: { candidate: one?.id ?? 0, step: 'pass', reason: '已整改' } })
    await page.keyboard.press('Enter')
    await page.getByText('已被他人处理').waitFor()
    expect((await t.db.sql<{ state: string }[]>`select state from candidate where id = ${one?.id ?? 0}`)[0]?.state).toBe('rectified')
  })

  test('the campaign’s numbers lead to their channels, and the bulletin is the database', async () => {
    await startCampaign({ ctx: t.ctx, input: { name: '清理' } })
    const { page, errors } = await house.open('/campaign')
    const total = page.getByRole('link', { name: '30', exact: true }).first()
    await total.click()
    await page.getByText('共 30 个渠道').waitFor()
    await page.goto(`${house.url}/campaign?tab=bulletin`)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'JSON' }).click()])
    const bulletin = JSON.parse(await readFile(await download.path(), 'utf8')) as { totals: { baseline: number }; failing: { channel: number }[] }
    const standing = await t.db.sql<{ id: number }[]>`select channel_id::int as id from candidate where state in ('open', 'ordered', 'answered', 'to_merge', 'to_shut_down', 'contested', 'escalated') order by 1`
    expect(bulletin.failing.map((f) => f.channel).sort((a, b) => a - b)).toEqual(standing.map((s) => s.id))
    expect(bulletin.totals.baseline).toBe(30)
    expect(errors).toEqual([])
  })

  test('an administrator finds every page without an error, in both languages', async () => {
    house.become(ADMINISTRATOR)
    for (const language of ['zh', 'en'] as const) {
      for (const path of ['/review?view=all', '/orders', '/orders?tab=watched', '/orders?tab=filings', '/campaign?tab=weekly', '/campaign?tab=samples']) {
        const { page, errors } = await house.open(path, { language })
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.waitForLoadState('networkidle')
        expect(errors, `${path} ${language}`).toEqual([])
        await page.context().close()
      }
    }
  })
})
