import { z } from 'zod'
import { isInternal, onceEach, writtenLinks } from './links/collect.ts'
import type { Written } from './links/collect.ts'
import { fetchPage, tryLink } from './links/check.ts'
import type { Tried } from './links/check.ts'
import { several } from './links/several.ts'
import { learnNotThere } from './links/soft404.ts'
import { isRead } from './page.ts'
import type { PageView } from './page.ts'
import { hostOf } from './text.ts'
import type { Fault, Probe, Trial } from './types.ts'

const row = z.object({ url: z.string(), page: z.string(), reason: z.string() })
/** `checked`: addresses tried. The rest of the written ones stand under `not_observed`, with the reason. */
export const linksValue = z.object({
  checked: z.number().int().nonnegative(), broken: z.array(row), not_observed: z.array(row),
  internal: z.number().int().nonnegative(), external: z.number().int().nonnegative(),
})

/** Also of files: an address that is broken, and why. */
export function brokenLinks({ broken }: z.infer<typeof linksValue>): readonly Fault[] {
  return broken.map((b) => ({ key: b.url, what: { zh: `打不开:${b.reason}(见 ${b.page})`, en: `broken: ${b.reason} (on ${b.page})` } }))
}

const PAGES = 40
const AT_ONCE = 4
const SILENT = new Set(['dns', 'refused', 'timeout', 'network', 'tls', 'rate_limited'])

/** 链接可用性 (D22): what is written in the home page and the column pages, internal and external, pictures and files too. */
export const links: Probe = {
  id: 'links',
  serves: ['D22'],
  needs: ['http'],
  budget: { requests: 500, seconds: 240 },
  value: linksValue,
  faults: brokenLinks,
  async run(trial) {
    const pages = await readPages(trial, PAGES)
    const all = onceEach(pages.map((p) => writtenLinks(p.bytes, p.finalUrl)))
    const own = new Set(pages.flatMap((p) => [p.url, p.finalUrl]))
    const notThere = await learnNotThere(trial, (url) => fetchPage(trial, url))
    const states = new Map<string, Tried>()
    const silent = new Map<string, string>()
    // Pages that were read just now open.
    for (const link of all) if (own.has(link.url)) states.set(link.url, { state: 'ok' })
    const attempt = async (link: Written): Promise<void> => {
      const host = hostOf(link.url)
      const reason = silent.get(host)
      const tried: Tried = reason === undefined ? await tryLink(trial, link, isInternal(link.url, trial.home.url), notThere) : { state: 'unseen', reason }
      if (tried.state === 'unseen' && SILENT.has(tried.reason)) silent.set(host, tried.reason)
      states.set(link.url, tried)
    }
    const spent = (): boolean => trial.left() < 20
    await several(all.filter((l) => !states.has(l.url)), AT_ONCE, attempt, spent)
    const first = new Map(states)
    // Once more, at the end: what was missing only for a moment is not broken.
    const doubtful = all.filter((l) => first.get(l.url)?.state === 'broken')
    silent.clear()
    const unasked = new Set((await several(doubtful, AT_ONCE, attempt, () => trial.left() < 2)).map((l) => l.url))
    return { outcome: 'ok', ...summary(all, first, states, unasked, trial.home.url, pages) }
  },
}

function summary(all: readonly Written[], first: ReadonlyMap<string, Tried>, last: ReadonlyMap<string, Tried>, unasked: ReadonlySet<string>, home: string, pages: readonly PageView[]): { value: z.infer<typeof linksValue>; evidence: readonly string[] } {
  const broken: z.infer<typeof row>[] = []
  const unseen: z.infer<typeof row>[] = []
  const evidence = pages.flatMap((p) => (p.sha256 === null ? [] : [p.sha256])).slice(0, 1)
  for (const { url, page } of all) {
    const one = first.get(url)
    const two = last.get(url)
    if (one === undefined || two === undefined) unseen.push({ url, page, reason: 'budget' })
    else if (two.state === 'unseen') unseen.push({ url, page, reason: two.reason })
    else if (two.state === 'broken' && one.state === 'broken') {
      if (unasked.has(url)) unseen.push({ url, page, reason: 'seen_broken_once' })
      else {
        broken.push({ url, page, reason: two.reason })
        if (two.sha256 !== null) evidence.push(two.sha256)
      }
    }
  }
  const internal = all.filter((l) => isInternal(l.url, home)).length
  return { value: { checked: first.size, broken, not_observed: unseen, internal, external: all.length - internal }, evidence }
}

/** The home page and the columns of the site that can be read, at most `most`. */
export async function readPages(trial: Trial, most: number): Promise<readonly PageView[]> {
  const out = [trial.homePage]
  for (const column of trial.columns) {
    if (out.length >= most || trial.left() < 30) break
    if (!isInternal(column.url, trial.home.url) || column.url === trial.home.url) continue
    const page = await trial.column(column)
    if (isRead(page)) out.push(page)
  }
  return out
}
