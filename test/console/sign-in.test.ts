import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createUser, prepareSetup } from '../../src/accounts/index.ts'
import { GOOD_PASSWORD, realAuth } from '../helpers/accounts.ts'
import { repeatable } from '../helpers/again.ts'
import { openConsole } from '../helpers/console.ts'
import type { OpenConsole } from '../helpers/console.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

describe('the way in', () => {
  let t: TestDatabase
  let house: OpenConsole
  beforeAll(async () => {
    t = await testDatabase()
    house = await openConsole(t, { auth: await realAuth(t) })
  })
  repeatable(() => t, () => house.leave())
  afterAll(async () => { await house.close(); await t.close() })

  test('the first start leads to the first administrator', async () => {
    const code = await prepareSetup({ ctx: t.ctx })
    const { page, errors } = await house.open('/')
    await page.getByRole('heading', { name: '首次启动' }).waitFor()
    await page.getByLabel('初始化码').fill(code ?? '')
    await page.getByLabel('姓名').fill('王主任')
    await page.getByLabel('用户名').fill('王主任')
    await page.getByLabel('密码', { exact: true }).fill(GOOD_PASSWORD)
    await page.getByLabel('再输入一遍').fill(GOOD_PASSWORD)
    await page.getByRole('button', { name: '建立管理员并进入' }).click()
    await page.getByRole('button', { name: /王主任/ }).waitFor()
    expect(errors).toEqual([])
  })

  test('a wrong password is told in words, a first one changed, and signing out shuts the door', async () => {
    const { password } = await createUser({ ctx: t.ctx, input: { username: '李四', name: '李四', role: 'operations' } })
    const { page, errors } = await house.open('/')
    await page.getByLabel('用户名').fill('李四')
    await page.getByLabel('密码', { exact: true }).fill('not this')
    await page.getByLabel('密码', { exact: true }).press('Enter')
    await page.getByRole('alert').getByText('用户名或密码不正确').waitFor()
    await page.getByLabel('密码', { exact: true }).fill(password)
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('heading', { name: '设置新密码' }).waitFor()
    await page.getByLabel('当前密码').fill(password)
    await page.getByLabel('新密码').fill('short')
    await page.getByLabel('再输入一遍').fill('short')
    await page.getByText('密码至少 12 个字符').waitFor()
    await page.getByLabel('新密码').fill(GOOD_PASSWORD)
    await page.getByLabel('再输入一遍').fill(GOOD_PASSWORD)
    await page.getByRole('button', { name: '保存并进入' }).click()
    await page.getByRole('button', { name: /李四/ }).click()
    await page.getByText('退出登录').click()
    await page.getByRole('heading', { name: '登录' }).waitFor()
    // The browser itself reports the one refused request.
    expect(errors.filter((e) => !e.includes('401'))).toEqual([])
  })
})
