import { writeFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { seedConsole } from '../../bench/console/seed/register.ts'
import { repeatable } from '../helpers/again.ts'
import { agree, openConsole, said } from '../helpers/console.ts'
import type { OpenConsole } from '../helpers/console.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { ADMINISTRATOR } from '../helpers/server.ts'

const accessible = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect(violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 200)}`)).toEqual([])
}

describe('overview, channels and ledger in a browser', () => {
  let t: TestDatabase
  let house: OpenConsole
  const folder = mkdtempSync(join(tmpdir(), 'huoshui-test-ledger-'))
  beforeAll(async () => {
    t = await testDatabase()
    await seedConsole({ ctx: t.ctx, size: { channels: 300, candidates: 60, visits: 2 } })
    await t.db.sql`update channel set name = ${'<img src=x onerror=alert(1)>东湖发布'}, last_visit_at = '2026-05-01' where id = 1`
    house = await openConsole(t)
  })
  repeatable(() => t, () => house.leave())
  beforeEach(() => house.become(ADMINISTRATOR))
  afterAll(async () => { await house.close(); await t.close(); rmSync(folder, { recursive: true }) })

  test.each(['zh', 'en'] as const)('a figure of the overview leads to as many channels, in %s', async (language) => {
    const { page, errors } = await house.open('/', { language })
    const figure = page.locator('dl .tally', { hasText: language === 'zh' ? '整合' : 'merge' }).first().locator('a')
    const n = await figure.innerText()
    await accessible(page)
    await figure.click()
    await page.getByText(language === 'zh' ? `筛选出 ${n} 个渠道。` : `${n} channels match.`).waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: language === 'zh' ? '巡检是否正常' : 'Is the watching in order?' }).waitFor()
    await page.getByRole('link', { name: '南昌市', exact: true }).click()
    await page.getByRole('heading', { name: /南昌市/, level: 1 }).waitFor()
    await page.getByRole('button', { name: language === 'zh' ? '看数字' : 'As figures' }).click()
    await page.locator('.plain-table tbody tr').nth(15).waitFor()
    await expect.poll(() => page.locator('.plain-table tbody tr').count()).toBe(16)
    expect(errors).toEqual([])
  })
  test('filters stand in the address, are saved as a view, and go back', async () => {
    const { page, errors } = await house.open('/channels')
    await page.getByRole('searchbox', { name: '名称、地址、标识码或单位' }).fill('网站')
    await page.keyboard.press('Enter')
    await page.getByText(/筛选出 \d+ 个渠道/).waitFor()
    expect(new URL(page.url()).searchParams.get('text')).toBe('网站')
    await page.getByRole('button', { name: '常用视图' }).click()
    await page.getByRole('menuitem', { name: /把当前筛选保存为视图/ }).click()
    await page.getByLabel('名称(同名则替换)').fill('只看网站')
    await agree(page, '保存')
    await said(page, '视图已保存')
    await page.goBack()
    await page.getByText('台账中共 300 个渠道。').waitFor()
    await page.getByRole('button', { name: '常用视图' }).click()
    await page.getByRole('menuitem', { name: '只看网站' }).click()
    await page.getByText(/筛选出 \d+ 个渠道/).waitFor()
    await page.getByRole('columnheader', { name: '最近更新' }).click()
    await page.waitForURL(/sort=newest/)
    await accessible(page)
    expect(errors).toEqual([])
  })
  test('ticked rows are paused together and said so', async () => {
    const { page, errors } = await house.open('/channels?states=active&size=20')
    const boxes = page.getByRole('checkbox', { name: /^选择 / })
    await boxes.nth(0).check()
    await boxes.nth(1).check()
    await page.getByRole('button', { name: '暂停巡检' }).click()
    await page.getByLabel('原因(记入审计)').fill('维护')
    await agree(page, '确定')
    await said(page, '已处理 2 个')
    const [row] = await t.db.sql<{ n: number }[]>`select count(*)::int as n from audit where verb = 'channel.pause' and reason = '维护'`
    expect(row?.n).toBe(2)
    expect(errors).toEqual([])
  })
  test('whoever only reads is offered nothing that changes', async () => {
    house.become({ ...ADMINISTRATOR, role: 'read_only' })
    const { page, errors } = await house.open('/channels')
    await page.getByText('台账中共 300 个渠道。').waitFor()
    expect(await page.getByRole('checkbox').count()).toBe(0)
    expect(await page.getByRole('link', { name: '台账' }).count()).toBe(0)
    await page.goto(`${house.url}/channels/4`)
    await page.getByRole('heading', { name: '基本信息' }).waitFor()
    expect(await page.getByRole('button', { name: '立即巡检' }).count()).toBe(0)
    expect(errors).toEqual([])
  })
  test.each(['zh', 'en'] as const)('one channel shows its verdict, its time line and every tab, in %s', async (language) => {
    const [site] = await t.db.sql<{ id: number }[]>`select channel_id::int as id from site_column limit 1`
    const { page, errors } = await house.open(`/channels/${site?.id}`, { language })
    await page.locator('.verdict').waitFor()
    await page.getByRole('button', { name: language === 'zh' ? /逐条依据/ : /Rule by rule/ }).click()
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click()
      await page.waitForLoadState('networkidle')
      await accessible(page)
    }
    expect(errors).toEqual([])
  })
  test('a name that is markup stays a name', async () => {
    const { page, errors } = await house.open('/channels/1')
    await page.getByRole('heading', { name: /<img src=x/ }).waitFor()
    expect(await page.locator('img[src="x"]').count()).toBe(0)
    expect(errors).toEqual([])
  })
  test('visit now is told as it happens', async () => {
    const [one] = await t.db.sql<{ id: number }[]>`select id::int from channel where state = 'active' order by id desc limit 1`
    const id = one?.id ?? 0
    const { page, errors } = await house.open(`/channels/${id}`)
    await page.getByRole('button', { name: '立即巡检' }).click()
    await page.getByText('已排队,等待巡检进程').waitFor()
    await t.db.sql`update channel set last_visit_at = ${t.ctx.clock.now().toISOString()}, last_outcome = 'ok' where id = ${id}`
    await page.getByText('巡检完成').waitFor()
    expect(errors).toEqual([])
  })
  test('a ledger with mistakes is mended at the cell and written', async () => {
    const file = join(folder, '台账.csv')
    writeFileSync(file, '渠道类型,渠道名称,网址,主办单位,地区\n网站,余干县政府,http://www.yg.test.example.gov.cn/,余干县人民政府,不存在县\n网站,婺源县政府,http://www.wy.test.example.gov.cn/,婺源县人民政府,江西省上饶市婺源县\n')
    const { page, errors } = await house.open('/ledger')
    await accessible(page)
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText('1 行有错误,共 1 处').waitFor()
    await expect.poll(() => page.getByRole('button', { name: '确认导入' }).isDisabled()).toBe(true)
    await accessible(page)
    await page.getByRole('button', { name: /第 2 行 地区/ }).click()
    await page.getByRole('textbox', { name: '第 2 行 地区' }).fill('江西省上饶市余干县')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /按修改重新检查/ }).click()
    await page.getByText('没有错误,可以导入。').waitFor()
    await page.getByRole('button', { name: '确认导入' }).click()
    await agree(page, '导入')
    await page.locator('.ant-result').getByText('新增 2 个').waitFor()
    expect(errors).toEqual([])
    await page.goto(`${house.url}/channels?text=${encodeURIComponent('余干县政府')}`)
    await page.getByRole('link', { name: '余干县政府' }).click()
    await page.getByRole('button', { name: '修改' }).click()
    await page.getByLabel('名称').fill('余干县人民政府')
    await accessible(page)
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('heading', { name: '余干县人民政府' }).waitFor()
    await page.getByRole('tab', { name: '变更记录' }).click()
    await page.locator('ins', { hasText: '余干县人民政府' }).waitFor()
    expect(errors).toEqual([])
  })
  test('an old workbook is refused in words', async () => {
    const file = join(folder, '旧.xls')
    writeFileSync(file, Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]))
    const { page } = await house.open('/ledger')
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText('另存为').first().waitFor()
    await page.getByText('把台账文件拖到这里').waitFor()
  })
  test('what is exported is what is filtered', async () => {
    const { page } = await house.open('/channels?kinds=website&states=closed')
    const n = Number(/筛选出 (\d+)/.exec(await page.getByText(/筛选出 \d+ 个渠道/).innerText())?.[1])
    await page.getByRole('button', { name: /导出这/ }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('CSV 文本').click()])
    expect(readFileSync(await download.path(), 'utf8').trim().split('\n')).toHaveLength(n + 1)
  })
})

describe('the console of an empty register', () => {
  test.each(['zh', 'en'] as const)('leads by the hand, in %s', async (language) => {
    const t = await testDatabase()
    const house = await openConsole(t)
    const { page, errors } = await house.open('/', { language })
    await page.getByRole('button', { name: language === 'zh' ? '导入我的台账' : 'Load my ledger' }).waitFor()
    await accessible(page)
    await page.getByRole('button', { name: language === 'zh' ? '导入我的台账' : 'Load my ledger' }).click()
    await page.getByRole('heading', { name: language === 'zh' ? '台账' : 'Ledger', level: 1 }).waitFor()
    expect(errors).toEqual([])
    await house.close()
    await t.close()
  })
})
