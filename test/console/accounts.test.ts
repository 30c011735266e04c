import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Page } from 'playwright'
import { createUser } from '../../src/accounts/index.ts'
import { seedRegions } from '../../src/registry/index.ts'
import { realAuth } from '../helpers/accounts.ts'
import { repeatable } from '../helpers/again.ts'
import { agree, openConsole } from '../helpers/console.ts'
import type { OpenConsole } from '../helpers/console.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

describe('accounts, one’s own account and the audit trail', () => {
  let t: TestDatabase
  let house: OpenConsole
  let password: string
  let chief: { page: Page; errors: string[] }
  beforeAll(async () => {
    t = await testDatabase()
    await seedRegions(t.ctx)
    house = await openConsole(t, { auth: await realAuth(t) })
    password = (await createUser({ ctx: t.ctx, input: { username: '王主任', name: '王主任', role: 'administrator' }, lasting: true })).password
  })
  repeatable(() => t, () => house.leave())
  beforeEach(async () => {
    chief = await house.open('/settings/users')
    await chief.page.getByLabel('用户名').fill('王主任')
    await chief.page.getByLabel('密码', { exact: true }).fill(password)
    await chief.page.getByRole('button', { name: '登录' }).click()
    await chief.page.getByRole('heading', { name: '账号管理' }).waitFor()
  })
  afterAll(async () => { await house.close(); await t.close() })

  test('an administrator enters an account for a region, is shown its password once, and disables it', async () => {
    const { page } = chief
    await page.getByRole('button', { name: '新建账号' }).click()
    const form = page.locator('.ant-modal')
    await form.getByLabel('用户名').fill('钱七')
    await form.getByLabel('姓名').fill('钱七')
    await form.getByLabel('管辖地区').first().fill('南昌市')
    await page.locator('.ant-select-tree-title', { hasText: /^南昌市$/ }).click()
    await form.getByRole('button', { name: '建立' }).click()
    await page.getByText('“钱七”的初始密码').waitFor()
    expect(await page.getByLabel('初始密码', { exact: true }).textContent()).toMatch(/[a-z2-9]{4}-/)
    await agree(page, '我已转交')
    const row = page.getByRole('row', { name: /钱七/ })
    await row.getByText('南昌市').waitFor()
    await row.getByRole('button', { name: '钱七 的更多操作' }).click()
    await page.getByRole('menuitem', { name: '停用' }).click()
    await agree(page, '确定')
    await row.getByText('已停用').waitFor()
    await row.getByRole('link', { name: '记录' }).click()
    await page.getByRole('heading', { name: '审计' }).waitFor()
    await page.getByRole('cell', { name: '停用账号' }).waitFor()
    expect(await page.getByRole('cell', { name: /登录/ }).count()).toBe(0)
    await page.getByRole('button', { name: '清除条件' }).click()
    await page.getByRole('cell', { name: '登录', exact: true }).waitFor()
    expect(chief.errors).toEqual([])
  })

  test('a token is shown once and revoked', async () => {
    const { page } = chief
    await page.goto(`${house.url}/account?tab=tokens`)
    await page.getByRole('button', { name: '新建令牌' }).click()
    await page.getByLabel('用途').fill('周报')
    await page.getByRole('button', { name: '建立' }).click()
    await page.getByText('令牌只显示这一次').waitFor()
    expect(await page.getByLabel('令牌', { exact: true }).textContent()).toMatch(/^huoshui_/)
    await agree(page, '我已保存')
    const row = page.getByRole('row', { name: /周报/ })
    await row.getByRole('button', { name: '撤销' }).click()
    await agree(page, '确定')
    await row.getByText('已撤销').waitFor()
    expect(chief.errors).toEqual([])
  })

  test('sessions are listed with this one marked', async () => {
    const { page } = chief
    await page.goto(`${house.url}/account?tab=sessions`)
    await page.getByText('当前', { exact: true }).waitFor()
    expect(chief.errors).toEqual([])
  })
})
