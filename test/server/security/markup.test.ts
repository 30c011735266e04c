import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openConsole } from '../../helpers/console.ts'
import type { OpenConsole } from '../../helpers/console.ts'
import { testDatabase } from '../../helpers/postgres.ts'
import type { TestDatabase } from '../../helpers/postgres.ts'
import { ADMINISTRATOR } from '../../helpers/server.ts'
import { HOSTILE, strike } from './hostile.ts'
import { HERE, keepSecrets } from './secrets.ts'
import type { Secrets } from './secrets.ts'

/** The pages as the console itself lists them, and views of them behind a tab or a choice. */
const PATHS = [...readFileSync('src/console/pages.ts', 'utf8').matchAll(/path: (?:'([^']+)'|HOME)/g)].map((m) => m[1] ?? '/')
const VIEWS = (s: Secrets): string[] => [
  '/scheduling?tab=policies', '/scheduling?tab=credentials', '/scheduling?tab=bridges', '/scheduling?tab=signals', '/checks?tab=plans', `/review?candidate=${s.candidate}`, '/account?tab=sessions', '/account?tab=tokens',
]

describe('what sites, ledgers, units and people wrote', () => {
  let t: TestDatabase
  let house: OpenConsole
  let s: Secrets
  let struck: string[]
  beforeAll(async () => {
    t = await testDatabase()
    s = await keepSecrets(t)
    await t.db.sql`insert into site_column (channel_id, url, url_key, name, class, source, first_seen_at, last_seen_at, newest_title, newest_url) values (${s.channel}, 'https://a/', 'a', 'x', 'news', 'navigation', now(), now(), 'x', 'https://a/1')`
    await t.db.sql`insert into item (channel_id, key, title, url, date, first_seen_at, last_seen_at) values (${s.channel}, 'k', 'x', 'https://a/1', '2026-05-01', now(), now())`
    await t.db.sql`insert into visit (channel_id, slot, started_at, ended_at, outcome, detail) values (${s.channel}, now(), now(), now(), 'ok', 'x')`
    struck = await strike(t)
    house = await openConsole(t, { evidence: s.evidence, env: { HUOSHUI_KEY: Buffer.alloc(32, 7).toString('base64') } })
  })
  afterEach(() => house.leave())
  afterAll(async () => { await house.close(); await t.close() })

  const idOf = (path: string): string => {
    const known: Record<string, number> = { '/channels/:id': s.channel, '/ledger/edit/:id': s.channel, '/unit/:id': s.ordered, '/checks/runs/:id': s.run, '/checks/:id': s.check, '/campaigns/:id': 1, '/review/:id': s.candidate }
    if (path.includes(':') && known[path] === undefined) throw new Error(`${path}: say which one to look at`)
    return path.replace(/:\w+/, String(known[path] ?? ''))
  }

  test('strikes the fields that matter', () => {
    expect(struck).toEqual(expect.arrayContaining([
      'channel.name', 'channel.address', 'channel.note', 'channel.contact', 'organisation.name', 'site_column.name', 'site_column.newest_title', 'site_column.newest_url', 'item.title', 'item.url', 'visit.detail', 'candidate.clause', 'candidate.evidence', 'candidate_file.name',
      'candidate_step.reason', 'attestation.stated_by', 'filing.number', 'audit.reason', 'audit.detail', 'audit.actor', 'person.name', 'session.user_agent', 'api_token.name', 'saved_view.name', 'evidence_use.url',
    ]))
  })

  test.each([...PATHS, ...Array.from({ length: VIEWS({} as Secrets).length }, (_, i) => `view ${i}`)])('becomes no markup, no script and no address on %s', async (path) => {
    const address = path.startsWith('view ') ? VIEWS(s)[Number(path.slice(5))]! : idOf(path)
    house.become(path.startsWith('/unit') ? { kind: 'user', id: s.user, name: '联系人', role: 'unit_contact', region: HERE, organisation: s.organisation } : { ...ADMINISTRATOR, id: s.user })
    const { page, errors } = await house.open(address)
    await page.locator('#main').waitFor()
    await page.waitForLoadState('networkidle')
    for (const row of (await page.locator('.ant-table-row-expand-icon-collapsed').all()).slice(0, 5)) await row.click().catch(() => undefined)
    expect(await page.evaluate(() => (window as unknown as { __struck?: number }).__struck)).toBeUndefined()
    expect(await page.locator('img[src="x"], [onerror], [onload], #main script, a[href^="javascript:" i]').count()).toBe(0)
    expect(errors.filter((e) => /content security policy|Refused to|pageerror|TypeError|ReferenceError|Minified React/i.test(e))).toEqual([])
  })

  test('stays text in the preview of a ledger that is being loaded, its name too', async () => {
    house.become({ ...ADMINISTRATOR, id: s.user })
    const { page, errors } = await house.open('/ledger')
    const cell = `"${HOSTILE.replaceAll('"', '""')}"`
    await page.locator('input[type=file]').first().setInputFiles({ name: '<img src=x onerror=window.__struck=1>.csv', mimeType: 'text/csv', buffer: Buffer.from(`渠道类型,渠道名称,网址,主办单位,地区,备案状态\n网站,${cell},http://a.example.gov.cn/,${cell},${cell},${cell}\n`) })
    await page.getByText('<svg onload=').filter({ visible: true }).first().waitFor()
    expect(await page.evaluate(() => (window as unknown as { __struck?: number }).__struck)).toBeUndefined()
    expect(await page.locator('img[src="x"], [onerror], [onload], #main script, a[href^="javascript:" i]').count()).toBe(0)
    expect(errors.filter((e) => /content security policy|Refused to|TypeError/i.test(e))).toEqual([])
  })

  test('is shown as the text it is: the tests above did look at it', async () => {
    house.become({ ...ADMINISTRATOR, id: s.user })
    for (const address of ['/channels', '/audit', '/settings/users', '/account?tab=tokens', `/channels/${s.channel}`]) {
      const { page } = await house.open(address)
      await page.getByText('<img src=x onerror=').filter({ visible: true }).first().waitFor()
      await page.context().close()
    }
  })
})
