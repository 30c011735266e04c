import { z } from 'zod'
import { addDays, dayInChina, isDay } from '../domain/date.ts'
import { isInternal } from './links/collect.ts'
import { viewPage } from './page.ts'
import type { PageView } from './page.ts'
import { findBox, searchPages } from './search/box.ts'
import type { SearchBox } from './search/box.ts'
import { readResults } from './search/results.ts'
import type { Results } from './search/results.ts'
import { bare } from './text.ts'
import type { Probe, Trial } from './types.ts'

const told = z.boolean().nullable()
const tried = z.object({ title: z.string(), url: z.string(), found: told })
export const searchValue = z.object({
  box: told, works: told, grouped: told, fuzzy: told, serves: told,
  tried: z.array(tried),
  subordinate: z.array(tried),
  /** The address asked, with `{word}`. */
  address: z.string().nullable(),
  /** Milliseconds until the slowest page of results. */
  ms: z.number().nonnegative().nullable(),
  dated: told,
  /** A result of the last month was among those shown. */
  recent: told,
})
type Value = z.infer<typeof searchValue>

/** What is pictured: the box that was looked for, and the list of results. */
const BOX = 'form:has(input[type=text]), form:has(input[type=search]), [class*=search i], [id*=search i]'
const RESULTS = '[class*=result i], [id*=result i], [class*=list i]'
const HEADLINES = 4
/** A headline may take its time to be indexed: these days old are preferred. */
const INDEXED_AFTER = 2

/** 站内搜索 (D25): asks for headlines that the site has published, and looks for each on the first page of results. */
export const search: Probe = {
  id: 'search',
  serves: ['D25', 'B8'],
  needs: ['http'],
  budget: { requests: 40, seconds: 120 },
  posts: true,
  value: searchValue,
  faults: ({ box, works }: Value) => (box === false ? [{ key: 'box', what: { zh: '没有站内搜索', en: 'there is no search' } }]
    : works === false ? [{ key: 'works', what: { zh: '站内搜索不可用', en: 'the search does not work' } }] : []),
  async run(trial) {
    const box = await locate(trial)
    const base: Value = { box: box.kind !== 'none', works: null, grouped: null, fuzzy: null, serves: null, tried: [], subordinate: [], address: null, ms: null, dated: null, recent: null }
    const evidence = trial.homePage.sha256 === null ? [] : [trial.homePage.sha256]
    if (box.kind === 'none') return whole(trial) ? { outcome: 'ok', value: base, evidence } : { outcome: 'ok', value: { ...base, box: null }, evidence }
    if (box.kind === 'script') return { outcome: 'ok', value: base, evidence, note: 'how the search asks stands in scripts' }
    if (box.kind === 'post' && !trial.policy.mayPost) return { outcome: 'ok', value: { ...base, address: box.url }, evidence, note: 'the search takes POST only, which is not allowed here' }
    const headlines = pick(trial)
    const seen: { title: string; url: string; found: boolean | null; results: Results | null; missing: boolean; ms: number | null }[] = []
    for (const h of headlines) {
      const page = await ask(trial, box, h.title)
      let results = page.page.outcome === 'ok' ? readResults(page.page, h.title, h.url, trial.now, trial.recipe?.search ?? null) : null
      if (results?.readable !== true && (page.page.outcome === 'ok' || page.page.outcome === 'empty_shell')) results = (await rendered(trial, box, h)) ?? results
      if (page.page.sha256 !== null) evidence.push(page.page.sha256)
      trial.note({ do: 'search', url: page.page.finalUrl, outcome: page.page.outcome, said: { word: h.title.slice(0, 80), readable: results?.readable ?? null, found: results?.readable === true ? results.found : null } })
      seen.push({ ...h, found: results?.readable === true ? results.found : null, results, missing: page.page.outcome === 'not_found', ms: page.ms })
      // A wall or a dead server will not be there for the next word only.
      if (page.page.outcome !== 'ok' && page.page.outcome !== 'not_found' && page.page.outcome !== 'empty_shell') break
    }
    const readable = seen.flatMap((s) => (s.results?.readable === true ? [s.results] : []))
    // Missing each time it was asked, and at least twice.
    const missing = seen.length >= 2 && seen.every((s) => s.missing)
    const value: Value = {
      ...base,
      works: readable.length > 0 ? true : missing ? false : null,
      grouped: readable.some((r) => r.grouped === true) ? true : readable.some((r) => r.grouped === false) ? false : null,
      serves: readable.some((r) => r.serves === true) ? true : null,
      fuzzy: await fuzzy(trial, box, seen.find((s) => s.found === true) ?? null),
      tried: seen.map(({ title, url, found }) => ({ title, url, found })),
      address: box.url,
      ms: seen.reduce<number | null>((a, s) => (s.ms === null ? a : Math.max(a ?? 0, Math.round(s.ms))), null),
      dated: readable.some((r) => r.dated === true) ? true : readable.some((r) => r.dated === false) ? false : null,
      recent: readable.some((r) => r.newest !== null) ? readable.some((r) => r.newest !== null && r.newest >= addDays(dayInChina(trial.now), -31)) : null,
    }
    return { outcome: 'ok', value, evidence }
  },
}

/** The home page was read plain and whole: only then may “none” be said. */
function whole(trial: Trial): boolean {
  const { facts } = trial.home
  return !facts.needsBrowser && facts.verdict === null && facts.textLength >= 200 && facts.links.length >= 10 && !facts.followUps.some((f) => f.why === 'frame' || f.why === 'meta_refresh' || f.why === 'script_redirect')
}

async function locate(trial: Trial): Promise<SearchBox> {
  const recipe = trial.recipe?.search
  if (recipe !== undefined && recipe !== null) return { kind: 'address', url: new URL(recipe.url.replace('{word}', 'HUOSHUI-WORD'), trial.home.url).href.replace('HUOSHUI-WORD', '{word}') }
  const home = findBox(trial.homePage)
  if (home.kind === 'address' || home.kind === 'post') return home
  for (const url of searchPages(trial.homePage)) {
    const page = await trial.open(url)
    // A page that holds a box and little else is no shell.
    const box = page.outcome === 'ok' || page.outcome === 'empty_shell' ? findBox(page) : null
    if (box !== null && (box.kind === 'address' || box.kind === 'post')) return box
    if (page.outcome !== 'not_found') return { kind: 'script' }
  }
  if (home.kind === 'script' && trial.ask.render !== null) {
    const shown = await trial.ask.render({ url: trial.home.url, element: BOX, signal: trial.signal })
    if (shown.outcome === 'ok') {
      const box = findBox(viewPage({ url: shown.url, finalUrl: shown.url, status: 200, outcome: 'ok', bytes: Buffer.from(shown.html), headers: { 'content-type': 'text/html; charset=utf-8' }, sha256: null }, trial.now))
      if (box.kind === 'address' || box.kind === 'post') return box
    }
  }
  return home
}

function pick(trial: Trial): { title: string; url: string }[] {
  const settled = addDays(dayInChina(trial.now), -INDEXED_AFTER)
  const items = [trial.home.facts, ...trial.columns.flatMap((c) => (c.facts === undefined ? [] : [c.facts]))].flatMap((f) => f.items)
    .flatMap((i) => (i.url !== null && i.date !== null && isDay(i.date) && bare(i.title).length >= 8 && isInternal(i.url, trial.home.url) && !/(?:\.{2,}|…)$/.test(i.title) ? [{ title: i.title, url: i.url, date: i.date }] : []))
  const once = [...new Map(items.map((i) => [bare(i.title), i])).values()].sort((a, b) => (a.date < b.date ? 1 : -1))
  const old = once.filter((i) => i.date <= settled)
  return [...old, ...once.filter((i) => i.date > settled)].slice(0, HEADLINES).map(({ title, url }) => ({ title, url }))
}

async function ask(trial: Trial, box: Extract<SearchBox, { url: string }>, word: string): Promise<{ page: PageView; ms: number | null }> {
  const coded = encodeURIComponent(word)
  const request = box.kind === 'post' ? { url: box.url, method: 'POST' as const, body: box.body.replaceAll('{word}', coded) } : { url: box.url.replaceAll('{word}', coded) }
  const reply = await trial.ask.fetch({ ...request, maxBytes: 2_000_000, signal: trial.signal })
  const sha256 = reply.bytes.length === 0 ? null : trial.keep(reply.bytes, { url: request.url, finalUrl: reply.url, status: reply.status, headers: reply.headers })
  return { page: viewPage({ url: request.url, finalUrl: reply.url, status: reply.status, outcome: reply.outcome, bytes: reply.bytes, headers: reply.headers, sha256 }, trial.now, 'listing'), ms: reply.status === null ? null : reply.ms }
}

async function rendered(trial: Trial, box: Extract<SearchBox, { url: string }>, h: { title: string; url: string }): Promise<Results | null> {
  if (trial.ask.render === null || box.kind !== 'address') return null
  const url = box.url.replaceAll('{word}', encodeURIComponent(h.title))
  const shown = await trial.ask.render({ url, element: trial.recipe?.search?.results ?? RESULTS, signal: trial.signal })
  if (shown.outcome !== 'ok') return null
  const page = viewPage({ url, finalUrl: shown.url, status: shown.status, outcome: 'ok', bytes: Buffer.from(shown.html), headers: { 'content-type': 'text/html; charset=utf-8' }, sha256: null }, trial.now, 'listing')
  const results = page.outcome === 'ok' || page.outcome === 'empty_shell' ? readResults(page, h.title, h.url, trial.now, trial.recipe?.search ?? null) : null
  // Results still on their way are not missing ones.
  return shown.settled || results?.found === true ? results : null
}

/** 模糊搜索 (B8): the middle of a headline that was found by its whole. */
async function fuzzy(trial: Trial, box: Extract<SearchBox, { url: string }>, found: { title: string; url: string } | null): Promise<boolean | null> {
  if (found === null || found.title.length < 10) return null
  const { page } = await ask(trial, box, found.title.slice(2, 8))
  const results = page.outcome === 'ok' ? readResults(page, found.title, found.url, trial.now, trial.recipe?.search ?? null) : null
  return results?.readable === true ? results.found : null
}
