import type { PageView } from '../page.ts'
import { squeeze } from '../text.ts'
import type { Trial } from '../types.ts'

/** How a site answers for what it has not got. */
export type NotThere =
  | { readonly kind: 'honest' }
  /** It sends everybody to this address. */
  | { readonly kind: 'redirect'; readonly to: string }
  /** It shows this page with a good status. */
  | { readonly kind: 'page'; readonly text: string }
  /** One shell for every address, drawn by script: nothing can be told from the bytes. */
  | { readonly kind: 'shell' }
  | { readonly kind: 'unknown' }

/** Asks for an address that cannot exist. Its name is fixed by the site, so that a cache sees one such address and not many. */
export async function learnNotThere(trial: Trial, view: (url: string) => Promise<PageView & { readonly redirected: boolean }>): Promise<NotThere> {
  const url = new URL(`/huoshui-no-such-page-${trial.site.host.length}${trial.now.getUTCFullYear()}.html`, trial.home.url).href
  const page = await view(url)
  if (page.outcome === 'not_found') return page.status === 404 || page.status === 410 ? { kind: 'honest' } : { kind: 'page', text: plain(page) }
  if (page.outcome !== 'ok') return page.outcome === 'empty_shell' ? { kind: 'shell' } : { kind: 'unknown' }
  if (page.redirected) return { kind: 'redirect', to: page.finalUrl }
  return page.facts.textLength < 120 ? { kind: 'shell' } : { kind: 'page', text: plain(page) }
}

/** Is it the page that the site shows for what it has not got? null: it cannot be told. */
export function isNotThere(page: PageView & { readonly redirected: boolean }, known: NotThere, home: string): boolean | null {
  const isHome = new URL(page.url).pathname.replace(/(?:index|default|main)\.\w+$/, '') === '/' && new URL(page.url).search === ''
  if (known.kind === 'redirect') return page.redirected && page.finalUrl === known.to && !isHome && page.url !== known.to && new URL(page.url).origin === new URL(home).origin
  if (known.kind === 'page') return !isHome && alike(plain(page), known.text)
  if (known.kind === 'shell') return page.facts.textLength < 120 ? null : false
  return false
}

/** The visible text without what changes from one asking to the next: addresses, numbers, clocks. */
function plain(page: PageView): string {
  return squeeze(page.lines.join('\n').replace(/https?:\/\/\S+|\/[\w./-]+|\d+/g, ' '))
}

function alike(a: string, b: string): boolean {
  if (a === b) return true
  if (Math.abs(a.length - b.length) > Math.max(a.length, b.length) * 0.05) return false
  const one = new Set(a.split(' '))
  const two = new Set(b.split(' '))
  const both = [...one].filter((w) => two.has(w)).length
  return both >= 0.97 * Math.max(one.size, two.size)
}
