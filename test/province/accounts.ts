import { addDays } from '../../src/domain/date.ts'
import type { Day } from '../../src/domain/date.ts'
import type { Kind } from '../../src/domain/kinds.ts'
import { KINDS, KIND_IDS, isGroupKind } from '../../src/domain/kinds.ts'
import { between, digits, hash, hex } from './random.ts'
import { seenRows, wechatAddress } from './seen.ts'
import type { Trap } from './traps.ts'
import type { FeedSpec, Organisation, ProvinceChannel, Statement, Truth } from './types.ts'

type State = 'fresh' | 'late' | 'zombie' | 'old_statement' | 'no_statement' | 'service'

/** The states that the accounts of a kind take in turn. */
function statesOf(kind: Kind): readonly State[] {
  if (isGroupKind(kind)) return ['fresh', 'zombie', 'old_statement', 'no_statement', 'zombie']
  if (kind === 'app' || kind === 'mini_program') return ['fresh', 'service', 'no_statement', 'service']
  if (kind === 'wechat_official') return ['fresh', 'late', 'zombie', 'old_statement', 'no_statement', 'service', 'service', 'fresh']
  return ['fresh', 'late', 'zombie', 'old_statement', 'no_statement']
}

function statementOf(kind: Kind, state: State, n: string, base: Day): Statement | null {
  if (state === 'no_statement') return null
  if (state === 'old_statement') {
    const statedOn = addDays(base, -between(35, 90, n, 'stated'))
    return { statedOn, newest: addDays(statedOn, -between(0, 200, n, 'newest')) }
  }
  const statedOn = addDays(base, -between(0, 3, n, 'stated'))
  const age = state === 'fresh' ? (isGroupKind(kind) ? between(0, 40, n, 'age') : between(0, 3, n, 'age')) : state === 'late' ? between(22, 70, n, 'age') : between(105, 600, n, 'age')
  return { statedOn, newest: addDays(statedOn, -age) }
}

/** Both of a pair are fresh; the second published two days before the first, so it is the one to be merged. */
function twin(n: string, base: Day): Statement {
  return { statedOn: addDays(base, -1), newest: addDays(base, n.endsWith('-twice-b') ? -4 : -2) }
}

const SUFFIX: Partial<Record<Kind, string>> = { app: '通', mini_program: '办事', wechat_group: '工作群', qq_group: '工作群', dingtalk_group: '工作群', wecom_group: '工作群', wechat_channels: '视频号' }

/** An address or account id of the form that the platform has; the digits are made up. */
export function accountAddress(kind: Kind, n: string, name: string): string {
  switch (kind) {
    case 'wechat_official': return hash(n) % 2 === 0 ? `gh_${hex(12, n)}` : `jx_${hex(8, n)}`
    case 'weibo': return hash(n) % 2 === 0 ? `https://weibo.com/u/${digits(10, n)}` : `https://m.weibo.cn/u/${digits(10, n)}`
    case 'douyin': return `https://www.douyin.com/user/MS4wLjABAAAA${hex(40, n)}`
    case 'toutiao': return `https://www.toutiao.com/c/user/token/MS4wLjABAAAA${hex(32, n)}/`
    case 'kuaishou': return `https://www.kuaishou.com/profile/3x${hex(13, n)}`
    case 'app': return hash(n) % 2 === 0 ? `cn.gov.jx.sample${hex(6, n)}` : `https://apps.apple.com/cn/app/id${digits(10, n)}`
    case 'mini_program': return `wx${hex(16, n)}`
    case 'zhihu': return `https://www.zhihu.com/org/jx-${hex(8, n)}`
    case 'xiaohongshu': return `https://www.xiaohongshu.com/user/profile/${hex(24, n)}`
    case 'bilibili': return `https://space.bilibili.com/${digits(9, n)}`
    case 'alipay_life': return `2021${digits(12, n)}`
    case 'baijia': return `https://author.baidu.com/home/${digits(16, n)}`
    case 'netease': return `https://www.163.com/dy/media/T${digits(13, n)}.html`
    case 'sohu': return `https://mp.sohu.com/profile?xpt=${hex(24, n)}`
    case 'pengpai': return `https://www.thepaper.cn/user_${digits(7, n)}`
    default: return name
  }
}

const TRAP_OF: Readonly<Record<State, Trap>> = { fresh: 'attested', late: 'attested', zombie: 'attested', old_statement: 'attestation_old', no_statement: 'not_attested', service: 'service_account' }

/** Every account and group: each kind in each of its states, no unit twice on a platform but for the planned duplicates. */
export function accountsOf(organisations: readonly Organisation[], seed: number, base: Day, truth: Truth): readonly ProvinceChannel[] {
  const out: ProvinceChannel[] = []
  const kinds = KIND_IDS.filter((k) => k !== 'website' && k !== 'feed')
  const add = (kind: Kind, organisation: Organisation, state: State, n: string, duplicateOf: string | null): void => {
    const name = `${organisation.name.replace(/人民政府$/, '发布')}${SUFFIX[kind] ?? ''}${duplicateOf !== null && n.endsWith('b') ? '资讯' : ''}`
    const group = isGroupKind(kind)
    out.push({
      id: n, kind, name, organisation, sponsor: organisation.name, region: organisation.region.code, address: accountAddress(kind, `${seed}-${n}`, name),
      code: group ? '' : digits(16, seed, n, 'code'),
      traps: [...(group ? ['group_use' as const] : []), TRAP_OF[state], ...(duplicateOf === null ? [] : ['duplicate' as const])],
      site: null, feed: null, statement: duplicateOf === null ? statementOf(kind, state, n, base) : twin(n, base), service: state === 'service', duplicateOf, lesser: n.endsWith('-twice-b'),
      members: group ? between(8, 480, seed, n, 'members') : null, openedOn: addDays(base, -between(400, 3000, seed, n, 'opened')),
      filing: hash(seed, n, 'filing') % 5 === 0 ? '未备案' : '已备案', truth,
    })
  }
  kinds.forEach((kind, k) => {
    statesOf(kind).forEach((state, j) => {
      const organisation = organisations[(k * 5 + j * 13) % organisations.length]
      if (organisation !== undefined) add(kind, organisation, state, `a-${kind}-${j + 1}`, null)
    })
  })
  const twice = ['wechat_official', 'weibo', 'douyin'] as const
  twice.forEach((kind, i) => {
    const organisation = organisations.find((o, at) => at > 40 + i * 6 && !out.some((c) => c.kind === kind && c.organisation.id === o.id))
    if (organisation === undefined) return
    add(kind, organisation, 'fresh', `a-${kind}-twice-a`, `twice-${kind}`)
    add(kind, organisation, 'fresh', `a-${kind}-twice-b`, `twice-${kind}`)
  })
  for (const { kind, id, trap, seen } of seenRows(base)) {
    // One account of a unit on a platform: the first unit, counted from the middle, that has none.
    const organisation = [...organisations.slice(50), ...organisations.slice(0, 50)].find((o) => !out.some((c) => c.kind === kind && c.organisation.id === o.id))
    if (organisation === undefined) continue
    const name = `${organisation.name.replace(/人民政府$/, '发布')}${SUFFIX[kind] ?? ''}`
    const address = kind === 'wechat_official' ? wechatAddress(seen, `${seed}-${id}`) : kind === 'app' ? `https://apps.apple.com/cn/app/id${digits(10, seed, id)}` : accountAddress(kind, `${seed}-${id}`, name)
    out.push({
      id, kind, name, organisation, sponsor: organisation.name, region: organisation.region.code, address, code: digits(16, seed, id, 'code'), traps: [trap],
      site: null, feed: null, statement: null, seen, service: false, duplicateOf: null, lesser: false, members: null,
      openedOn: addDays(base, -between(400, 3000, seed, id, 'opened')), filing: '已备案', truth,
    })
  }
  return out
}

const FEEDS: readonly (readonly [FeedSpec['format'], FeedSpec['mode'], age: number, live: boolean, trap: Trap])[] = [
  ['rss', 'ok', 1, true, 'healthy'],
  ['atom', 'ok', 31, false, 'stale'],
  ['json', 'ok', 0, true, 'healthy'],
  ['rss', 'build_date', 150, false, 'feed_build_date'],
  ['atom', 'build_date', 40, false, 'feed_build_date'],
  ['rdf', 'ok', 200, false, 'stale'],
  ['rss', 'undated', 30, false, 'feed_undated'],
  ['json', 'undated', 300, false, 'feed_undated'],
  ['rss', 'html', 120, false, 'feed_html'],
  ['atom', 'html', 2, true, 'feed_html'],
]

export function feedsOf(organisations: readonly Organisation[], seed: number, base: Day, truth: Truth): readonly ProvinceChannel[] {
  return FEEDS.flatMap(([format, mode, age, live, trap], i): ProvinceChannel[] => {
    const organisation = organisations[(i * 9 + 4) % organisations.length]
    if (organisation === undefined) return []
    const id = `f${String(i + 1).padStart(2, '0')}`
    const host = `127.60.1.${10 + i}`
    const anchor = addDays(base, -age)
    const stream = { key: `${seed}-${id}/all/feed`, anchor, gap: 3, past: 20, next: live ? { first: addDays(anchor, 3), period: 3 } : null, extras: [] }
    return [{
      id, kind: 'feed', name: `${organisation.name}${KINDS.feed.name.zh}`, organisation, sponsor: organisation.name, region: organisation.region.code, address: `http://${host}/feed`,
      code: '', traps: [trap], site: null, feed: { host, format, mode, stream, base, title: `${organisation.name}信息发布` }, statement: null, service: false, duplicateOf: null, lesser: false,
      members: null, openedOn: addDays(base, -900), filing: '已备案', truth,
    }]
  })
}
