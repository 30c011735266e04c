import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createUser } from '../../src/accounts/index.ts'
import { reportCredential, setCredential } from '../../src/credentials/index.ts'
import type { Role } from '../../src/domain/actor.ts'
import { unzipBytes } from '../../src/export/zip.ts'
import { listCandidates } from '../../src/review/index.ts'
import { GOOD_PASSWORD, realAuth, TEST_KEY } from '../helpers/accounts.ts'
import { repeatable } from '../helpers/again.ts'
import { alone } from '../helpers/console.ts'
import { openProvinceConsole } from '../helpers/province-console.ts'
import type { ProvinceConsole } from '../helpers/province-console.ts'

/** Operations, rectification, reporting: real people sign in to the real server on the crawled sample province. */
describe('three days', () => {
  let house: ProvinceConsole
  beforeAll(async () => { house = await openProvinceConsole({ auth: (t) => realAuth(t) }) }, 300_000)
  repeatable(() => house.t, () => house.leave())
  afterAll(() => house.close())

  /** A new colleague's first day: signs in, changes the first password, and goes to the page. */
  const signIn = async (name: string, role: Role, path: string): Promise<{ page: Page; errors: string[] }> => {
    const { password } = await createUser({ ctx: house.t.ctx, input: { username: name, name, role } })
    const { page, errors } = await house.open('/')
    await page.getByLabel('用户名').fill(name)
    await page.getByLabel('密码', { exact: true }).fill(password)
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('heading', { name: '设置新密码' }).waitFor()
    await page.getByLabel('当前密码').fill(password)
    await page.getByLabel('新密码').fill(GOOD_PASSWORD)
    await page.getByLabel('再输入一遍').fill(GOOD_PASSWORD)
    await page.getByRole('button', { name: '保存并进入' }).click()
    await page.getByRole('button', { name: new RegExp(name) }).waitFor()
    await page.goto(`${house.url}${path}`)
    return { page, errors }
  }

  test('operations: the work goes on, and a credential that was refused is renewed', async () => {
    const { t } = house
    const [account] = await t.db.sql<{ id: number; row: number }[]>`select id::int from channel where kind = 'wechat_official' order by id limit 1`
    const keys = { data: house.folder, key: TEST_KEY }
    await setCredential({ ctx: t.ctx, keys, input: { id: 'wechat_official.api', values: { appid: 'wx1', secret: 'old' }, channel: account?.id ?? 0 } })
    const [row] = await t.db.sql<{ id: number }[]>`select id::int from credential`
    t.ctx.clock.advance(60_000)
    await reportCredential({ ctx: t.ctx, input: { row: row?.id ?? 0, outcome: 'credential_expired', at: t.ctx.clock.now() } })
    const { page, errors } = await signIn('赵运维', 'operations', '/scheduling')
    await page.getByText(/最近24小时每小时巡检数/).waitFor()
    await page.getByRole('tab', { name: '凭据' }).click()
    await page.getByText('已失效,请更换').waitFor()
    await page.getByRole('button', { name: /更\s*换/ }).click()
    await page.locator('.ant-modal input[type=password]').first().waitFor()
    for (const field of await page.locator('.ant-modal input[type=password]').all()) await field.fill('a-new-value')
    await page.getByRole('button', { name: /保\s*存/ }).click()
    await page.getByText('尚未使用').waitFor()
    await alone(page)
    expect(await t.db.sql`select stopped_since, put_by from credential`).toEqual([{ stopped_since: null, put_by: '赵运维' }])
    await page.goto(`${house.url}/channels?kinds=website`)
    await page.getByRole('link', { name: '抚州市人民政府网' }).first().click()
    await page.getByRole('button', { name: '立即巡检' }).waitFor()
    expect(errors).toEqual([])
  })

  test('rectification: twenty decisions by keyboard on real candidates, and a zombie’s return is confirmed', async () => {
    const { t } = house
    const open = (await listCandidates({ ctx: t.ctx })).length
    const { page, errors } = await signIn('钱研判', 'rectification', '/review')
    await page.locator('.dossier').waitFor()
    for (let i = 0; i < 20; i += 1) {
      const before = await page.locator('.dossier h2 a').textContent()
      await page.keyboard.press(['d', 'e'][i % 2] ?? 'd')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
      await page.waitForFunction((was) => { const now = document.querySelector('.dossier h2 a')?.textContent; return now !== undefined && now !== was }, before)
    }
    const [made] = await t.db.sql<{ n: number }[]>`select count(*)::int as n from candidate_step where actor->>'name' = '钱研判' and step in ('dismiss', 'exempt')`
    expect(made?.n).toBe(20)
    expect((await listCandidates({ ctx: t.ctx })).length).toBeLessThan(open)
    // What a visit of the closed channel writes when it finds that it publishes again.
    t.ctx.clock.advance(31 * 86_400_000)
    const now = t.ctx.clock.now()
    const [closed] = await t.db.sql<{ name: string }[]>`update channel set last_visit_at = ${now}, last_seen_at = ${now}, last_outcome = 'ok', newest_on = '2026-06-30' where state = 'closed' returning name`
    await page.goto(`${house.url}/orders?tab=watched`)
    await page.getByRole('tab', { name: '关停后跟踪' }).click()
    await page.getByText('又在发布,最近 2026-06-30').waitFor()
    await page.getByRole('row').filter({ hasText: closed?.name ?? '' }).getByRole('button', { name: '确认复活' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('关停后又发布信息,重新纳入整改')
    await page.getByRole('dialog').getByRole('button').last().click()
    await alone(page)
    await page.getByText('又在发布,最近 2026-06-30').waitFor({ state: 'hidden' })
    expect(await t.db.sql`select state from channel where name = ${closed?.name ?? ''} and state = 'active'`).toHaveLength(1)
    expect(errors).toEqual([])
  })

  test('reporting: the check’s workbook and the campaign’s bulletin say what the database says', async () => {
    const { t } = house
    const { page, errors } = await signIn('孙统计', 'read_only', `/checks/runs/${house.run}`)
    await page.getByRole('heading', { name: `检查批次 ${house.run}` }).waitFor()
    const [figures] = await t.db.sql<{ n: number; failed: number }[]>`select count(*)::int as n, count(*) filter (where verdict = 'failed')::int as failed from indicator_check where run_id = ${house.run}`
    await page.getByRole('link', { name: new RegExp(`不合格\\s*${figures?.failed}`) }).waitFor()
    await page.getByRole('button', { name: /导\s*出/ }).hover()
    const [book] = await Promise.all([page.waitForEvent('download'), page.getByText('工作簿(Excel/WPS)').click()])
    const parts = unzipBytes(await readFile(await book.path()))
    const text = [...parts].filter(([name]) => name.endsWith('.xml')).map(([, bytes]) => Buffer.from(bytes).toString('utf8')).join('')
    const names = await t.db.sql<{ name: string }[]>`select c.name from indicator_check k join channel c on c.id = k.channel_id where k.run_id = ${house.run}`
    expect(names.filter(({ name }) => !text.includes(name))).toEqual([])
    await page.goto(`${house.url}/campaign`)
    await page.getByText('周调度').click()
    await page.getByText('通报').first().click()
    const [{ n: baseline } = { n: 0 }] = await t.db.sql<{ n: number }[]>`select count(*)::int as n from campaign_member`
    const answer = await page.request.get(`${house.url}/api/campaigns/${encodeURIComponent('全省政务新媒体专项清理')}/bulletin/file?as=json`)
    expect(answer.status()).toBe(200)
    expect(JSON.stringify(await answer.json())).toContain(`"baseline":${baseline}`)
    expect(errors).toEqual([])
  })
})
