import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/domain/date.ts'
import type { Day } from '../../src/domain/date.ts'
import { columnPath } from './cms/family.ts'
import { respond } from './cms/site.ts'
import { respondFeed } from './feeds.ts'
import { makeProvince, noon, refresh } from './index.ts'
import type { Asked, Reply } from './reply.ts'
import type { Trap } from './traps.ts'
import type { Column, Site } from './types.ts'

const TODAY = '2026-11-23'
const NOW = noon(TODAY)
const province = makeProvince({ today: TODAY })
const sites = (trap: Trap): Site[] => province.channels.flatMap((c) => (c.site !== null && c.traps.includes(trap) ? [c.site] : []))
const ask = (path: string, rest: Partial<Asked> = {}): Asked => {
  const url = new URL(path, 'http://host')
  return { method: 'GET', path: url.pathname, query: url.searchParams, headers: {}, body: '', ...rest }
}
const utf8 = (r: Reply): string => r.body.toString('utf8')
const news = (site: Site): Column => site.columns.find((c) => c.key === 'ywdt')!
const newest = (site: Site): Day => province.channels.find((c) => c.site === site)!.truth.columns.find((c) => c.name === '要闻动态')!.newest!
const list = (site: Site, now = NOW): string => utf8(respond(site, ask(columnPath(site, news(site))), now))

describe('pages in the form of their trap', () => {
  it('writes dates as the trap says', () => {
    const [y, m, d] = newest(sites('split_date')[1]!).split('-') as [string, string, string]
    expect(list(sites('split_date')[1]!)).toContain(`<b class="day">${d}</b><i class="year-month">${y}-${m}</i>`)
    for (const site of sites('mmdd')) expect(list(site)).toContain(`<span class="date">${newest(site).slice(5)}</span>`)
    for (const site of sites('bracket_mmdd')) expect(list(site)).toContain(`[${newest(site).slice(5)}]`)
    for (const site of sites('chinese_date').filter((s) => !s.traps.includes('wrong_charset_header'))) {
      const [cy, cm, cd] = newest(site).split('-').map(Number)
      expect(list(site)).toContain(`${cy}年${cm}月${cd}日`)
    }
    expect(list(sites('relative_date')[1]!)).toContain('29天前')
    expect(list(sites('undated_list')[1]!)).not.toMatch(/class="date"/)
  })

  it('declares GB18030 in the page only, or wrongly in the header', () => {
    for (const [trap, header] of [['gb18030_in_page', 'text/html'], ['wrong_charset_header', 'text/html; charset=utf-8']] as const) {
      for (const site of sites(trap)) {
        const reply = respond(site, ask('/'), NOW)
        expect(reply.headers['content-type']).toBe(header)
        const decoded = new TextDecoder('gb18030', { fatal: true }).decode(reply.body)
        expect(decoded).toContain(site.name)
        expect(decoded).toMatch(/charset="?gb/)
        expect(utf8(reply)).not.toContain(site.name)
      }
    }
  })

  it('keeps pinned and future rows on top without letting them be the newest', () => {
    for (const trap of ['pinned_old', 'pinned_unmarked', 'future_date'] as const) {
      for (const site of sites(trap)) {
        const first = /<a href="[^"]+" title="([^"]+)"/.exec(list(site).split('class="right"')[1]!)![1]!
        expect(first).toMatch(trap === 'future_date' ? /预备通知/ : /使用指南/)
        expect(newest(site) <= TODAY).toBe(true)
      }
    }
    expect(list(sites('pinned_old')[0]!)).toContain('置顶')
    expect(list(sites('pinned_unmarked')[0]!)).not.toContain('置顶')
  })

  it('lets clocks, copyright, generation metas and Last-Modified follow the day on sites that stand still', () => {
    const later = noon(addDays(TODAY, 3))
    const page = (trap: Trap, now: Date): Reply => respond(sites(trap)[0]!, ask('/'), now)
    expect(utf8(page('today_clock', later))).toContain('今天是2026年11月26日 星期四')
    expect(utf8(page('copyright_year', later))).toContain('2009-2026')
    expect(utf8(page('generated_meta', later))).toMatch(/HtmlGenerateTime[^>]*2026-11-26 12:00:00|2026-11-26 12:00:00[^>]*HtmlGenerateTime/)
    expect(page('republish_last_modified', later).headers['last-modified']).toBe('Wed, 25 Nov 2026 19:00:00 GMT')
    expect(page('stale', later).headers['last-modified']).toBe(page('stale', NOW).headers['last-modified'])
  })

  it('keeps rows out of the HTML where scripts fetch them, and gives them at the address the script asks', () => {
    for (const site of [...sites('json_list'), ...sites('jpage_proxy'), ...sites('buildstatic'), sites('js_list')[1]!]) {
      expect(list(site), site.family).not.toContain(newest(site))
      const c = news(site)
      const address = { gkmlpt: `/ywdt/gkmlpt/api/all/0?page=1&sid=755041`, datafile: '/ywdt/YWDT.json', ucap: `/searchList/${c.number}?_isJson=true`, jpage: `/module/web/jpage/dataproxy.jsp?columnid=${c.number}`, buildstatic: `/api-gateway/jpaas-publish-server/front/page/build/unit?pageId=${c.number}`, hash: `/open/v2/${c.number}?rows=20`, trs: '', nfcms: '', vsb: '' }[site.family]
      const answer = utf8(respond(site, ask(address), NOW))
      const epoch = String(Date.parse(`${newest(site)}T00:00:00+08:00`) / 1000).slice(0, 5)
      expect(answer.includes(newest(site)) || answer.includes(epoch), site.family).toBe(true)
    }
    const posted = respond(sites('jpage_proxy')[0]!, ask('/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=5', { method: 'POST', body: `columnid=${news(sites('jpage_proxy')[0]!).number}` }), NOW)
    expect(utf8(posted).match(/<record>/g)).toHaveLength(5)
    for (const site of sites('jpage_cdata')) expect(list(site)).toMatch(new RegExp(`<!\\[CDATA\\[<li>.*${newest(site)}`))
  })

  it('leaves every entry for consultation out where there is none', () => {
    for (const site of sites('no_consultation')) expect(utf8(respond(site, ask('/'), NOW))).not.toMatch(/咨询|互动|信箱|留言/)
    expect(utf8(respond(sites('healthy')[0]!, ask('/'), NOW))).toContain('我要咨询')
    expect(province.channels.filter((c) => c.truth.consultation === false).length).toBe(2)
  })

  it('opens by detours', () => {
    expect(utf8(respond(sites('frameset')[0]!, ask('/'), NOW))).toContain('<frame src="/main.html"')
    expect(utf8(respond(sites('frameset')[0]!, ask('/main.html'), NOW))).toContain(newest(sites('frameset')[0]!))
    expect(utf8(respond(sites('meta_refresh')[0]!, ask('/'), NOW))).toMatch(/http-equiv="Refresh"/)
    const gate = sites('cookie_302')[0]!
    const first = respond(gate, ask('/'), NOW)
    expect([first.status, first.headers['location']]).toEqual([302, '/'])
    expect(respond(gate, ask('/', { headers: { cookie: first.headers['set-cookie'] } }), NOW).status).toBe(200)
  })

  it('shuts its walls with the statuses they are known by', () => {
    const status = (trap: Trap): number => respond(sites(trap)[0]!, ask('/'), NOW).status
    expect((['challenge_403', 'challenge_412', 'challenge_521', 'waf_200', 'server_error', 'rate_limited'] as const).map(status)).toEqual([403, 412, 521, 200, 503, 429])
    expect(sites('home_404').map((s) => respond(s, ask('/'), NOW).status).sort()).toEqual([404, 410])
    expect(sites('truncated').every((s) => (respond(s, ask('/'), NOW).missing ?? 0) > 0)).toBe(true)
    expect(respond(sites('gzip_bomb')[0]!, ask('/'), NOW).body.length).toBeLessThan(1_000_000)
    for (const site of sites('robots_closed')) expect(utf8(respond(site, ask('/robots.txt'), NOW))).toContain('Disallow: /\n')
    expect(province.channels.some((c) => c.site?.robots === 'missing')).toBe(true)
  })
})

describe('a site as days pass', () => {
  it('shows the newest of its truth on every day, in every column that is plain', () => {
    const plain = province.channels.filter((c) => c.site !== null && c.truth.outcome === 'ok' && ['trs', 'nfcms', 'hash', 'vsb'].includes(c.site.family)
      && ['iso', 'iso_time', 'bracket_iso', 'paren_iso'].includes(c.site.dateStyle) && !c.traps.some((t) => ['js_list', 'cookie_302', 'gb18030_in_page', 'wrong_charset_header'].includes(t)))
    expect(plain.length).toBeGreaterThan(20)
    for (const days of [0, 2, 40]) {
      const now = noon(addDays(TODAY, days))
      refresh(province, now)
      for (const c of plain) {
        for (const [i, column] of c.truth.columns.entries()) {
          if (column.form !== 'list') continue
          const html = utf8(respond(c.site!, ask(columnPath(c.site!, c.site!.columns[i]!)), now))
          const dates = [...html.matchAll(/class="date">[[(]?(\d{4}-\d{2}-\d{2})/g)].map((m) => m[1]!).filter((d) => d <= addDays(TODAY, days))
          expect(dates.sort().at(-1), `${c.id} ${column.name}`).toBe(column.newest)
        }
      }
    }
    refresh(province, NOW)
  })

  it('answers the same for the same moment, whatever was asked before', () => {
    const site = sites('healthy')[0]!
    const before = list(site)
    list(site, noon(addDays(TODAY, 9)))
    expect(list(site)).toBe(before)
    expect(list(site, noon(addDays(TODAY, 9)))).not.toBe(before)
  })

  it('answers 304 to a page that has not changed, and not to one that has', () => {
    const site = sites('stale')[0]!
    const first = respond(site, ask('/'), NOW)
    const headers = { 'if-none-match': first.headers['etag'], 'if-modified-since': first.headers['last-modified'] }
    expect(respond(site, ask('/', { headers }), noon(addDays(TODAY, 1))).status).toBe(304)
    const live = sites('healthy')[0]!
    const seen = respond(live, ask('/'), NOW)
    expect(respond(live, ask('/', { headers: { 'if-none-match': seen.headers['etag'] } }), noon(addDays(TODAY, 5))).status).toBe(200)
  })

  it('links every row of a list to an article that bears its date, and every page of the list to the next', () => {
    for (const trap of ['healthy', 'gb18030_in_page', 'jpage_cdata', 'undated_list'] as const) {
      const site = sites(trap)[0]!
      const html = new TextDecoder(trap === 'gb18030_in_page' ? 'gb18030' : 'utf-8').decode(respond(site, ask(columnPath(site, news(site))), NOW).body)
      const href = /href="([^"]+)" title=/.exec(html.split('class="right"')[1]!)![1]!
      const article = new TextDecoder(trap === 'gb18030_in_page' ? 'gb18030' : 'utf-8').decode(respond(site, ask(href), NOW).body)
      expect(article).toContain(`发布时间：${newest(site)}`)
      expect(article).toMatch(/PubDate/)
      const next = /href="([^"]+)">下一页/.exec(html)?.[1]
      if (next !== undefined) expect(respond(site, ask(next), NOW).status).toBe(200)
    }
  })

  it('puts the back-dated batch up on one day', () => {
    const site = sites('backdated_batch')[0]!
    expect(list(site)).not.toContain('补充报道')
    expect(list(site, noon(addDays(TODAY, 1))).match(/title="工作动态补充报道/g)).toHaveLength(12)
  })
})

describe('feeds', () => {
  it('bear their dates, or none, or the moment they were built', () => {
    const later = noon(addDays(TODAY, 2))
    for (const c of province.channels) {
      if (c.feed === null) continue
      const body = utf8(respondFeed(c.feed, '/feed', later))
      if (c.feed.mode === 'undated') expect(body).not.toMatch(/pubDate|published/)
      if (c.feed.mode === 'build_date') expect(body).toMatch(/Wed, 25 Nov 2026|2026-11-25T04:00/)
      if (c.feed.mode === 'ok' && c.feed.format !== 'rss') expect(body).toContain(c.truth.newest)
    }
  })
})
