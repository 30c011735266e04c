import type { FollowUp } from '../../domain/page.ts'
import type { Context } from '../context.ts'
import { attribute, tagHolds } from '../html/attributes.ts'
import { decodeReferences } from '../html/entities.ts'
import { T } from '../html/tags.ts'
import type { Anchor } from '../lists/links.ts'
import type { Metas } from './metas.ts'

const MAX = 12

/**
 * What the visit must fetch before the page can be read: refreshes, redirects by script, frames, and the endpoints from
 * which CMS templates draw their lists. Named, never fetched.
 */
export function readFollowUps(context: Context, metas: Metas, links: readonly Anchor[]): FollowUp[] {
  const out: FollowUp[] = []
  const add = (why: FollowUp['why'], href: string | null | undefined, body?: string): void => {
    if (href === null || href === undefined || out.length >= MAX) return
    const url = context.resolve(decodeReferences(href))
    if (url === null || out.some((f) => f.url === url && f.why === why)) return
    if ((why === 'meta_refresh' || why === 'script_redirect') && url === context.source.url) return
    out.push(body === undefined ? { why, url, method: 'GET' } : { why, url, method: 'POST', body })
  }
  const refresh = /^\s*(\d*)[^;,]*[;,]\s*(?:url\s*=\s*)?["']?\s*([^"'\s]+)/i.exec((metas.refresh ?? '').slice(0, 600))
  // A refresh after minutes is a page that renews itself, not a redirect.
  if (refresh !== null && Number(refresh[1] ?? 0) <= 30) add('meta_refresh', refresh[2])
  const bare = context.tape.flowSize < 600
  for (const node of context.all.scripts) {
    const { text, size } = scriptText(context, node)
    if (tagHolds(context.tape, node, 'buildstatic')) buildStatic(context, node, add)
    if (size === 0) continue
    if (bare) add('script_redirect', redirectIn(text))
    if (size < 200_000) endpoints(context, text, add)
  }
  const frames = context.all.frameset > 0 || bare
  for (const node of context.all.frames) {
    const src = attribute(context.tape, node, 'src')
    if (src === null || /^(?:about:|javascript:|data:)/i.test(src.trim())) continue
    if (context.tape.tag[node] === T.frame || frames || /content|main|list|article|con\b/i.test(`${attribute(context.tape, node, 'name') ?? ''} ${attribute(context.tape, node, 'id') ?? ''} ${attribute(context.tape, node, 'class') ?? ''}`)) add('frame', src)
  }
  for (const link of links) {
    if (/^(?:下一页|下页|后一页|next|>|›|»)$/i.test(link.text.trim()) && link.url !== null && link.url !== context.source.url) {
      add('next_page', link.href)
      break
    }
  }
  return out
}

function scriptText(context: Context, node: number): { text: string; size: number } {
  const from = context.tape.inner[node] ?? 0
  const size = (context.tape.shut[node] ?? from) - from
  return size < 8 ? { text: '', size: 0 } : { text: context.tape.text.slice(from, from + Math.min(size, 200_000)), size }
}

/** The target of a script that does nothing but send the reader on. */
export function redirectIn(script: string): string | null {
  const m =
    /\blocation(?:\s{0,4}\.\s{0,4}href)?\s{0,4}=\s{0,4}["']([^"'\n]{1,500})["']/.exec(script) ??
    /\blocation\s{0,4}\.\s{0,4}(?:replace|assign)\s{0,4}\(\s{0,4}["']([^"'\n]{1,500})["']\s*\)/.exec(script) ??
    /_cofing\d?\s*=\s*\{\s*href\s*:\s*["']([^"'\n]{1,500})["']/.exec(script)
  const target = m?.[1]
  return target === undefined || target.startsWith('javascript:') || target === '#' ? null : target
}

type Add = (why: FollowUp['why'], href: string | null | undefined, body?: string) => void

/** JPAAS: <script parseType="buildstatic" url="…" querydata="{'a':'b'}">; the query is JSON in single quotes. */
function buildStatic(context: Context, node: number, add: Add): void {
  const url = attribute(context.tape, node, 'url')
  const data = attribute(context.tape, node, 'querydata')
  if (url === null) return
  const query = new URLSearchParams()
  for (const m of (data ?? '').matchAll(/['"]([\w.-]{1,60})['"]\s*:\s*(?:'([^']{0,400})'|"([^"]{0,400})"|([\w.-]{1,60}))/g)) query.append(m[1] ?? '', m[2] ?? m[3] ?? m[4] ?? '')
  const text = query.toString()
  add('buildstatic', text === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${text}`)
}

function endpoints(context: Context, text: string, add: Add): void {
  if (text.includes('dataproxy') || text.includes('jpage')) jpage(context, text, add)
  const sid = !text.includes('SID') ? undefined : /\bSID\s*[:=]\s*["'](\d{3,12})["']/.exec(text)?.[1]
  if (sid !== undefined) {
    const site = /^(https?:\/\/[^/]+(?:\/[^/]+)*?)\/gkmlpt(?:\/|$)/.exec(context.source.url)?.[1] ?? ''
    const category = /#(\d{1,10})$/.exec(context.source.url)?.[1] ?? '0'
    add('json_list', `${site}/gkmlpt/api/all/${category}?page=1&sid=${sid}`)
  }
  const search = !text.includes('searchList') ? undefined : /["']([^"'\s]{0,200}\/?searchList\/[\w-]{4,60}[^"'\s]{0,200})["']/.exec(text)?.[1]
  if (search !== undefined) add('search_list', search)
  if (!/getJSON|\$\.(?:get|post|ajax)|fetch\s*\(|axios|XMLHttpRequest/.test(text)) return
  for (const m of text.matchAll(/(?:\$\.(?:getJSON|get|post)\s*\(|\burl\s*:|\bfetch\s*\(|\.open\s*\(\s*["']GET["']\s*,)\s*["']([^"'\s]{2,300}?\.json(?:\?[^"'\s]{0,200})?)["']/g)) add('json_list', m[1])
  for (const m of text.matchAll(/(?:\$\.(?:getJSON|get|post)\s*\(|\burl\s*:|\bfetch\s*\(|\.open\s*\(\s*["']GET["']\s*,)\s*["']([^"'\s]{2,300}?(?:list|List|query|page|Page|article|news)[^"'\s]{0,200})["']/g)) {
    if (!/\.(?:js|css|png|jpe?g|gif|html?)(?:\?|$)/i.test(m[1] ?? '')) add('json_list', m[1])
  }
}

/** 大汉 jpage: the list comes from dataproxy.jsp, asked with the column, unit and site of the page. */
function jpage(context: Context, text: string, add: Add): void {
  const path = /["']([^"'\s]{0,120}dataproxy\.jsp)[^"']{0,300}["']/.exec(text)?.[1]
  if (path === undefined && !/jpage/i.test(text)) return
  const value = (name: string): string | undefined =>
    new RegExp(`["']?\\b${name}["']?\\s*[:=]\\s*["']?([\\w%./\\u4e00-\\u9fff-]{1,80})`, 'i').exec(text)?.[1]
  const column = value('columnid') ?? /\/col\/col(\d+)\//.exec(context.source.url)?.[1]
  const unit = value('unitid') ?? /[?&]uid=(\d+)/.exec(context.source.url)?.[1]
  if (column === undefined) return
  const body = new URLSearchParams({ col: '1', appid: value('appid') ?? '1', webid: value('webid') ?? '1', path: '/', columnid: column, sourceContentType: value('sourceContentType') ?? '1', unitid: unit ?? '', webname: value('webname') ?? '', permissiontype: '0' })
  add('jpage', `${path ?? '/module/web/jpage/dataproxy.jsp'}?startrecord=1&endrecord=60&perpage=20`, body.toString())
}
