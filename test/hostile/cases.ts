import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { verifyBackup } from '../../src/backup/index.ts'
import { CHANNELS } from '../../src/channels/index.ts'
import { runChain } from '../../src/channels/chain.ts'
import { HuoshuiError } from '../../src/domain/error.ts'
import { isGone } from '../../src/domain/outcome.ts'
import { KIND_IDS } from '../../src/domain/kinds.ts'
import { decodeBody } from '../../src/fetch/decode.ts'
import { rulesOf } from '../../src/fetch/robots.ts'
import { readFeed, readPage } from '../../src/read/index.ts'
import { openSheets } from '../../src/registry/sheet/open.ts'
import { LIMITS } from '../../src/registry/sheet/types.ts'
import { readRecipe } from '../../src/visit/recipe/load.ts'
import { identityOf } from '../channels/conformance/kit.ts'
import { mutate, seedPages } from '../read/mutate.ts'
import { ours, standards } from './differential.ts'
import { brokenPage, writtenPage } from './markup.ts'
import { pictureCase } from './pictures.ts'
import type { Rand } from './random.ts'
import { redirectCase, wireCase } from './wire.ts'
import { zip } from './zip.ts'

export const NOW = new Date('2024-06-20T04:00:00Z')
/** The judging day in China, and the most that a witness may run ahead of it. */
const LATEST = '2024-06-21'

/** One kind of hostile input: makes a case of the seed, feeds it in, and says what is wrong with what came out; null when nothing is. */
export type Family = { readonly id: string; readonly weight: number; readonly run: (r: Rand) => Promise<string | null> | string | null }

const need = (ok: boolean, what: string): string | null => (ok ? null : what)
const first = (...found: (string | null)[]): string | null => found.find((f) => f !== null) ?? null
const big = (r: Rand, most: number): number => 1 + r.int(r.chance(0.1) ? most : Math.ceil(most / 20))

/** What a page may hold against its reader. None of these holds a date. */
const HARM: Readonly<Record<string, (r: Rand) => string>> = {
  nesting: (r) => `<${r.pick(['div', 'b', 'table><tr><td', 'ul><li', 'a href=x', 'template', 'select', 'svg', 'h1', 'form'])}>`.repeat(big(r, 60_000)),
  unclosed: (r) => r.pick(['<a href="', "<a title='", '<!--', '<script>', '<style>', '<textarea>', '<title>', '<![CDATA[', '<?', '</', '<li><a href=', '<!DOCTYPE ']).repeat(big(r, 40_000)),
  attributes: (r) => `<div ${r.times(2, (i) => `a${i}=`).join('')}${r.pick(['x ', 'a="b" ', "='=' ", '" ', '= '])}`.concat(r.pick(['x=y ', 'data-a="1" ', '/ ', '"" ']).repeat(big(r, 200_000)), '>'),
  comment: (r) => `<!--${r.pick(['-', '<a href=x>', '>', '--!>', ' ']).repeat(big(r, 200_000))}-->`,
  script: (r) => `<script>${r.pick(['var a=[{', '"\\', '[[[[', '{"a":', "'", '/*', '`${', '];', 'document.write("'])}${r.pick(['[{', '"\\', '(', ',', '{"title":"', '\\u0000']).repeat(big(r, 60_000))}</script>`,
  entities: (r) => r.pick(['&amp', '&#', '&#x', '&#x110000;', '&#xD800;', '&#0;', '&nbsp', '&notanentity;', '&&&&', '&#99999999999999999999;']).repeat(big(r, 60_000)),
  line: (r) => r.pick(['a', '字', '１', ' ', '\u00a0', '\u200b', '(', '年', '第', '·', '.', ':']).repeat(big(r, 400_000)),
  table: (r) => `<table>${`<tr>${'<td>x'.repeat(1 + r.int(60))}`.repeat(big(r, 3000))}</table>`,
  cdata: (r) => `<script type="text/xml"><datastore>${'<record><![CDATA['.repeat(big(r, 20_000))}`,
  json: (r) => `<script>var d=${'['.repeat(big(r, 60_000))}${'{"title":"某项工作","url":"/a"},'.repeat(big(r, 3000))}</script>`,
  regex: (r) => r.pick(['发布时间：', '来源：', '<meta name=date content=', 'May ', '月 ', '日期:', '-', '更多>>', '上一页下一页', '时间时间', '@import url(', 'location.href=']).repeat(big(r, 30_000)),
  surrogates: (r) => String.fromCharCode(...r.times(200, () => r.pick([0xd800, 0xdfff, 0xfffe, 0, 0xfeff, 0x202e, 0xe000]))).repeat(big(r, 200)),
  links: (r) => `<a href="${r.pick(['/x', 'http://[', 'javascript:', '//', 'http://a@b', '\u0000', '%', 'x'.repeat(5000), 'data:text/html,x'])}">某项工作的标题</a>`.repeat(big(r, 8000)),
  metas: (r) => `<meta name="${r.pick(['__proto__', 'constructor', 'PubDate', 'toString', 'refresh', 'date'])}" content="${r.pick(['', 'x', '0;url=javascript:1', '9'.repeat(50), '0000-00-00', '99999-13-45', 'NaN'])}">`.repeat(big(r, 5000)),
}
const BROKEN = ['utf-8', 'gbk', 'gb18030', 'big5', 'utf-16le', 'x-user-defined', 'none-such', '']

/** As sent, cut short, or with bytes changed. */
function worn(r: Rand, bytes: Uint8Array): Uint8Array {
  return r.pick([() => bytes, () => bytes.subarray(0, r.int(bytes.length)), () => mutate(bytes.subarray(0, 5000), r.int(1e9))])()
}

function pageCase(r: Rand): string | null {
  const true_ = r.chance(0.3)
  const harm = r.times(1 + r.int(3), () => HARM[r.pick(Object.keys(HARM))]!(r)).join('')
  const core = true_ ? '<h1>关于某项工作的通知</h1><p>发布时间：2024-05-01 来源：县政府办</p>' : '<h1>关于某项工作的通知</h1>'
  const html = r.chance(0.5) ? `<html><body>${core}${harm}` : `<html><body>${harm}${core}</body></html>`
  let bytes: Uint8Array = Buffer.from(html, r.chance(0.1) ? 'latin1' : r.chance(0.05) ? 'utf16le' : 'utf8')
  if (r.chance(0.1)) bytes = mutate(bytes.subarray(0, 20_000), r.int(1e6))
  const facts = readPage(bytes, { url: r.pick(['http://a.gov.cn/x/', 'http://a.gov.cn/', '', 'not a url', `http://a.gov.cn/${'x'.repeat(3000)}`]), now: NOW, ...(r.chance(0.5) ? { kind: r.pick(['article', 'listing', 'home'] as const) } : {}), contentType: `text/html; charset=${r.pick(BROKEN)}` })
  const allowed = true_ ? ['2024-05-01'] : []
  return first(
    need(facts.date === null || facts.date <= LATEST, `a date ahead: ${facts.date}`),
    need(facts.date === null || allowed.includes(facts.date) || bytes.length <= 20_000, `a date that the page does not hold: ${facts.date}`),
    need(facts.items.length <= 2000 && facts.links.length <= 5050 && facts.columns.length <= 40 && facts.witnesses.length <= 2000 && facts.forms.length <= 30, 'more than is kept'),
    need(facts.title.length <= 300 && facts.items.every((i) => i.title.length <= 400 && (i.url?.length ?? 0) <= 100_000), 'a text longer than is kept'),
    need(!(['closed_notice', 'moved', 'parked'] as (string | undefined)[]).includes(facts.verdict?.verdict), `called ${facts.verdict?.verdict}`),
  )
}

function mutatedCase(r: Rand): string | null {
  const facts = readPage(mutate(r.pick(seedPages()), r.int(1e9)), { url: 'http://a.gov.cn/x/', now: NOW, ...(r.chance(0.5) ? { kind: 'listing' as const } : {}) })
  return need(facts.date === null || facts.date <= LATEST, `a date ahead: ${facts.date}`)
}

/** Where browsers and we differ on pages that are broken, by how much: docs/reading.md says why. */
function differentialCase(r: Rand): string | null {
  const html = writtenPage(r)
  const [a, b] = [ours(html), standards(html)]
  for (const key of Object.keys(a) as (keyof typeof a)[]) if (JSON.stringify(a[key]) !== JSON.stringify(b[key])) return `${key} differs from parse5`
  return null
}
function brokenCase(r: Rand): string | null {
  const html = brokenPage(r)
  const [a, b] = [ours(html), standards(html)]
  const open = html.lastIndexOf('<!--') > html.lastIndexOf('-->')
  // A tag that is lost may move words between elements: no heading or title may be lost altogether, nor any letter invented.
  return first(need(a.title === b.title, 'the title differs from parse5'), need(JSON.stringify(a.metas) === JSON.stringify(b.metas), 'metas differ from parse5'), need(open || a.links.length <= b.links.length + 2, 'links that parse5 does not see'))
}

async function feedCase(r: Rand): Promise<string | null> {
  const laughs = `<!DOCTYPE r [<!ENTITY a "ha">${r.times(9, (i) => `<!ENTITY b${i} "${`&${i === 0 ? 'a' : `b${i - 1}`};`.repeat(10)}">`).join('')}<!ENTITY x SYSTEM "file:///etc/passwd">]>`
  const item = (title: string, date: string): string => `<item><title>${title}</title><link>${r.pick(['/a', 'javascript:1', 'http://[', ''])}</link><pubDate>${date}</pubDate></item>`
  const odd = (): string => r.pick(['', 'yesterday', '0', 'Mon, 99 Foo 2024 99:99:99', '9999999999999', '-1', 'Thu, 01 Jan 1970 00:00:00 GMT', '2999-01-01', 'NaN', '2024-13-45T99:00:00Z'])
  const body = r.pick([
    () => `<?xml version="1.0"?>${laughs}<rss version="2.0"><channel><title>&b8;&x;</title>${item('&b8;', odd())}</channel></rss>`,
    () => `<rss><channel>${item('x'.repeat(big(r, 400_000)), odd())}</channel></rss>`,
    () => `<rss><channel>${item('x', odd()).repeat(big(r, 4000))}</channel></rss>`,
    () => `<rss>${'<channel><item>'.repeat(big(r, 10_000))}`,
    () => `<feed xmlns="http://www.w3.org/2005/Atom">${'<entry>'.repeat(big(r, 8000))}<updated>${odd()}</updated>`,
    () => `{"version":"https://jsonfeed.org/version/1","items":${'['.repeat(big(r, 40_000))}`,
    () => `{"version":"https://jsonfeed.org/version/1","items":[${r.times(r.int(50), () => `{"id":${r.pick(['1', 'null', '{}', '"x"'])},"date_published":${JSON.stringify(odd())}}`).join(',')}]}`,
    () => `<rss><channel>${item(`<![CDATA[${'<![CDATA['.repeat(big(r, 5000))}]]>`, odd())}</channel></rss>`,
    () => Buffer.from(mutate(Buffer.from(`<rss><channel>${item('标题', odd()).repeat(5)}</channel></rss>`), r.int(1e9))).toString('latin1'),
  ])()
  const feed = await readFeed(body, { url: 'http://a.gov.cn/f.xml', now: NOW })
  if (feed.form === null) return null
  return first(
    need(feed.posts.length <= 500, `${feed.posts.length} posts`),
    need(feed.posts.every((p) => p.date === null || p.date <= LATEST), 'a post ahead of now'),
    need(!JSON.stringify(feed).includes('hahahaha') && !JSON.stringify(feed).includes('root:'), 'an entity was expanded'),
  )
}

function robotsCase(r: Rand): string | null {
  const text = r.pick([
    () => `User-agent: *\nDisallow: ${r.pick(['/*', '*'.repeat(big(r, 5000)), `/${'a*'.repeat(big(r, 300))}$`, '%', '/\u0000', ''])}\n`,
    () => `${'User-agent: x\nDisallow: /a\n'.repeat(big(r, 6000))}Sitemap: ${'http://a/'.repeat(50)}\n`,
    () => 'Sitemap: http://127.0.0.1/\n'.repeat(big(r, 9000)), () => `Crawl-delay: ${r.pick(['-1', '1e99', 'NaN', '9'.repeat(400), '0.1'])}\nUser-agent: *\nAllow: /`,
    () => 'x'.repeat(big(r, 400_000)), () => ': '.repeat(big(r, 200_000)), () => `User-agent: HuoshuiBot\n${'Disallow: /b\r'.repeat(big(r, 20_000))}`,
  ])()
  const rules = rulesOf({ outcome: 'ok', status: 200, url: 'http://a.gov.cn/robots.txt', redirects: [], headers: {}, bytes: Buffer.from(text), truncated: false, ms: 0, waitedMs: 0, remoteAddress: null, notModified: false }, 'http://a.gov.cn/robots.txt')
  const said = rules.answer(`http://a.gov.cn/${'a'.repeat(200)}`)
  return first(need(said.crawlDelay === null || (said.crawlDelay > 0 && said.crawlDelay <= 30_000), `a delay of ${said.crawlDelay}`), need(said.sitemaps.length <= 50, 'more sitemaps than are kept'), need(said.outcome === 'ok' || said.outcome === 'robots', said.outcome))
}

function bodyCase(r: Rand): string | null {
  const most = 100_000
  const plain = Buffer.alloc(big(r, 3_000_000), r.pick(['a', '\0', '字']))
  const coding = r.pick(['gzip', 'br', 'deflate', 'zstd', 'gzip, gzip', 'br, gzip', 'x', 'gzip, gzip, gzip', 'GZIP', ',,', 'identity'])
  let bytes: Uint8Array = coding.includes('br') ? brotliCompressSync(plain, { params: { 1: 1 } }) : coding === 'zstd' ? zstdCompressSync(plain) : coding === 'deflate' ? deflateRawSync(plain) : gzipSync(plain, { level: 1 })
  if (coding === 'gzip, gzip') bytes = gzipSync(bytes)
  bytes = worn(r, bytes)
  const { bytes: out } = decodeBody(bytes, coding, most)
  return need(out.length <= Math.max(most, bytes.length), `${out.length} bytes made of ${bytes.length}`)
}

async function sheetCase(r: Rand): Promise<string | null> {
  const cell = (ref: string, text: string): string => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`
  const laughs = '<!DOCTYPE l [<!ENTITY a "hahahaha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
  const sheet = r.pick([
    () => `<worksheet><sheetData><row r="1">${r.times(big(r, 4000), (i) => cell(r.pick(['A1', `XFD${i}`, `ZZZZ${i}`, `${i}`, '']), 'x')).join('')}</row></sheetData></worksheet>`,
    () => `${laughs}<worksheet><sheetData><row r="1">${cell('A1', '&b;&c;')}</row></sheetData></worksheet>`,
    () => `<worksheet><sheetData>${'<row>'.repeat(big(r, 30_000))}`,
    () => `<worksheet><sheetData><row r="${r.pick(['-1', '0', '99999999999', 'x', '1e9'])}">${cell('A1', 'x'.repeat(big(r, 300_000)))}</row></sheetData></worksheet>`,
    () => `<worksheet><sheetData><row r="1"><c r="A1"><f>${r.pick(['HYPERLINK("http://127.0.0.1")', 'cmd|"/c calc"!A0', '['.repeat(5000)])}</f></c><c r="B1" t="s"><v>${r.pick(['-1', '1e9', 'x', '99999999'])}</v></c></row></sheetData><mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(big(r, 2000))}</mergeCells></worksheet>`,
  ])()
  const strings = r.chance(0.2) ? `<sst count="1000000">${'<si><t>x</t></si>'.repeat(big(r, 40_000))}</sst>` : '<sst/>'
  const parts = {
    'xl/workbook.xml': Buffer.from(`<workbook><sheets>${'<sheet name="表" sheetId="1" r:id="rId1"/>'.repeat(r.chance(0.1) ? big(r, 4000) : 1)}</sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': Buffer.from(`<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="${r.pick(['worksheets/sheet1.xml', 'worksheets/sheet1.xml', '../../../etc/passwd', '/etc/passwd', 'http://127.0.0.1/x'])}"/></Relationships>`),
    'xl/worksheets/sheet1.xml': Buffer.from(sheet), 'xl/sharedStrings.xml': Buffer.from(strings), 'xl/vbaProject.bin': Buffer.from('macro'), '../../escaped.txt': Buffer.from('x'), 'xl/externalLinks/externalLink1.xml': Buffer.from('<externalLink/>'),
  }
  let bytes: Uint8Array = r.chance(0.15) ? Buffer.from(`类型,名称\n${r.pick(['"', '"a""', ',', '\0', '\ufeff', '=1+1', '\r']).repeat(big(r, 60_000))}`) : zip(parts, r.chance(0.2) ? r.pick([0, 1, 0xffffffff]) : undefined)
  if (r.chance(0.3)) bytes = mutate(bytes.subarray(0, 20_000), r.int(1e9))
  try {
    let text = 0
    for (const s of (await openSheets(Buffer.from(bytes), 'x')).slice(0, 3)) {
      let rows = 0
      for await (const row of s.rows()) {
        if (row.cells.length > LIMITS.columns) return `${row.cells.length} columns`
        for (const c of row.cells) {
          if ((c?.text.length ?? 0) > LIMITS.cellChars) return 'a cell longer than is kept'
          if (c?.text.includes('hahahaha') === true || c?.text.includes('root:') === true) return 'an entity was expanded'
          text += c?.text.length ?? 0
        }
        if ((rows += 1) > LIMITS.rows) return 'more rows than are kept'
      }
    }
    return need(text < 50_000_000, `${text} characters`)
  } catch (error) {
    return need(error instanceof HuoshuiError, `threw ${String(error)}`)
  }
}

async function replyCase(r: Rand): Promise<string | null> {
  const value = (depth: number): unknown => (depth <= 0 ? r.pick([null, '', 0, -1, 1e308, 'x', '2999-01-01', 99_999_999_999, true, '\u0000', '<b>', [], {}]) : r.chance(0.5) ? r.times(r.int(4), () => value(depth - 1)) : Object.fromEntries(r.times(r.int(5), () => [r.pick(['data', 'list', 'user', 'code', 'ok', 'create_time', 'title', 'result', '__proto__', 'cards', 'mblog', 'statuses', 'created_at', 'aweme_list', 'items']), value(depth - 1)])))
  const body = r.pick([() => JSON.stringify(value(6)), () => '['.repeat(big(r, 60_000)), () => `{"a":${'{"a":'.repeat(big(r, 40_000))}`, () => `cb(${JSON.stringify(value(4))})`, () => `<script>window.__INITIAL_STATE__=${JSON.stringify(value(5))}</script>`, () => writtenPage(r), () => ''])()
  const kinds = KIND_IDS.filter((k) => CHANNELS[k].sources.length > 1)
  const kind = r.pick(kinds)
  const example = CHANNELS[kind].manifest.identityForms[kind === 'wechat_official' ? 2 : 0]?.example ?? ''
  const result = await runChain(CHANNELS[kind], { kind, identity: identityOf(kind, example), now: NOW, browser: true }, () => Promise.resolve({ status: r.pick([200, 200, 200, 403, 500]), url: 'https://answered.invalid/', headers: {}, body, captured: [{ url: 'https://x.invalid/graphql', status: 200, body }] }))
  return first(need(result.newest === null || result.newest <= LATEST, `${kind}: a date ahead: ${result.newest}`), need(!isGone(result.outcome), `${kind}: called ${result.outcome}`))
}

async function inFile(r: Rand, bytes: Uint8Array, use: (file: string) => unknown): Promise<string | null> {
  const folder = mkdtempSync(join(tmpdir(), 'huoshui-hostile-'))
  try {
    const file = join(folder, `${r.int(1000)}.json`)
    writeFileSync(file, bytes)
    await use(file)
    return 'was taken'
  } catch (error) {
    return need(error instanceof HuoshuiError, `threw ${String(error)}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
const recipeCase = (r: Rand): Promise<string | null> => inFile(r, Buffer.from(r.pick([() => '['.repeat(big(r, 150_000)), () => '{"id":"x","__proto__":{}}', () => 'x'.repeat(big(r, 400_000)), () => '', () => JSON.stringify({ id: 'x', name: '名', fits: { marks: ['x'] }, lists: r.times(300, () => ({ rows: 'a'.repeat(2000) })) }), () => '\0'])()), (file) => readRecipe(file))

async function backupCase(r: Rand): Promise<string | null> {
  const tar = pack()
  const chunks: Buffer[] = []
  const names = ['../../etc/cron.d/x', '/etc/passwd', 'evidence/../../x', 'tables/x', 'manifest.json', 'evidence/a', 'x'.repeat(3000), 'tables/../../y', '\0', 'C:\\x']
  for (let i = 0; i < 1 + r.int(8); i += 1) {
    const kind = r.pick(['file', 'file', 'symlink', 'link', 'directory', 'fifo', 'character-device'] as const)
    if (kind === 'file') tar.entry({ name: r.pick(names) }, r.pick(['{}', '['.repeat(20_000), '\0'.repeat(big(r, 2_000_000)), '{"tables":[],"evidence":[]}']))
    else tar.entry({ name: r.pick(names), type: kind, ...(kind === 'symlink' || kind === 'link' ? { linkname: r.pick(['/etc/passwd', '../../x']) } : {}) })
  }
  tar.finalize()
  for await (const chunk of tar as unknown as AsyncIterable<Buffer>) chunks.push(chunk)
  let bytes: Uint8Array = gzipSync(Buffer.concat(chunks), { level: 1 })
  bytes = worn(r, bytes)
  return inFile(r, bytes, (file) => verifyBackup(file))
}

export const FAMILIES: readonly Family[] = [
  { id: 'pages', weight: 24, run: pageCase }, { id: 'mutated pages', weight: 10, run: mutatedCase }, { id: 'beside parse5', weight: 20, run: differentialCase }, { id: 'broken, beside parse5', weight: 10, run: brokenCase },
  { id: 'feeds', weight: 8, run: feedCase }, { id: 'robots.txt', weight: 4, run: robotsCase }, { id: 'compressed bodies', weight: 6, run: bodyCase }, { id: 'workbooks and CSV', weight: 7, run: sheetCase },
  { id: 'platform replies', weight: 7, run: replyCase }, { id: 'recipes', weight: 2, run: recipeCase }, { id: 'backups', weight: 2, run: backupCase },
  { id: 'answers on the wire', weight: 8, run: wireCase }, { id: 'redirects', weight: 4, run: redirectCase }, { id: 'pictures', weight: 3, run: pictureCase },
]
