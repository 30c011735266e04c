import { describe, expect, it } from 'vitest'
import { read } from './pages.ts'

const EN =
  '<p>The council met in the town hall to discuss the plans for the new bridge, which residents have long asked for, and decided to go ahead.</p>' +
  '<p>On 12 January 2024, the mayor, who was elected on May 5, 2022, said that the work would begin on 1 June 2023 and take about two years, if all goes well.</p>'
const DE = '<p>Der Gemeinderat hat in seiner Sitzung am 12. Januar 2024 beschlossen, die neue Brücke zu bauen, die sich viele Einwohner seit langem wünschen.</p>'
const JA = '<p>市議会は、2024年1月12日の会議で、新しい橋の建設を承認しました。多くの住民が、長年待ち望んでいたものです。工事は来年始まり、約二年かかる見込みです。</p>'

function page(lang: string, line: string, options: { title?: string; text?: string; head?: string; after?: string } = {}): string {
  const title = options.title ?? 'Council agrees to build the new bridge'
  return `<!DOCTYPE html><html lang="${lang}"><head><meta charset="utf-8"><title>${title} | Example</title>${options.head ?? ''}</head><body><header><nav><a href="/">Home</a><a href="/news">News</a></nav></header><main><article><h1>${title}</h1><div class="meta">${line}</div>${options.text ?? EN}</article>${options.after ?? ''}</main><footer><p>© 2009–2024 Example. All rights reserved.</p></footer></body></html>`
}
const date = (html: string, url = 'https://www.example.org/news/bridge'): string | null => read(html, { kind: 'article', url }).date

const LINES: readonly (readonly [lang: string, line: string])[] = [
  ['en', 'March 5, 2024'], ['en', 'By Jane Doe on March 5, 2024 at 10:12 am'], ['en-GB', 'Thursday 5th of March 2024'], ['en', 'Tue, 05 Mar 2024 10:00 GMT'], ['en-US', 'Mar. 5, 2024, 4:05 p.m. ET'], ['en-US', 'Posted: 03/05/2024'],
  ['en-GB', 'Published: 05/03/2024'], ['en', '05-Mar-2024'], ['en-GB', 'Posted 5-Mar-24'], ['en', 'Filed under News | March 5, 2024 | 3 Comments'], ['en', 'Updated: March 7, 2024. Published: March 5, 2024'], ['en', 'Last updated: 5 March 2024'],
  ['de', 'Veröffentlicht am 5. März 2024 von Redaktion'], ['de', '05.03.2024, 10:15 Uhr'], ['de', 'Stand: 05.03.2024'], ['de', '05.03.24'], ['de', '5. März 2024 um 10:12 Uhr'], ['fr', 'Publié le 5 mars 2024 à 10h12'], ['fr', 'Publié le 05/03/2024 à 10:12, mis à jour le 07/03/2024'],
  ['es', 'Publicado el 5 de marzo de 2024'], ['es', 'Fecha de publicación: 05/03/2024'], ['it', 'Pubblicato il 5 marzo 2024'], ['pt', '5 de Março de 2024'], ['pt-BR', '05 MAR 2024 - 10H12'], ['nl', 'Geplaatst op 5 maart 2024'], ['ru', '5 марта 2024, 10:12'], ['ru', 'Опубликовано: 05.03.2024'],
  ['uk', '5 березня 2024'], ['pl', 'Opublikowano: 5 marca 2024'], ['tr', '5 Mart 2024 Salı 10:12'], ['sv', 'Publicerad 5 mars 2024'], ['da', '5. marts 2024 kl. 10.12'], ['fi', 'Julkaistu 5. maaliskuuta 2024'], ['cs', '5. března 2024'], ['cs', '5. 3. 2024'], ['hu', '2024. március 5. 10:12'], ['hu', '2024. 03. 05.'],
  ['ro', '5 martie 2024'], ['el', '5 Μαρτίου 2024'], ['bg', '5 март 2024'], ['hr', '5. ožujka 2024.'], ['id', 'Selasa, 5 Maret 2024 10:12 WIB'], ['vi', 'Ngày 5 tháng 3 năm 2024'], ['ar', '5 مارس 2024'], ['ar', '٥ مارس ٢٠٢٤'], ['he', '5 במרץ 2024'], ['th', '5 มีนาคม 2567'], ['hi', '5 मार्च 2024'],
  ['ko', '입력 2024.03.05 10:12 수정 2024.03.07 11:00'], ['ko', '등록일: 2024년 3월 5일'],
]

describe('by-lines in other languages', () => {
  it.each(LINES)('%s: %s', (lang, line) => expect(date(page(lang, line))).toBe('2024-03-05'))
  it.each(['2024年3月5日 10時12分', '掲載日：2024年3月5日更新', '更新日：令和6年3月5日', '公開日: 2024/03/05 最終更新日: 2024/03/07'])('ja: %s', (line) => {
    expect(date(page('ja', line, { title: '市議会が新しい橋の建設を承認しました', text: JA }))).toBe('2024-03-05')
  })
})

describe('no publication in other languages', () => {
  it.each([
    ['dates in English sentences', page('en', 'Read more')],
    ['dates in German sentences', page('de', 'Mehr', { text: DE })],
    ['a deadline', page('en', 'Deadline: 1 March 2024')],
    ['an Anmeldeschluss', page('de', 'Anmeldeschluss: 1. März 2024', { text: DE })],
    ['when an event takes place', page('en', 'When: 1 March 2024')],
    ['related articles', page('en', '', { after: '<section class="related"><ul><li><a href="/a">Something else happened here</a> <time datetime="2024-03-08">8 March 2024</time></li></ul></section>' })],
    ['a copyright date', page('en', '', { after: '<p>Copyright March 5, 2024</p>' })],
  ])('%s', (_what, html) => expect(date(html)).toBeNull())
})

describe('dates that other pages mark up', () => {
  const ld = (value: unknown): string => `<script type="application/ld+json">${JSON.stringify(value)}</script>`
  const own = { '@type': 'NewsArticle', headline: 'Council agrees to build the new bridge', datePublished: '2024-03-05' }
  it.each([
    ['a graph', ld({ '@graph': [{ '@type': 'WebSite', name: 'x' }, { '@type': 'WebPage', datePublished: '2024-03-05T10:00:00+00:00', dateModified: '2024-03-09' }] })],
    ['another article first', ld({ '@type': 'ItemList', itemListElement: [{ '@type': 'Article', headline: 'Other thing', datePublished: '2024-03-09' }] }) + ld(own)],
    ['an article of another title first', ld({ '@type': 'NewsArticle', headline: 'Quite another thing happened', datePublished: '2024-03-09' }) + ld(own)],
    ['its comments first', ld({ '@type': 'NewsArticle', comment: [{ '@type': 'Comment', datePublished: '2024-03-08' }], headline: own.headline, datePublished: '2024-03-05' })],
    ['its film first', ld({ '@type': 'NewsArticle', video: { '@type': 'VideoObject', datePublished: '2024-03-01' }, headline: own.headline, datePublished: '2024-03-05' })],
    ['a broken document', '<script type="application/ld+json">{"@type":"NewsArticle",,"datePublished":"2024-03-05"</script>'],
    ['escaped slashes', '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024\\/03\\/05 10:00"}</script>'],
    ['parsely-page', '<meta name="parsely-page" content=\'{"title":"x","pub_date":"2024-03-05T10:00:00Z"}\'>'],
    ['last-modified, where nothing else speaks', '<meta http-equiv="last-modified" content="2024-03-05">'],
  ])('%s', (_what, head) => expect(date(page('en', '', { head }))).toBe('2024-03-05'))
  it.each([
    ['microdata', '<span itemprop="datePublished" content="2024-03-05T09:00">Tuesday</span>'],
    ['RDFa', '<span property="schema:datePublished" content="2024-03-05">Tuesday</span>'],
    ['hAtom', '<abbr class="published" title="2024-03-05T09:00:00-08:00">Tuesday, March 5</abbr>'],
  ])('%s', (_what, line) => expect(date(page('en', line))).toBe('2024-03-05'))
  it('the spelled month of an address', () => expect(date(page('en', ''), 'https://example.org/news/2024/mar/05/bridge')).toBe('2024-03-05'))
  it('a last edit at the foot', () => expect(date(page('en', '', { after: '<div id="footer-info-lastmod">This page was last edited on 5 March 2024, at 10:12 (UTC).</div>' }))).toBe('2024-03-05'))
  it('last-modified of a Chinese page is the moment of generation', () => {
    expect(date('<html lang="zh"><head><title>机构简介介绍</title><meta http-equiv="last-modified" content="2024-03-05"></head><body><h1>机构简介介绍</h1><p>本机构负责全县农业农村工作，统筹推进乡村振兴，指导各乡镇开展工作。</p></body></html>')).toBeNull()
  })
})
