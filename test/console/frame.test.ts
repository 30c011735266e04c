import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { repeatable } from '../helpers/again.ts'
import { openConsole } from '../helpers/console.ts'
import type { OpenConsole } from '../helpers/console.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

describe('the frame of the console', () => {
  let t: TestDatabase
  let house: OpenConsole
  beforeAll(async () => {
    t = await testDatabase()
    await t.db.sql`insert into channel (kind, name, address, address_raw, identity_key) values ('weibo', ${'<img src=x onerror=alert(1)>南昌发布'}, 'https://weibo.com/u/1', 'x', 'k1')`
    house = await openConsole(t)
  })
  repeatable(() => t, () => house.leave())
  afterAll(async () => { await house.close(); await t.close() })

  test('speaks Chinese first, English at a switch, breaks no policy of its own and runs nothing a name says', async () => {
    const { page, errors } = await house.open('/channels')
    await page.getByText('南昌发布').waitFor()
    expect(await page.locator('img[src="x"]').count()).toBe(0)
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Channels' }).waitFor()
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en')
    await page.reload()
    await page.getByRole('heading', { name: 'Channels' }).waitFor()
    expect(errors).toEqual([])
  })
})
