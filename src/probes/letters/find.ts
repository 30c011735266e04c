import { isInternal } from '../links/collect.ts'
import { drawnByScript, viewPage } from '../page.ts'
import type { PageView } from '../page.ts'
import type { RecipeMailbox } from '../recipes/schema.ts'
import { linksOf } from '../text.ts'
import type { Trial } from '../types.ts'
import { entriesOf } from './entries.ts'
import { readLetters } from './list.ts'
import type { Row } from './list.ts'

const LIST = /(?:来信|信件|留言|回复|答复|咨询|诉求|问答|办理|网民)(?:公开|公示|选登|选编|查询|展示|列表|情况|反馈|结果|摘登|回音)|公开(?:信件|留言|来信)|(?:信箱|留言)(?:列表|公开)|(?:更多|全部)(?:来信|信件|留言)/
const MOST_PAGES = 12
const MOST_LIST_PAGES = 4

export type Found = {
  readonly rows: readonly Row[]
  readonly pages: readonly PageView[]
  /** The list was read to its end. */
  readonly toTheEnd: boolean
  /** Every page on the way was read plain: none hid behind a wall, a script or a failure. */
  readonly clear: boolean
  readonly looked: readonly PageView[]
}

/** Finds the public list of letters: in the interaction columns, behind the entries, one step further by its name. */
export async function findList(trial: Trial): Promise<Found> {
  const recipe = trial.recipe?.mailbox ?? null
  const looked: PageView[] = []
  let clear = true
  const written = await entriesOf(trial)
  const entries = new Set(written.filter((e) => !LIST.test(e.text)).map((e) => e.url))
  const starts = recipe?.url !== undefined && recipe.url !== null
    ? [new URL(recipe.url, trial.home.url).href]
    : [...trial.columns.filter((c) => c.class === 'interaction').map((c) => c.url), ...written.map((e) => e.url), ...named(trial.homePage, trial)]
  const queue = [...new Set(starts)].filter((u) => isInternal(u, trial.home.url))
  const seen = new Set<string>(queue)
  if (queue.length === 0) clear = false
  for (let i = 0; i < queue.length && i < MOST_PAGES && trial.left() > 10; i++) {
    const url = queue[i]
    if (url === undefined) break
    const column = trial.columns.find((c) => c.url === url)
    const behind = recipe !== null && recipe.clicks.length > 0 ? await clicked(trial, url, recipe) : null
    if (behind?.settled === false) clear = false
    const page = behind?.page ?? (column === undefined ? await trial.open(url) : await trial.column(column))
    looked.push(page)
    if (page.outcome !== 'ok') {
      // An entry for writing that is not there, twice, hides no list; one that is named as the list might.
      if (!entries.has(url) || page.outcome !== 'not_found' || !(await isMissing(trial, url))) clear = false
      continue
    }
    if (drawnByScript(page) || page.facts.followUps.some((f) => f.why !== 'next_page')) clear = false
    const rows = readLetters(page, trial.now, recipe)
    if (rows.length > 0) return { ...(await onward(trial, page, rows, recipe)), clear, looked }
    for (const next of named(page, trial)) {
      if (seen.has(next)) continue
      seen.add(next)
      // Nearest in meaning first.
      queue.splice(i + 1, 0, next)
    }
  }
  return { rows: [], pages: [], toTheEnd: false, clear: clear && queue.length <= MOST_PAGES, looked }
}

async function isMissing(trial: Trial, url: string): Promise<boolean> {
  const again = await trial.ask.fetch({ url, signal: trial.signal })
  return again.status === 404 || again.status === 410
}

/** The list behind the clicks that a recipe names; as the page stands plain, and so not clicked, where there is no browser. */
async function clicked(trial: Trial, url: string, recipe: RecipeMailbox): Promise<{ page: PageView; settled: boolean }> {
  const shown = await trial.ask.render?.({ url, clicks: recipe.clicks, element: recipe.rows, signal: trial.signal })
  if (shown === undefined) return { page: await trial.open(url), settled: false }
  const bytes = Buffer.from(shown.html)
  const headers = { 'content-type': 'text/html; charset=utf-8' }
  const sha256 = bytes.length === 0 ? null : trial.keep(bytes, { url, finalUrl: shown.url, status: shown.status, headers: { ...headers, 'x-huoshui-rendered': '1' } })
  return { page: viewPage({ url, finalUrl: shown.url, status: shown.status, outcome: shown.outcome, bytes, headers, sha256 }, trial.now, 'listing'), settled: shown.settled }
}

function named(page: PageView, trial: Trial): readonly string[] {
  return linksOf(page.dom, page.finalUrl).filter((l) => l.text.length <= 20 && LIST.test(l.text) && isInternal(l.url, trial.home.url)).map((l) => l.url).slice(0, 5)
}

async function onward(trial: Trial, first: PageView, rows: readonly Row[], recipe: RecipeMailbox | null): Promise<{ rows: readonly Row[]; pages: readonly PageView[]; toTheEnd: boolean }> {
  const all = [...rows]
  const pages = [first]
  const visited = new Set([first.finalUrl])
  let page = first
  for (;;) {
    const next = page.facts.followUps.find((f) => f.why === 'next_page' && f.method === 'GET')?.url
    // Pages turned by script leave the end unseen.
    if (next === undefined) return { rows: all, pages, toTheEnd: !page.lines.some((l) => /下一?页|尾页|共\s*\d+\s*页/.test(l)) || /共\s*1\s*页/.test(page.lines.join(' ')) }
    if (visited.has(next)) return { rows: all, pages, toTheEnd: true }
    if (pages.length >= MOST_LIST_PAGES || trial.left() <= 10 || !isInternal(next, trial.home.url)) return { rows: all, pages, toTheEnd: false }
    visited.add(next)
    page = await trial.open(next)
    if (page.outcome !== 'ok') return { rows: all, pages, toTheEnd: false }
    const more = readLetters(page, trial.now, recipe)
    if (more.length === 0) return { rows: all, pages, toTheEnd: false }
    pages.push(page)
    all.push(...more)
  }
}
