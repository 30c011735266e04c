import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seedRegions } from '../../src/registry/index.ts'
import { repeatable } from '../helpers/again.ts'
import { alone, openConsole, picture, said } from '../helpers/console.ts'
import type { OpenConsole } from '../helpers/console.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { ADMINISTRATOR } from '../helpers/server.ts'

const PICTURES = process.env['HUOSHUI_PICTURES']

describe('the pages of checks', () => {
  let t: TestDatabase
  let house: OpenConsole
  beforeAll(async () => {
    t = await testDatabase()
    await seedRegions(t.ctx)
    await t.db.sql`insert into channel (kind, name, address, address_raw, identity_key, region_code)
      select case when n < 4 then 'website' else 'weibo' end, case when n < 4 then '网站' else '微博' end || n, 'https://s' || n || '.gov.cn/', 'x', 'k' || n, '360102' from generate_series(1, 30) n`
    house = await openConsole(t)
  })
  repeatable(() => t, () => house.leave())
  afterAll(async () => { await house.close(); await t.close() })

  test('a check is begun for chosen channels, opens when it is done, and leads to a sheet in which a person signs a finding', async () => {
    house.become({ ...ADMINISTRATOR, name: '王核查', role: 'rectification' })
    const { page, errors } = await house.open('/checks')
    await page.getByText('还没有检查').waitFor()
    await page.getByRole('button', { name: '开始检查' }).click()
    await page.getByText('共 30 个渠道').waitFor()
    await page.getByRole('combobox', { name: /渠道类型/ }).click()
    await page.getByTitle('网站', { exact: true }).click()
    await page.getByText('共 3 个渠道').waitFor()
    await page.keyboard.press('Escape')
    if (PICTURES !== undefined) await picture(page, `${PICTURES}/check-start.png`)
    await page.getByRole('button', { name: /^开\s*始$/ }).click()
    await page.getByRole('heading', { name: /检查批次 \d+/ }).waitFor()
    if (PICTURES !== undefined) await picture(page, `${PICTURES}/check-run.png`)
    await page.getByRole('link', { name: '网站1' }).click()
    await page.getByRole('heading', { name: '检查表:网站1' }).waitFor()
    if (PICTURES !== undefined) await picture(page, `${PICTURES}/check-sheet.png`)
    const row = page.getByRole('row').filter({ hasText: '待人工核查' }).first()
    const indicator = await row.getByRole('cell').first().innerText()
    await row.getByRole('button', { name: /填\s*写/ }).click()
    await page.getByText('将以“王核查”的名义签录').waitFor()
    for (const no of await page.getByRole('radio', { name: '否' }).all()) await no.check()
    for (const count of await page.locator('.ant-modal input[role=spinbutton]').all()) await count.fill('0')
    if (PICTURES !== undefined) await picture(page, `${PICTURES}/check-finding.png`)
    // Pressed again while the first press is on its way, it signs once.
    let sent = 0
    await page.route('**/api/findings', async (route) => {
      sent += 1
      await page.getByRole('button', { name: /签\s*录/ }).evaluate((button: HTMLElement) => { button.click() })
      await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 300) }))
      await route.continue()
    }, { times: 1 })
    page.on('request', (request) => { if (sent > 0 && request.url().endsWith('/api/findings')) sent += 1 })
    await page.getByRole('button', { name: /签\s*录/ }).click()
    await said(page, '已签录,重新检查后计入')
    expect(sent).toBe(1)
    expect(await t.db.sql`select indicator, looked_by from person_finding`).toEqual([{ indicator, looked_by: '王核查' }])
    expect(errors).toEqual([])
  })

  test('the workbook is downloaded from the run', async () => {
    const { page } = await house.open('/checks')
    await page.getByRole('table').getByRole('link').first().click()
    await page.getByRole('button', { name: /导\s*出/ }).hover()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByText('工作簿(Excel/WPS)').click()])
    expect(file.suggestedFilename()).toMatch(/^指标检查-\d+\.xlsx$/)
  })

  test('the standard is explained, in English too', async () => {
    const { page, errors } = await house.open('/checks?tab=standard', { language: 'en' })
    await page.getByRole('cell', { name: 'W1.1' }).waitFor()
    if (PICTURES !== undefined) await picture(page, `${PICTURES}/check-standard.png`)
    expect(errors).toEqual([])
  })

  test('a plan is made and switched off', async () => {
    house.become(ADMINISTRATOR)
    const { page, errors } = await house.open('/checks?tab=plans')
    await page.getByRole('button', { name: '新建计划' }).click()
    await page.getByLabel('名称').fill('每月网站检查')
    await page.getByRole('button', { name: /保\s*存/ }).click()
    await page.getByRole('cell', { name: '每月网站检查', exact: true }).waitFor()
    await alone(page)
    await page.getByRole('switch').click()
    await page.getByRole('cell', { name: '已停用' }).waitFor()
    expect(await t.db.sql`select name, every, active from check_plan`).toEqual([{ name: '每月网站检查', every: 'month', active: false }])
    expect(errors).toEqual([])
  })
})
