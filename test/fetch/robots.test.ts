import { describe, expect, it } from 'vitest'
import { createFetcher, createRobots, judgeOwnNetwork, probeCanaries, ROBOT } from '../../src/fetch/index.ts'
import type { Fetcher, FetchResult } from '../../src/fetch/index.ts'
import { site } from './servers.ts'

function answering(result: Partial<Omit<FetchResult, 'bytes'>> & { body?: string }): Fetcher & { asked: string[] } {
  const asked: string[] = []
  return {
    asked, userAgent: ROBOT, close: () => Promise.resolve(),
    fetch: async ({ url }) => {
      asked.push(url)
      return {
        outcome: 'ok', status: 200, url, redirects: [], headers: {}, truncated: false, ms: 1, waitedMs: 0, remoteAddress: null, notModified: false, ...result,
        bytes: new TextEncoder().encode(result.body ?? ''),
      }
    },
  }
}
const page = 'https://www.example.gov.cn/zwgk/list.html?a=1'

describe('robots.txt', () => {
  it.each([
    ['for all', 'User-agent: *\nDisallow: /zwgk/', false],
    ['for us by name', 'User-agent: HuoshuiBot\nDisallow: /\n\nUser-agent: *\nAllow: /', false],
    ['for somebody else', 'User-agent: BadBot\nDisallow: /\n', true],
    ['with a longer allowance', 'User-agent: *\nDisallow: /zwgk/\nAllow: /zwgk/list', true],
    ['with a pattern', 'User-agent: *\nDisallow: /*.html?*', false],
    ['behind a BOM', '\ufeffUser-agent: *\r\nDisallow: /zwgk/', false],
    ['empty', '', true],
    ['with an empty Disallow', 'User-agent: *\nDisallow:', true],
    ['that is a page', '<!DOCTYPE html><title>首页</title>Disallow: /', true],
    ['that is prose', '本网站欢迎访问', true],
  ])('%s', async (_name, body, allowed) => {
    const answer = await createRobots({ fetcher: answering({ body }) }).check(page)
    expect(answer).toMatchObject({ allowed, outcome: allowed ? 'ok' : 'robots' })
  })

  it('tells the crawl delay, bounded, and the sitemaps', async () => {
    const robots = createRobots({ fetcher: answering({ body: 'User-agent: *\nCrawl-delay: 5\nDisallow: /x\nSitemap: https://www.example.gov.cn/sitemap.xml' }) })
    expect(await robots.check(page)).toEqual({ allowed: true, outcome: 'ok', crawlDelay: 5000, sitemaps: ['https://www.example.gov.cn/sitemap.xml'] })
    expect((await createRobots({ fetcher: answering({ body: 'User-agent: *\nCrawl-delay: 9999' }) }).check(page)).crawlDelay).toBe(30_000)
  })

  it.each([
    ['not_found', 404, true], ['forbidden', 403, true], ['challenge', 412, true], ['unreadable', 400, true], ['redirect_loop', 302, true],
    ['server_error', 500, false], ['rate_limited', 429, false], ['truncated', 200, false], ['timeout', 200, false],
    ['dns', null, false], ['refused', null, false], ['timeout', null, false], ['tls', null, false], ['network', null, false], ['address_denied', null, false], ['own_fault', null, false],
  ] as const)('with %s (%s): allowed %s, and a refusal keeps its own reason', async (outcome, status, allowed) => {
    const answer = await createRobots({ fetcher: answering({ outcome, status }) }).check(page)
    expect(answer).toMatchObject({ allowed, outcome: allowed ? 'ok' : outcome })
  })

  it('is read once a day for an origin, again after ten minutes when it could not be read', async () => {
    let at = 0
    const good = answering({ body: 'User-agent: *\nDisallow: /x' })
    const robots = createRobots({ fetcher: good, now: () => at })
    await Promise.all([robots.check(page), robots.check(page), robots.check('https://www.example.gov.cn/other')])
    await robots.check('http://www.example.gov.cn/')
    expect(good.asked).toEqual(['https://www.example.gov.cn/robots.txt', 'http://www.example.gov.cn/robots.txt'])
    at = 86_399_999
    await robots.check(page)
    expect(good.asked).toHaveLength(2)
    at = 86_400_000
    await robots.check(page)
    expect(good.asked).toHaveLength(3)
    const bad = answering({ outcome: 'server_error', status: 500 })
    const again = createRobots({ fetcher: bad, now: () => at })
    await again.check(page)
    at += 600_000
    await again.check(page)
    expect(bad.asked).toHaveLength(2)
  })

  it('beyond 500 kB is read as far as that', async () => {
    const s = await site((_req, res) => res.end(`User-agent: *\nDisallow: /zwgk/\n${'#'.repeat(2_000_000)}`))
    const fetcher = createFetcher({ allowNets: ['127.0.0.1'] })
    expect(await createRobots({ fetcher }).check(`${s.url}/zwgk/`)).toMatchObject({ allowed: false, outcome: 'robots' })
    await fetcher.close()
    await s.close()
  })
})

describe('our own network', () => {
  const silent = { url: 'http://c/', answered: false, outcome: 'timeout' } as const
  const alive = { url: 'http://d/', answered: true, outcome: 'ok' } as const
  it.each([
    ['nothing set and nothing seen', 0, 0, [], false],
    ['nothing set, all fail', 0, 40, [], false],
    ['one other channel answers', 1, 40, [], true],
    ['a canary answers', 0, 40, [silent, alive], true],
    ['canaries silent, nothing answers', 0, 40, [silent], false],
    ['canaries silent, a handful of 40 answers', 2, 38, [silent], false],
    ['canaries silent, half answers', 20, 20, [silent], true],
    ['canaries silent, nothing else tried', 0, 0, [silent], false],
  ])('%s', (_name, successes, failures, canaries, sees) => {
    expect(judgeOwnNetwork({ successes, failures, canaries })).toMatchObject({ sees })
  })

  it('is asked of the canaries, any answer counting', async () => {
    const s = await site((_req, res) => res.writeHead(503).end())
    const gone = await site((_req, res) => res.end())
    await gone.close()
    const fetcher = createFetcher({ allowNets: ['127.0.0.1'] })
    expect(await probeCanaries(fetcher, [s.url, gone.url])).toEqual([{ url: s.url, answered: true, outcome: 'server_error' }, { url: gone.url, answered: false, outcome: 'refused' }])
    await fetcher.close()
    await s.close()
  })
})
