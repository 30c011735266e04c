import { reasonOf } from './budget.ts'
import { attachmentType, isInternal, onceEach, writtenLinks } from './links/collect.ts'
import type { Written } from './links/collect.ts'
import { several } from './links/several.ts'
import { brokenLinks, linksValue, readPages } from './links.ts'
import { isRead, viewPage } from './page.ts'
import { fits } from './files.ts'
import type { Probe, Trial } from './types.ts'

const ARTICLES = 10
const FILES = 60
const BYTES = 8192

type Judged = { readonly state: 'ok' } | { readonly state: 'broken' | 'unseen'; readonly reason: string; readonly sha256?: string | null }

/** 附件 (D22): the first kilobytes of the files offered, held against what their names say they are. */
export const attachments: Probe = {
  id: 'attachments',
  serves: ['D22'],
  needs: ['http'],
  budget: { requests: 160, seconds: 150 },
  value: linksValue,
  faults: brokenLinks,
  async run(trial) {
    const pages = [...(await readPages(trial, 9))]
    const newest = [...new Map(pages.flatMap((p) => p.facts.items).flatMap((i) => (i.url === null ? [] : [[i.url, i.url] as const]))).keys()]
    for (const url of newest.filter((u) => isInternal(u, trial.home.url) && attachmentType(u) === null).slice(0, ARTICLES)) {
      const page = await trial.open(url)
      if (isRead(page)) pages.push(page)
    }
    const files = onceEach(pages.map((p) => writtenLinks(p.bytes, p.finalUrl))).filter((l) => l.tag === 'a' && attachmentType(l.url) !== null)
    const states = new Map<string, Judged>()
    const attempt = async (link: Written): Promise<void> => {
      states.set(link.url, await judge(trial, link.url))
    }
    await several(files.slice(0, FILES), 3, attempt, () => trial.left() < 10)
    const first = new Map(states)
    await several(files.filter((f) => first.get(f.url)?.state === 'broken'), 3, attempt)
    const broken = []
    const unseen = []
    const evidence: string[] = []
    for (const { url, page } of files) {
      const one = first.get(url)
      const two = states.get(url)
      if (one === undefined || two === undefined) unseen.push({ url, page, reason: 'budget' })
      else if (two.state === 'unseen') unseen.push({ url, page, reason: two.reason })
      else if (one.state === 'broken' && two.state === 'broken') {
        broken.push({ url, page, reason: two.reason })
        if (two.sha256 !== undefined && two.sha256 !== null) evidence.push(two.sha256)
      }
    }
    const internal = files.filter((f) => isInternal(f.url, trial.home.url)).length
    return { outcome: 'ok', value: { checked: first.size, broken, not_observed: unseen, internal, external: files.length - internal }, evidence }
  },
}

async function judge(trial: Trial, url: string): Promise<Judged> {
  const reply = await trial.ask.fetch({ url, prefix: true, maxBytes: BYTES, signal: trial.signal })
  const sha256 = reply.bytes.length === 0 ? null : trial.keep(reply.bytes, { url, finalUrl: reply.url, status: reply.status, headers: reply.headers })
  if (reply.status === 404 || reply.status === 410) return { state: 'broken', reason: `HTTP ${reply.status}`, sha256 }
  if (reply.outcome !== 'ok' && reply.outcome !== 'too_large' && reply.outcome !== 'ok_empty') return { state: 'unseen', reason: reasonOf(reply) }
  const found = fits(attachmentType(url) ?? '', reply.bytes)
  if (found === 'fits') return { state: 'ok' }
  if (found === 'unknown') return { state: 'unseen', reason: 'unreadable' }
  if (found === 'empty') return { state: 'broken', reason: 'an empty file' }
  // A page in the file's stead: a wall, or what the site shows for a file it has not got.
  const page = viewPage({ url, finalUrl: reply.url, status: reply.status, outcome: 'ok', bytes: reply.bytes, headers: reply.headers, sha256 }, trial.now)
  const wall = page.outcome
  if (wall !== 'ok' && wall !== 'not_found' && wall !== 'empty_shell') return { state: 'unseen', reason: wall }
  return { state: 'broken', reason: `an HTML page in place of a .${attachmentType(url) ?? 'file'}`, sha256 }
}
