import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seedRegions } from '../../src/registry/index.ts'
import { repeatable } from '../helpers/again.ts'
import { agree, alone, openConsole, picture, said } from '../helpers/console.ts'
import type { OpenConsole } from '../helpers/console.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { ADMINISTRATOR } from '../helpers/server.ts'

const PICTURES = process.env['HUOSHUI_PICTURES']

describe('the scheduling page', () => {
  let t: TestDatabase
  let house: OpenConsole
  beforeAll(async () => {
    t = await testDatabase()
    await seedRegions(t.ctx)
    await t.db.sql`insert into channel (kind, name, address, address_raw, identity_key, region_code, due_reason)
      select case n % 3 when 0 then 'weibo' else 'website' end, '渠道' || n, 'https://s' || n || '.gov.cn/', 'x', 'k' || n, case when n > 200 then '360202' else '360102' end, 'deadline' from generate_series(1, 300) n`
    await t.db.sql`insert into visit (channel_id, slot, started_at, ended_at, outcome, worker)
      select id, ${t.ctx.clock.now()}::timestamptz - id * interval '5 minutes', ${t.ctx.clock.now()}::timestamptz - id * interval '4 minutes' - interval '30 seconds', ${t.ctx.clock.now()}::timestamptz - id * interval '4 minutes', case id % 7 when 0 then 'timeout' when 1 then 'challenge' else 'ok' end, 'huoshui-1:4711' from channel`
    house = await openConsole(t, { env: { HUOSHUI_KEY: Buffer.alloc(32, 7).toString('base64') } })
  })
  repeatable(() => t, () => house.leave())
  afterAll(async () => { await house.close(); await t.close() })

  test('shows in words and figures whether the work goes on', async () => {
    const { page, errors } = await house.open('/scheduling')
    await page.getByText('24小时巡检').waitFor()
    await page.getByText('huoshui-1:4711').waitFor()
    if (PICTURES !== undefined) await picture(page, `${PICTURES}/running.png`)
    expect(errors).toEqual([])
  })

  test('visits made while it is open are shown without asking', async () => {
    const { page, errors } = await house.open('/help')
    const listening = page.waitForResponse((r) => r.url().endsWith('/api/live'))
    await page.goto(`${house.url}/scheduling`)
    await page.getByText('huoshui-1:4711').waitFor()
    await listening
    let made = 0
    // The first look after the stream has opened is the one that others are compared with.
    await expect.poll(async () => {
      made += 1
      await t.db.sql`insert into visit (channel_id, slot, started_at, ended_at, outcome, worker) select min(id), now() + ${made} * interval '1 second', ${t.ctx.clock.now()}::timestamptz, ${t.ctx.clock.now()}::timestamptz, 'ok', 'huoshui-2:815' from channel`
      return page.getByText('huoshui-2:815').isVisible()
    }, { timeout: 40_000 }).toBe(true)
    expect(errors).toEqual([])
    await page.context().close()
  })

  test('whose session ends elsewhere is led to the sign-in without pressing anything', async () => {
    house.become(ADMINISTRATOR)
    const { page } = await house.open('/help')
    const listening = page.waitForResponse((r) => r.url().endsWith('/api/live'))
    await page.goto(`${house.url}/scheduling`)
    await listening
    house.become(null)
    await page.getByLabel('密码').first().waitFor()
    house.become(ADMINISTRATOR)
    await page.context().close()
  })

  test('a policy is written with what it means beside it, set, and taken away', async () => {
    const { page, errors } = await house.open('/scheduling?tab=policies')
    await page.getByRole('button', { name: '新建策略' }).click()
    await page.getByRole('combobox', { name: '范围' }).click()
    await page.getByTitle('渠道类型').click()
    await page.getByRole('combobox', { name: '对象' }).click()
    await page.getByTitle('微博').click()
    await page.getByLabel('每日次数').fill('24')
    await page.getByText('100 个渠道,约每天 2,400 次巡检').waitFor()
    await page.getByText('添加时段').click()
    await page.getByLabel('探测间隔').fill('3')
    await page.getByRole('combobox', { name: '功能探测' }).click()
    for (const name of ['全部', '站内搜索', '链接可用']) await page.locator('.ant-select-dropdown:visible').getByTitle(name, { exact: true }).click()
    await page.keyboard.press('Escape')
    if (PICTURES !== undefined) await picture(page, `${PICTURES}/policy.png`)
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('cell', { name: /每日次数 24 次.*07:00—20:00 不巡检/ }).waitFor()
    await alone(page)
    expect(await t.db.sql`select scope, target, settings from policy`).toMatchObject([{ scope: 'kind', target: 'weibo', settings: { visitsPerDay: 24, windows: [{ from: '07:00', to: '20:00' }], probeIntervalDays: 3, probes: ['search', 'links'] } }])
    // A change of one thing keeps the others.
    await page.getByRole('button', { name: '修改' }).click()
    await page.getByLabel('每日次数').fill('20')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('cell', { name: /每日次数 20 次.*功能探测 站内搜索、链接可用/ }).waitFor()
    await alone(page)
    expect(await t.db.sql`select settings from policy`).toMatchObject([{ settings: { visitsPerDay: 20, probeIntervalDays: 3, probes: ['search', 'links'] } }])
    await page.getByRole('button', { name: '取消' }).click()
    await agree(page, /确\s*定/)
    await page.getByText('尚未设置策略').waitFor()
    expect(await t.db.sql`select 1 from policy`).toHaveLength(0)
    expect(errors).toEqual([])
  })

  test('a region’s websites are put under a week’s watch, and one is taken out', async () => {
    const { page, errors } = await house.open('/scheduling?tab=availability')
    await page.getByText('没有监测周').waitFor()
    // On a slow line the regions come after the hand has begun to type.
    const typed = Promise.withResolvers<void>()
    await page.route('**/api/regions*', async (route) => {
      await typed.promise
      await route.continue()
    })
    await page.getByRole('button', { name: '开始监测周' }).click()
    await page.getByRole('combobox', { name: '地区' }).click()
    await page.keyboard.type('昌江')
    typed.resolve()
    await page.getByTitle('昌江区').click()
    await page.getByRole('button', { name: /^开\s*始$/ }).click()
    await said(page, '个网站自 2026-06-02 起监测 7 天')
    await alone(page)
    const [before] = await t.db.sql<{ n: number }[]>`select count(*)::int as n from availability_week where state = 'running'`
    expect(before?.n).toBe(66)
    await page.getByRole('button', { name: /停\s*止/ }).first().click()
    await agree(page, /确\s*定/)
    await page.getByRole('cell', { name: '已停止', exact: true }).first().waitFor()
    const [after] = await t.db.sql<{ n: number }[]>`select count(*)::int as n from availability_week where state = 'running'`
    expect(after?.n).toBe(65)
    expect(errors).toEqual([])
  })

  test('a credential is put, renewed and never shown', async () => {
    const { page, errors } = await house.open('/scheduling?tab=credentials', { language: 'en', width: 1920, height: 1080 })
    await page.getByRole('button', { name: 'Enter a credential' }).click()
    await page.getByRole('combobox', { name: 'Credential' }).click()
    await page.locator('.ant-select-item-option').first().click()
    await page.locator('.ant-modal input[type=password]').first().waitFor()
    for (const field of await page.locator('.ant-modal input[type=password]').all()) await field.fill('very-secret-value')
    const one = page.getByRole('radio', { name: 'one channel' })
    if (await page.getByRole('radio', { name: 'all' }).isDisabled()) await one.check()
    else await page.getByRole('radio', { name: 'all' }).check()
    if (PICTURES !== undefined) await picture(page, `${PICTURES}/credential.png`)
    expect(errors).toEqual([])
  })
})
