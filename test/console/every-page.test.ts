import { mkdirSync, readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openProvinceConsole } from '../helpers/province-console.ts'
import type { ProvinceConsole } from '../helpers/province-console.ts'

/** Where the pictures go: `npm run screenshots` sets it. */
const PICTURES = process.env['HUOSHUI_SCREENSHOTS']

/** The pages as the console itself lists them, so that a new one cannot be forgotten. */
const PATHS = [...readFileSync('src/console/pages.ts', 'utf8').matchAll(/\{ path: (?:'([^']+)'|HOME)/g)].map((m) => m[1] ?? '/')
/** Other views of a page, by its tabs. */
const VIEWS = ['/scheduling?tab=policies', '/scheduling?tab=availability', '/scheduling?tab=credentials', '/scheduling?tab=bridges', '/scheduling?tab=signals', '/checks?tab=plans', '/checks?tab=standard']

/** What stands in a page by nature in one language only: names, addresses, codes and the register's own words. */
const CHINESE = /\p{Script=Han}/u

if (PICTURES !== undefined) mkdirSync(`${PICTURES}/wide`, { recursive: true })

describe('every page of the console, on the crawled sample province', () => {
  let house: ProvinceConsole
  /** Fills the parameters of an address with what is there. */
  const ids: Record<string, string> = {}
  /** Names of the register are in the language they are in. */
  const names = new Set<string>()
  beforeAll(async () => {
    house = await openProvinceConsole()
    const one = async (query: string): Promise<string> => String(((await house.t.db.sql.unsafe(query)) as unknown as { id: string }[])[0]?.id ?? '')
    ids['/channels/:id'] = await one("select c.id from channel c join candidate k on k.channel_id = c.id where c.kind = 'website' order by k.days_over desc nulls last, c.id limit 1")
    ids['/ledger/edit/:id'] = ids['/channels/:id'] ?? ''
    ids['/checks/runs/:id'] = String(house.run)
    ids['/checks/:id'] = await one(`select id from indicator_check where run_id = ${house.run} and verdict = 'failed' order by id limit 1`)
    ids['/campaign/members'] = await one('select name as id from campaign limit 1')
    ids['/unit/:id'] = await one('select id from candidate order by id limit 1')
    for (const { name } of await house.t.db.sql<{ name: string }[]>`select name from channel union select name from organisation union select name from region union select name from site_column union select name from campaign`) names.add(name.trim())
  }, 300_000)
  afterEach(() => house.leave())
  afterAll(() => house.close())

  const addressOf = (path: string): string => {
    if (path === '/campaign/members') return `${path}?name=${encodeURIComponent(ids[path] ?? '')}&figure=baseline`
    if (!path.includes(':')) return path
    const id = ids[path]
    if (id === undefined || id === '') throw new Error(`test/console/every-page.test.ts knows no ${path}: say which one to look at`)
    return path.replace(/:\w+/, id)
  }

  test.each([...PATHS, ...VIEWS].flatMap((path) => (['zh', 'en'] as const).map((language) => [path, language] as const)))('%s in %s is accessible, of one language and without errors', async (path, language) => {
    const { page, errors } = await house.open(addressOf(path), { language, height: 900 })
    await page.locator('#main h1').first().waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.locator('.ant-alert-error').filter({ hasText: /重试|Try again/ }).count(), 'a page that could not load').toBe(0)
    const axe = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
    const grave = axe.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} ${n.html.slice(0, 160)} ${n.any[0]?.message ?? ''}`).join(' | ')}`)
    expect(grave).toEqual([])
    // Headings, labels, menus and buttons are ours: in English none is Chinese, in Chinese none is English alone.
    const plain = (s: string): string => [...names].filter((n) => n.length > 1 && s.includes(n)).sort((a, b) => b.length - a.length).reduce((text, n) => text.replaceAll(n, ''), s)
    const own = await page.locator('nav, h1, th, .ant-tabs-tab, .ant-statistic-title, .ant-form-item-label, button:not(.data)').allInnerTexts()
    if (language === 'en') expect(own.filter((s) => !/中文|系统管理员/.test(s) && CHINESE.test(plain(s)))).toEqual([])
    else expect(own.filter((s) => /[a-z]{3,}/i.test(s) && !CHINESE.test(s) && !/^English$|^(xlsx|csv|json|docx|RSS|URL|IPv6|HTTPS|SHA-256|API|TOTP)\b/i.test(s.trim()))).toEqual([])
    expect(errors).toEqual([])
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name(path)}-${language}.png` })
  })

  test.runIf(PICTURES !== undefined)('pictures at the wider screen', async () => {
    for (const path of PATHS) {
      const { page } = await house.open(addressOf(path), { width: 1920, height: 1080 })
      await page.locator('#main h1').first().waitFor()
      await page.waitForLoadState('networkidle')
      await page.screenshot({ path: `${PICTURES}/wide/${name(path)}.png` })
      await page.context().close()
    }
  })
})

const name = (path: string): string => (path === '/' ? 'overview' : path.slice(1).replace(/[/?]/g, '-').replace(/:id/g, 'one').replace(/tab=/, ''))
