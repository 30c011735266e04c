import { addDays, addMonths } from '../../src/domain/date.ts'
import type { Day } from '../../src/domain/date.ts'
import type { ColumnClass } from '../../src/domain/page.ts'
import { between } from './random.ts'
import type { Column, ColumnForm, Extra, Stream } from './types.ts'

/**
 * How fresh a site is, column by column, on the base day.
 * - `live`: everything in order, and goes on publishing.
 * - `still:N`: the newest item anywhere is N days old and nothing new comes (15 to 80: W3; 100 and more: quiet for 3 months).
 * - `months3:N`: the newest item's 3 months end N days after the base day.
 * - `columns:N`: N news, notice and policy columns still, one news column live. `blank:N`: N blank columns.
 * - `one`: one news column still. `revive:N`: N days still, publishes again from the day after the base day.
 */
export type Profile =
  | 'live' | 'one' | `still:${number}` | `months3:${number}` | `columns:${number}` | `blank:${number}` | `revive:${number}`

type Plan = readonly [key: string, name: string, cls: ColumnClass, form: ColumnForm]

const NEWS: readonly Plan[] = [
  ['ywdt', '要闻动态', 'news', 'list'],
  ['bmdt', '部门动态', 'news', 'list'],
  ['gzdt', '工作动态', 'news', 'list'],
]
const DOCUMENTS: readonly Plan[] = [
  ['tzgg', '通知公告', 'notice', 'list'],
  ['gsgg', '公示公告', 'notice', 'list'],
  ['zcwj', '政策文件', 'policy', 'list'],
  ['gfxwj', '规范性文件', 'policy', 'list'],
]
const REST: readonly Plan[] = [
  ['zcjd', '政策解读', 'interpretation', 'list'],
  ['tjsj', '统计数据', 'data', 'list'],
  ['rsxx', '人事信息', 'other', 'list'],
  ['ghjh', '规划计划', 'other', 'list'],
  ['czxx', '财政信息', 'other', 'list'],
  ['jyta', '建议提案', 'other', 'list'],
  ['ztzl', '专题专栏', 'topic', 'list'],
]
const STANDING: readonly Plan[] = [
  ['ldxx', '领导信息', 'leaders', 'content'],
  ['jgzn', '机构职能', 'organisation', 'content'],
  ['bsfw', '办事服务', 'service', 'service'],
  ['hdjl', '互动交流', 'interaction', 'interaction'],
]

type Freshness = { readonly anchor: Day; readonly gap: number; readonly next: Stream['next'] }

/** Age in days on the base day and the gap between older items, of a column that is in order. */
function inOrder(site: string, [key, , cls]: Plan, base: Day): Freshness {
  const at = (age: number, gap: number, live: boolean): Freshness => {
    const anchor = addDays(base, -age)
    return { anchor, gap, next: live ? { first: addDays(anchor, gap), period: gap } : null }
  }
  const gap = (low: number, high: number): number => between(low, high, site, key, 'gap')
  const age = (low: number, high: number): number => between(low, high, site, key, 'age')
  if (cls === 'news') { const g = gap(1, 4); return at(Math.min(age(0, 3), g - 1), g, true) }
  if (cls === 'notice') { const g = gap(8, 20); return at(age(1, 7), g, true) }
  if (cls === 'policy') { const g = gap(25, 40); return at(age(3, 24), g, true) }
  return at(age(12, 160), gap(15, 60), false)
}

/** A column that stopped `age` days before the base day. */
function stopped(site: string, [key, , cls]: Plan, base: Day, age: number): Freshness {
  const [low, high] = cls === 'news' ? [1, 5] : cls === 'notice' ? [8, 20] : [20, 60]
  return { anchor: addDays(base, -age), gap: between(low ?? 1, high ?? 5, site, key, 'gap'), next: null }
}

function plans(site: string, profile: Profile): readonly Plan[] {
  if (profile.startsWith('columns:')) return [...NEWS, ...DOCUMENTS, ...REST.slice(0, 2), ...STANDING]
  if (profile.startsWith('blank:')) {
    const blanks = Number(profile.slice(6))
    return [...NEWS.slice(0, 2), ...DOCUMENTS.slice(0, 1), ...DOCUMENTS.slice(2, 3), ...REST.slice(0, 2), ...blankPlans(blanks), ...STANDING]
  }
  const many = between(2, 5, site, 'columns')
  return [...NEWS.slice(0, 2 + (many % 2)), ...DOCUMENTS.slice(0, 1), ...DOCUMENTS.slice(2, 3), ...REST.slice(0, many), ...STANDING]
}

function blankPlans(count: number): readonly Plan[] {
  return [...REST.slice(2), ['yjgl', '应急管理', 'other', 'list'] as const].slice(0, count).map(([k, n, c]) => [k, n, c, 'blank'] as const)
}

function freshness(site: string, profile: Profile, plan: Plan, index: number, base: Day): Freshness {
  const [kind, given] = profile.split(':')
  const n = Number(given ?? 0)
  const [key, , cls] = plan
  const lag = index === 0 ? 0 : cls === 'news' ? between(1, 9, site, key, 'lag') : between(10, 200, site, key, 'lag')
  if (kind === 'still') return stopped(site, plan, base, n + lag)
  if (kind === 'months3') {
    const limit = addDays(base, n)
    // The newest day whose three months end on `limit`; the month's end clamps, so count down from the plain answer.
    let anchor = addMonths(limit, -3)
    while (addMonths(anchor, 3) > limit) anchor = addDays(anchor, -1)
    return { ...stopped(site, plan, base, 0), anchor: addDays(anchor, -lag) }
  }
  if (kind === 'revive') {
    const still = stopped(site, plan, base, n + lag)
    return index === 0 ? { ...still, next: { first: addDays(base, 1), period: 1 } } : still
  }
  if (kind === 'columns') {
    // Which columns stop: from the second on, policy and notice long enough ago for their six months.
    const order = ['bmdt', 'gzdt', 'tzgg', 'zcwj', 'gfxwj', 'gsgg']
    if (order.indexOf(key) >= 0 && order.indexOf(key) < n) return stopped(site, plan, base, cls === 'news' ? between(25, 90, site, key, 'age') : between(200, 400, site, key, 'age'))
  }
  if (kind === 'one' && key === 'bmdt') return stopped(site, plan, base, between(25, 70, site, key, 'age'))
  return inOrder(site, plan, base)
}

/** The columns of a site, in the order of its navigation. `extras` go into the columns they name by key. */
export function columnsOf(site: string, profile: Profile, base: Day, extras: Readonly<Record<string, readonly Extra[]>> = {}): readonly Column[] {
  return plans(site, profile).map((plan, index): Column => {
    const [key, name, cls, form] = plan
    const f = form === 'list' ? freshness(site, profile, plan, index, base) : null
    return {
      key, name, class: cls, form, number: 1000 + index,
      onHome: form === 'list' && ['ywdt', 'bmdt', 'tzgg', 'zcwj'].includes(key),
      stream: f === null ? null : { key: `${site}/${key}/${cls}`, ...f, past: between(26, 90, site, key, 'past'), extras: extras[key] ?? [] },
    }
  })
}
