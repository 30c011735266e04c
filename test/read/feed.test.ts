import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { feedTime } from '../../src/read/data/feed-time.ts'
import { readFeed, type FeedFacts } from '../../src/read/index.ts'
import { encodeGb18030 } from '../province/gb18030.ts'

const now = new Date('2024-06-20T04:00:00Z')
const CN = 'http://www.example.gov.cn/rss.xml'
const tried = (text: string | Uint8Array, url = CN): ReturnType<typeof readFeed> => readFeed(typeof text === 'string' ? new TextEncoder().encode(text) : text, { url, now })
const read = async (text: string | Uint8Array, url = CN): Promise<FeedFacts> => {
  const facts = await tried(text, url)
  if (facts.form === null) throw new Error(facts.why)
  return facts
}
const rss = (items: string, channel = ''): string => `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>示例</title>${channel}${items}</channel></rss>`
const atom = (entries: string, feed = ''): string => `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>${feed}${entries}</feed>`
const dates = (f: FeedFacts): readonly (string | null)[] => f.posts.map((p) => p.date)
const GOOD = '<item><title>好</title><pubDate>2024-06-12 10:00:00</pubDate></item>'

describe('the forms of a feed', () => {
  it('reads RSS in its own order, with ids, absolute addresses and witnesses, and not by the date of the build', async () => {
    const f = await read(rss('<item><title>旧</title><link>/1</link><guid isPermaLink="false">g1</guid><pubDate>Sat, 01 Jun 2024 08:00:00 +0800</pubDate></item><item><title>新</title><link>/2</link><pubDate>2024-06-12 10:00:00</pubDate></item>', '<lastBuildDate>Wed, 19 Jun 2024 08:00:00 GMT</lastBuildDate>'))
    expect(f).toMatchObject({ form: 'rss', title: '示例', built: { instant: new Date('2024-06-19T08:00:00Z') } })
    expect(f.posts).toEqual([
      { id: 'g1', title: '旧', url: 'http://www.example.gov.cn/1', date: '2024-06-01', instant: new Date('2024-06-01T00:00:00Z'), precision: 'second', pinned: false, witness: { source: 'feed', day: '2024-06-01', raw: 'Sat, 01 Jun 2024 08:00:00 +0800', where: 'pubDate' } },
      { id: 'http://www.example.gov.cn/2', title: '新', url: 'http://www.example.gov.cn/2', date: '2024-06-12', instant: new Date('2024-06-12T02:00:00Z'), precision: 'second', pinned: false, witness: { source: 'feed', day: '2024-06-12', raw: '2024-06-12 10:00:00', where: 'pubDate' } },
    ])
  })
  it('reads dc:date in RSS and RDF, and takes a version of RSS for what it is worth', async () => {
    expect((await read(rss('<item><title>甲</title><dc:date>2024-06-11T09:00:00+08:00</dc:date></item>'))).posts[0]).toMatchObject({ date: '2024-06-11', witness: { where: 'dc:date' } })
    const rdf = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://a.cn/"><title>目录</title><dc:date>2024-06-19</dc:date></channel><item rdf:about="http://a.cn/1"><title>甲</title><link>http://a.cn/1</link><dc:date>2024-06-02T23:00:00Z</dc:date></item></rdf:RDF>'
    expect(await read(rdf)).toMatchObject({ form: 'rdf', title: '目录', posts: [{ url: 'http://a.cn/1', date: '2024-06-03' }], built: { day: '2024-06-19' } })
    for (const root of ['<rss>', '<rss version="0.92">', '<RSS VERSION="2.0">']) expect(await read(`${root}<channel>${GOOD}</channel></${root.slice(1, 4)}>`)).toMatchObject({ form: 'rss', posts: [{ date: '2024-06-12' }] })
  })
  it('takes published before updated in Atom, the page before other links, and not the updated of the feed', async () => {
    const f = await read(atom('<entry><id>urn:1</id><title type="html">甲</title><link rel="self" href="/self"/><link href="/a"/><updated>2024-06-18T00:00:00Z</updated><published>2024-06-01T00:00:00Z</published></entry><entry><title>乙</title><updated>2024-05-01T00:00:00Z</updated></entry>', '<updated>2024-06-19T00:00:00Z</updated>'))
    expect(f).toMatchObject({ form: 'atom', built: { day: '2024-06-19' }, posts: [{ id: 'urn:1', title: '甲', url: 'http://www.example.gov.cn/a', date: '2024-06-01' }, { id: '乙', date: '2024-05-01', witness: { where: 'updated' } }] })
  })
  it('reads JSON Feed, with or without its version', async () => {
    const item = { id: '1', title: '甲', url: 'http://a.cn/1', date_published: '2024-06-02T23:00:00Z', date_modified: '2024-06-19T00:00:00Z' }
    expect(await read(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 't', items: [item] }))).toMatchObject({ form: 'json', title: 't', built: null, posts: [{ id: '1', title: '甲', date: '2024-06-03', witness: { where: 'date_published' } }] })
    expect(dates(await read(`\ufeff${JSON.stringify({ feed_url: 'x', items: [{ id: 7, content_text: '乙', date_modified: '2024-06-01' }, null, 'x', 4, {}] })}`))).toEqual(['2024-06-01'])
  })
  it.each([['gb2312', 'text/xml'], ['GBK', 'text/xml; charset=utf-8'], ['gb18030', null]])('reads bytes in %s, declared as %s', async (encoding, contentType) => {
    const facts = await readFeed(encodeGb18030(rss(GOOD).replace('UTF-8', encoding)), { url: CN, now, contentType })
    expect(facts).toMatchObject({ form: 'rss', title: '示例', posts: [{ title: '好' }] })
  })
})

describe('dates that are missing or cannot be', () => {
  it('leaves entries undated, and takes none of the channel’s dates for them', async () => {
    const f = await read(rss('<item><title>甲</title><pubDate/></item><item><title>乙</title><pubDate>待定</pubDate></item>', '<pubDate>Wed, 19 Jun 2024 08:00:00 GMT</pubDate>'))
    expect(f.posts).toMatchObject([{ date: null, instant: null, precision: 'none', witness: null }, { date: null, witness: { day: null, raw: '待定' } }])
    expect((await read(rss(''))).posts).toEqual([])
  })
  it('does not believe the future', async () => {
    expect((await read(rss('<item><title>甲</title><pubDate>2031-06-12</pubDate></item>'))).posts[0]).toMatchObject({ date: null, instant: null, witness: { day: null, doubt: 'future' } })
  })
})

describe('one broken entry never fails the list', () => {
  it.each([
    ['a date that is none', '<item><title>坏</title><pubDate>Invalid Date</pubDate></item>'],
    ['a title of elements', '<item><title><b>坏</b><i/></title></item>'],
    ['words instead of fields', '<item>坏</item>'],
    ['a bare ampersand and a named entity', '<item><title>坏&nbsp;</title><link>http://a.cn/?a=1&b=2</link></item>'],
    ['a bare angle', '<item><title>坏 < 好 << 更好</title></item>'],
    ['an unclosed element', '<item><title>坏<br></title></item>'],
    ['a character that is none', '<item><title>坏&#x110000;&#0;\u0001</title></item>'],
    ['a page quoted whole', '<item><title>坏</title><description><![CDATA[<!DOCTYPE html><html>&nbsp;<p>x</html>]]></description></item>'],
    ['names of objects', '<item><__proto__>x</__proto__><constructor>y</constructor><title>坏</title></item>'],
    ['nothing', '<item/><item> </item>'],
  ])('%s', async (_what, broken) => {
    const f = await read(rss(broken + GOOD + broken))
    expect(f.posts.filter((p) => p.date !== null)).toMatchObject([{ title: '好', date: '2024-06-12' }])
  })
  it('nor in Atom', async () => {
    const f = await read(atom('<entry><title type="xhtml"><div>坏</div></title><link>x</link><published>not a date</published><updated/></entry><entry><link/><author/></entry><entry/><entry>坏</entry><entry><title>好</title><published>2024-06-12T00:00:00Z</published></entry>'))
    expect(f.posts).toMatchObject([{ title: '坏', date: null }, { title: '好', date: '2024-06-12' }])
  })
  it('keeps an address with a bare ampersand whole', async () => {
    expect((await read(rss('<item><link>http://a.cn/x?a=1&b=2&amp;c=3</link></item>'))).posts[0]?.url).toBe('http://a.cn/x?a=1&b=2&c=3')
  })
})

describe('what is refused', () => {
  it.each([
    ['nothing', ''], ['a page', '<html><body>403</body></html>'], ['a page that names a feed', '<html><body><feed >x</feed></body></html>'], ['JSON cut off', '{"items":'], ['other JSON', '{"items":[]}'],
    ['declared entities', `<!DOCTYPE r [<!ENTITY a "${'x'.repeat(50)}"><!ENTITY b "&a;&a;&a;">]>${rss('<item><title>&b;</title></item>')}`],
    ['a feed cut off', '<rss><channel><item>'], ['a feed cut off behind an entry', rss(GOOD).slice(0, -20)], ['a root without a channel', '<rss version="2.0"></rss>'],
    ['too much', `${rss(GOOD)}${'<!-- -->'.repeat(700_000)}`], ['nesting without end', rss(`<item>${'<a>'.repeat(100_000)}</item>`)],
  ])('%s', async (_what, text) => {
    expect(await tried(text)).toMatchObject({ form: null, why: expect.stringMatching(/./) })
  })
  it('bounds its work by the length', async () => {
    // Each of these takes hours where the work grows with the square.
    const hostile = ['<![CDATA['.repeat(400_000), '<a></b>'.repeat(500_000), `<description>${'&lt;'.repeat(900_000)}</description>`, '<'.repeat(4_000_000), '&a'.repeat(1_500_000)]
    for (const text of hostile) await tried(rss(`${GOOD}<item>${text}</item>`))
  })
  it('never rejects, whatever the scraps', async () => {
    const scrap = fc.constantFrom('<rss>', '</rss>', '<channel>', '</channel>', '<item>', '</item>', '<entry>', '<feed>', '</feed>', '<link', ' href="', '">', '<title>', '</title>', '<pubDate>', '2024-06-01', '<![CDATA[', ']]>', '<!--', '-->', '&', '<', '\u0000', '<?xml', '{"items":[')
    await fc.assert(fc.asyncProperty(fc.array(scrap, { maxLength: 60 }), async (parts) => {
      const facts = await tried(`<rss>${parts.join('')}</rss>`)
      return facts.form === null || facts.posts.every((p) => p.date === null || p.date === '2024-06-01')
    }), { numRuns: 400 })
  })
})

it('keeps the newest 500 of a longer feed, wherever they stand', async () => {
  const old = Array.from({ length: 600 }, (_, i) => `<item><title>${i}</title><pubDate>2020-01-01 00:00:00</pubDate></item>`).join('')
  const f = await read(rss(old + GOOD))
  expect(f.posts).toHaveLength(500)
  expect(f.posts.at(-1)?.date).toBe('2024-06-12')
})

describe('feedTime', () => {
  it.each([
    // The day in China of an instant, and China's own time where no zone is written.
    ['Sat, 01 Jun 2024 18:00:00 GMT', '2024-06-01T18:00:00Z', '2024-06-02', 'second'],
    ['Sat, 01 Jun 2024 08:00:00 +0800', '2024-06-01T00:00:00Z', '2024-06-01', 'second'],
    ['01 Jun 2024 20:00 EST', '2024-06-02T01:00:00Z', '2024-06-02', 'minute'],
    ['Sat, 01 Jun 24 08:00:00 GMT', '2024-06-01T08:00:00Z', '2024-06-01', 'second'],
    ['Sat Jun 01 12:00:00 +0800 2024', '2024-06-01T04:00:00Z', '2024-06-01', 'second'],
    ['2024-06-01T23:30:00.123Z', '2024-06-01T23:30:00Z', '2024-06-02', 'second'],
    ['2024-06-01T01:30:00+09:00', '2024-05-31T16:30:00Z', '2024-06-01', 'second'],
    ['2024-05-31T20:30:00GMT-03:00', '2024-05-31T23:30:00Z', '2024-06-01', 'second'],
    ['2024-05-01 10:00:00', '2024-05-01T02:00:00Z', '2024-05-01', 'second'],
    ['2024-06-01 23:50:00', '2024-06-01T15:50:00Z', '2024-06-01', 'second'],
    ['2024年6月1日 下午3:04', '2024-06-01T07:04:00Z', '2024-06-01', 'minute'],
    ['Jun 1, 2024 12:04 AM', '2024-05-31T16:04:00Z', '2024-06-01', 'minute'],
    ['2024-06-01', '2024-05-31T16:00:00Z', '2024-06-01', 'day'],
    ['01 Jun 2024', '2024-05-31T16:00:00Z', '2024-06-01', 'day'],
    ['1717171200', '2024-05-31T16:00:00Z', '2024-06-01', 'second'],
    ['1717171200000', '2024-05-31T16:00:00Z', '2024-06-01', 'second'],
    ['6/13/2024', '2024-06-12T16:00:00Z', '2024-06-13', 'day'],
  ])('%s', (raw, instant, day, precision) => {
    expect(feedTime(raw, { url: 'http://a.com/', now })).toEqual({ instant: new Date(instant), day, precision })
  })
  it.each(['', 'Invalid Date', '2024-02-30T00:00:00Z', 'Fri, 31 Feb 2024 00:00:00 GMT', '6/1/2024 3:04:05 PM', 'Thu, 01 Jan 1970 00:00:00 GMT', '0', '2024-06', '2024-06-01 27:00:00'])('no time in %j', (raw) => {
    expect(feedTime(raw, { url: CN, now })).toBeNull()
  })
  it('takes CST on a .cn host for China Standard Time', () => {
    expect(feedTime('Sat, 01 Jun 2024 20:00:00 CST', { url: CN, now })?.instant).toEqual(new Date('2024-06-01T12:00:00Z'))
    expect(feedTime('Sat, 01 Jun 2024 20:00:00 CST', { url: 'http://www.a.com/rss', now })?.instant).toEqual(new Date('2024-06-02T02:00:00Z'))
  })
})
