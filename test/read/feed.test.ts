import { describe, expect, it } from 'vitest'
import { readFeed } from '../../src/read/index.ts'

const now = new Date('2024-06-20T04:00:00Z')
const read = (text: string, url = 'http://www.example.gov.cn/rss.xml'): ReturnType<typeof readFeed> => readFeed(new TextEncoder().encode(text), { url, now })
const rss = (items: string, channel = ''): string => `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>示例</title>${channel}${items}</channel></rss>`

describe('readFeed', () => {
  it('takes the newest entry, not the date of the build', async () => {
    const f = await read(rss('<item><title>旧</title><link>/1</link><pubDate>Sat, 01 Jun 2024 08:00:00 +0800</pubDate></item><item><title>新</title><link>/2</link><pubDate>2024-06-12 10:00:00</pubDate></item>', '<lastBuildDate>Wed, 19 Jun 2024 08:00:00 GMT</lastBuildDate>'))
    expect(f.outcome).toBe('ok')
    expect(f.items.map((i) => [i.title, i.url, i.date])).toEqual([['新', 'http://www.example.gov.cn/2', '2024-06-12'], ['旧', 'http://www.example.gov.cn/1', '2024-06-01']])
    expect(f.items[0]?.witness).toMatchObject({ source: 'feed', raw: '2024-06-12 10:00:00' })
  })
  it('reads dc:date', async () => {
    expect((await read(rss('<item><title>甲</title><dc:date>2024-06-11T09:00:00+08:00</dc:date></item>'))).items[0]?.date).toBe('2024-06-11')
  })
  it('takes published before updated in Atom, and not the updated of the feed', async () => {
    const f = await read('<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><updated>2024-06-19T00:00:00Z</updated><entry><title>甲</title><link href="/a"/><published>2024-06-01T00:00:00Z</published><updated>2024-06-18T00:00:00Z</updated></entry></feed>')
    expect(f.items.map((i) => i.date)).toEqual(['2024-06-01'])
  })
  it('reads JSON Feed', async () => {
    const f = await read(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 't', items: [{ id: '1', title: '甲', url: 'http://a.cn/1', date_published: '2024-06-02T23:00:00Z' }] }))
    expect(f.items[0]).toMatchObject({ title: '甲', date: '2024-06-03' })
  })
  it('says parse_drift of entries without dates, and ok_empty of none', async () => {
    expect((await read(rss('<item><title>甲</title></item>', '<pubDate>Wed, 19 Jun 2024 08:00:00 GMT</pubDate>'))).outcome).toBe('parse_drift')
    expect((await read(rss(''))).outcome).toBe('ok_empty')
  })
  it('sees an HTML page for what it is', async () => expect((await read('<html><body>403</body></html>')).outcome).toBe('challenge'))
  it('refuses entities and broken XML without throwing', async () => {
    expect((await read(`<!DOCTYPE r [<!ENTITY a "${'x'.repeat(50)}"><!ENTITY b "&a;&a;&a;">]>${rss('<item><title>&b;</title></item>')}`)).outcome).toBe('unreadable')
    expect((await read('<rss><channel><item>')).outcome).toBe('unreadable')
    expect((await read('')).outcome).toBe('unreadable')
    expect((await read('{"items":')).outcome).toBe('unreadable')
  })
  it('does not believe the future', async () => {
    expect((await read(rss('<item><title>甲</title><pubDate>2031-06-12</pubDate></item>'))).items[0]).toMatchObject({ date: null, witness: { doubt: 'future' } })
  })
})
