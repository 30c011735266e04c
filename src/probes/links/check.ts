import { reasonOf } from '../budget.ts'
import { viewPage } from '../page.ts'
import type { PageView } from '../page.ts'
import type { ProbeReply, Trial } from '../types.ts'
import { attachmentType } from './collect.ts'
import type { Written } from './collect.ts'
import { isNotThere } from './soft404.ts'
import type { NotThere } from './soft404.ts'

/** What one try of a link came to. */
export type Tried = { readonly state: 'ok' } | { readonly state: 'broken'; readonly reason: string; readonly sha256: string | null } | { readonly state: 'unseen'; readonly reason: string }

const PAGE_BYTES = 200_000
const FILE_BYTES = 2048

export type Fetched = PageView & { readonly redirected: boolean; readonly reply: ProbeReply }

/** The beginning of a page, as a view. */
export async function fetchPage(trial: Trial, url: string): Promise<Fetched> {
  const reply = await trial.ask.fetch({ url, prefix: true, maxBytes: PAGE_BYTES, signal: trial.signal })
  // Enough of it has come: that there is more is no fault of the page.
  const outcome = reply.outcome === 'too_large' ? 'ok' : reply.outcome
  const view = viewPage({ url, finalUrl: reply.url, status: reply.status, outcome, bytes: reply.bytes, headers: reply.headers, sha256: null }, trial.now)
  return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(view), redirected: { value: reply.redirects.length > 0, enumerable: true }, reply: { value: reply, enumerable: true } }) as Fetched
}

/**
 * Tries one link: what is a file, a picture or lies elsewhere by HEAD, and by GET unless that says it is there; a page of
 * the site by GET, because only its text tells a soft 404. Blocked is not broken.
 */
export async function tryLink(trial: Trial, link: Written, internal: boolean, notThere: NotThere): Promise<Tried> {
  const page = internal && (link.tag === 'a' || link.tag === 'area' || link.tag === 'iframe' || link.tag === 'frame') && attachmentType(link.url) === null
  if (!page) {
    const head = await trial.ask.fetch({ url: link.url, method: 'HEAD', signal: trial.signal })
    if (head.outcome === 'ok' || head.outcome === 'unchanged' || head.outcome === 'ok_empty') return { state: 'ok' }
    // No connection will come of asking again at once.
    if (head.status === null) return { state: 'unseen', reason: reasonOf(head) }
    const get = await trial.ask.fetch({ url: link.url, prefix: true, maxBytes: FILE_BYTES, signal: trial.signal })
    return judge(trial, get)
  }
  const got = await fetchPage(trial, link.url)
  const { reply } = got
  if (reply.outcome !== 'ok' && reply.outcome !== 'too_large') return judge(trial, reply)
  if (!/html|^$/i.test(reply.headers['content-type'] ?? '')) return { state: 'ok' }
  const { outcome } = got
  if (outcome === 'not_found') return { state: 'broken', reason: 'soft_404', sha256: kept(trial, reply) }
  // A page with little to say still opens; a wall says nothing of what is behind it.
  if (outcome !== 'ok' && outcome !== 'empty_shell') return { state: 'unseen', reason: outcome }
  const missing = isNotThere(got, notThere, trial.home.url)
  if (missing === null) return { state: 'unseen', reason: 'empty_shell' }
  return missing ? { state: 'broken', reason: 'soft_404', sha256: kept(trial, reply) } : { state: 'ok' }
}

function judge(trial: Trial, reply: ProbeReply): Tried {
  if (reply.outcome === 'ok' || reply.outcome === 'too_large' || reply.outcome === 'unchanged' || reply.outcome === 'ok_empty') return { state: 'ok' }
  if (reply.status === 404 || reply.status === 410) return { state: 'broken', reason: `HTTP ${reply.status}`, sha256: kept(trial, reply) }
  return { state: 'unseen', reason: reasonOf(reply) }
}

function kept(trial: Trial, reply: ProbeReply): string | null {
  return reply.bytes.length === 0 ? null : trial.keep(reply.bytes, { url: reply.url, finalUrl: reply.url, status: reply.status, headers: reply.headers })
}
