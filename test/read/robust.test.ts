import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, readPage } from '../../src/read/index.ts'
import { mutate, seedPages } from './mutate.ts'
import { article, NOW, read } from './pages.ts'

const list = `<html><body><ul>${Array.from({ length: 8 }, (_, i) => `<li><a href="/a/${i}.html">一条通知公告的标题第${i}条</a><span>2024-06-1${i}</span></li>`).join('')}</ul></body></html>`

describe('whatever the bytes', () => {
  it('never throws on random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 4000 }), fc.constantFrom('article' as const, 'listing' as const, 'home' as const), (bytes, kind) => {
      const facts = readPage(bytes, { url: 'http://a.gov.cn/', now: NOW, kind })
      return Array.isArray(facts.witnesses) && facts.kind === kind
    }), { numRuns: 300 })
  })
  it('never throws on scraps of markup', () => {
    const scrap = fc.constantFrom('<', '>', '</', '<a href=', '<a href="', "'", '"', '<!--', '-->', '<script>', '</script>', '<li>', '</li>', '<td>', '<table>', '2024-06-01', '发布时间：', '&#', '&amp;', '&#x110000;', '<record>', '<![CDATA[', ']]>', '[{', '}]', '<meta name=PubDate content=', '更多', '\u0000', '\ue000', '<svg>', '<title>', '3天前', '二〇二四年')
    fc.assert(fc.property(fc.array(scrap, { maxLength: 200 }), (parts) => {
      read(parts.join(''))
      read(parts.join(' '), { kind: 'listing', url: '' })
    }), { numRuns: 500 })
  })
  it('reads 1,000 mutated pages without throwing, in work bounded by their length', () => {
    const pages = seedPages()
    for (let i = 0; i < 1000; i++) {
      const page = pages[i % pages.length]
      if (page === undefined) continue
      const facts = readPage(mutate(page, i), { url: 'http://a.gov.cn/x/', now: NOW, ...(i % 2 === 0 ? {} : { kind: 'listing' as const }) })
      expect(facts.date === null || facts.date <= '2024-06-21').toBe(true)
    }
  })
  it.each([
    ['unclosed quotes', '<a href="'.repeat(60_000)],
    ['unclosed comments', '<!--'.repeat(100_000)],
    ['unclosed scripts', '<script>'.repeat(60_000)],
    ['deep nesting', '<div>'.repeat(80_000)],
    ['nothing but digits', '2024-06-'.repeat(60_000)],
    ['nothing but dates', '2024-06-01 '.repeat(40_000)],
    ['nothing but links', '<a href="/x">标题文字在这里</a>'.repeat(15_000)],
    ['nothing but rows', '<li><a href="/x">标题文字在这里</a>2024-06-01</li>'.repeat(8000)],
    ['brackets of scripts', `<script>var a=${'[{'.repeat(80_000)}</script>`],
    ['references', '&amp'.repeat(100_000)],
    ['open records', '<record><![CDATA['.repeat(30_000)],
    ['white space in attributes', `<a ${' '.repeat(400_000)}>x</a>`],
    ['one long word', 'a'.repeat(500_000)],
    ['many metas', '<meta name="date" content="2024-06-01">'.repeat(10_000)],
    ['month names', 'May '.repeat(100_000)],
  ])('reads half a megabyte of %s', (_what, html) => {
    for (const kind of ['article', 'home'] as const) expect(read(html, { kind }).kind).toBe(kind)
  })
})

describe('what must not change the answer', () => {
  const base = article('发布时间：2024-05-01 来源：市政府办')
  const same = (html: string): void => expect(read(html, { kind: 'article' }).date).toBe('2024-05-01')
  it.each([
    ['a script', '<script>var d="2024-06-18"; document.title=d;</script>'],
    ['a comment', '<!-- 2024-06-18 发布时间：2024-06-18 -->'],
    ['a style', '<style>.a{content:"2024-06-18"}</style>'],
    ['a clock', '<div>今天是2024年6月20日 星期四</div>'],
    ['a hidden select', '<select><option>2024-06-18</option></select>'],
    ['a copyright line', '<div class="footer">Copyright 2024-06-18</div>'],
  ])('%s at the start or at the end of the body', (_what, extra) => {
    same(base.replace('<body>', `<body>${extra}`))
    same(base.replace('</body>', `${extra}</body>`))
  })
  it('the order, quotes and case of attributes', () => {
    const meta = (s: string): string => article('来源：本站', { metas: s })
    for (const s of ['<meta name="PubDate" content="2024-05-01">', "<META CONTENT='2024-05-01' NAME='PUBDATE'>", '<meta content=2024-05-01 name=pubdate />', '<meta\nname = "PubDate"\ncontent = "2024-05-01"\n>']) same(meta(s))
  })
  it('the case of tags in a list', () => {
    const upper = list.replace(/<(\/?)(\w+)/g, (_m, slash: string, name: string) => `<${slash}${name.toUpperCase()}`)
    expect(read(upper, { kind: 'listing' }).date).toBe(read(list, { kind: 'listing' }).date)
  })
  it('any script put between the rows of a list', () => {
    fc.assert(fc.property(fc.nat(7), fc.string({ maxLength: 60 }), (at, body) => {
      const script = `<script>/*${body.replaceAll('<', '').replaceAll('*/', '')} 2025-01-01*/</script>`
      const parts = list.split('<li>')
      parts[at + 1] = `${script}${parts[at + 1] ?? ''}`
      return read(parts.join('<li>'), { kind: 'listing' }).date === '2024-06-17'
    }), { numRuns: 60 })
  })
  it('reading another page in between: no state is carried over', () => {
    const first = JSON.stringify(read(base, { kind: 'article' }))
    read(list, { kind: 'listing' })
    expect(JSON.stringify(read(base, { kind: 'article' }))).toBe(first)
  })
})

describe('decode', () => {
  it('never throws and never loses ASCII', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), fc.string({ maxLength: 20 }), (bytes, label) => typeof decode(bytes, { contentType: `text/html; charset=${label}` }).text === 'string'), { numRuns: 300 })
  })
})
