import type { CheerioAPI } from 'cheerio'
import type { Element } from 'domhandler'
import type { PageView } from '../page.ts'
import { absolute, linksOf, squeeze } from '../text.ts'

/** How to ask a site's search: an address with `{word}`, or a form that only takes POST. */
export type SearchBox =
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'post'; readonly url: string; readonly body: string }
  /** There is one, but how it asks stands in scripts we have not. */
  | { readonly kind: 'script' }
  | { readonly kind: 'none' }

const FIELD = /^(?:q|qt|query|wd|kw|word|words|key|keys|keyword|keywords|searchword|search|searchkey|searchtext|sw|s|title|text|fullText|content|showkeycode|.*(?:keyword|searchword|search_?key|search_?word|search_?text).*)$/i
const WORDS = /搜\s*索|检\s*索|查\s*询|关键[字词]|站内|search/i

/** Finds the box in a page: a form, an address built by a script in the page, or a link to the page of the search. */
export function findBox(page: PageView): SearchBox {
  return formBox(page.dom, page.finalUrl) ?? scriptBox(page.dom, page.finalUrl) ?? hint(page)
}

function formBox(dom: CheerioAPI, base: string): SearchBox | null {
  for (const form of dom('form').toArray().slice(0, 40)) {
    const inputs = dom(form).find('input, textarea, select').toArray()
    const texts = inputs.filter((i) => /^(?:text|search|)$/i.test(dom(i).attr('type') ?? '') && i.tagName === 'input')
    const named = texts.find((i) => FIELD.test(dom(i).attr('name') ?? '')) ?? (isSearch(dom, form) && texts.length === 1 ? texts[0] : undefined)
    const name = named === undefined ? undefined : dom(named).attr('name')
    if (named === undefined || name === undefined || name === '' || !isSearch(dom, form) || dom(form).find('input[type=password], textarea').length > 0) continue
    const url = absolute(dom(form).attr('action') ?? base, base)
    // Its action is filled in by a script.
    if (url === null) return { kind: 'script' }
    const rest = inputs.flatMap((i): [string, string][] => {
      const n = dom(i).attr('name')
      if (i === named || n === undefined || n === '' || /^(?:submit|button|image|checkbox|radio|reset|file)$/i.test(dom(i).attr('type') ?? '')) return []
      return [[n, i.tagName === 'select' ? (dom(i).find('option[selected]').attr('value') ?? dom(i).find('option').first().attr('value') ?? '') : (dom(i).attr('value') ?? '')]]
    })
    const query = [...rest.map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`), `${encodeURIComponent(name)}={word}`].join('&')
    if ((dom(form).attr('method') ?? 'get').toLowerCase() === 'post') return { kind: 'post', url, body: query }
    return { kind: 'address', url: `${url.replace(/\?.*$/, '')}?${query}` }
  }
  return null
}

function isSearch(dom: CheerioAPI, form: Element): boolean {
  const of = dom(form)
  const marks = [of.attr('action'), of.attr('class'), of.attr('id'), of.attr('name'), of.attr('onsubmit'), of.find('input[placeholder]').attr('placeholder'), squeeze(of.text()).slice(0, 60), of.find('input[type=submit], input[type=button], input[type=image]').attr('value') ?? of.find('img').attr('alt')]
  return marks.some((m) => m !== undefined && (WORDS.test(m) || /\b(?:so|s|search|query|jsearch\w*)\b/i.test(m)))
}

/** `location.href = "/so/index.html?keyword=" + encodeURIComponent(…)`, `window.open('…?q=' + …)`. */
const BUILT = /["'`]([^"'`\s<>]{0,300}?(?:search|query|jsearch|\bso\b|[?&](?:q|qt|wd|keywords?|searchWord|key))[^"'`\s<>]{0,120}?[?&][\w.-]{1,30}=)(?:["']\s*\+|\$\{)/i

function scriptBox(dom: CheerioAPI, base: string): SearchBox | null {
  const code = [
    ...dom('script:not([src])').toArray().map((s) => dom(s).text()),
    ...dom('[onclick], form[onsubmit]').toArray().map((e) => `${dom(e).attr('onclick') ?? ''};${dom(e).attr('onsubmit') ?? ''}`),
  ].join('\n').slice(0, 400_000)
  const found = BUILT.exec(code)?.[1]
  const url = found === undefined ? null : absolute(found, base)
  return url === null ? null : { kind: 'address', url: `${url}{word}` }
}

function hint(page: PageView): SearchBox {
  const { dom } = page
  const input = dom('input').toArray().some((i) => /搜|检索|关键[字词]/.test(dom(i).attr('placeholder') ?? dom(i).attr('value') ?? '') || /search|keyword/i.test(`${dom(i).attr('id') ?? ''} ${dom(i).attr('name') ?? ''} ${dom(i).attr('class') ?? ''}`))
  const script = dom('script[src]').toArray().some((s) => /search|jsearch|[/_-]so[/._-]/i.test(dom(s).attr('src') ?? ''))
  const inline = dom('script:not([src])').toArray().some((s) => /search|搜索/i.test(dom(s).text().slice(0, 100_000)))
  return input || script || inline || dom('iframe[src*=search], [id*=search i], [class*=search i]').length > 0 ? { kind: 'script' } : { kind: 'none' }
}

/** Links to a page of the search's own: 站内搜索, 高级检索. */
export function searchPages(page: PageView): readonly string[] {
  return [...new Set(linksOf(page.dom, page.finalUrl).filter((l) => /^(?:站内|全站|高级|智能|综合)?(?:搜索|检索)$/.test(l.text) || /\/(?:search|jsearch\w*|so)\/?(?:index\.\w+)?(?:\?|$)/i.test(l.url)).map((l) => l.url))].slice(0, 2)
}
