import { addDays } from '../../../src/domain/date.ts'
import type { Day } from '../../../src/domain/date.ts'
import { hash, pick } from '../random.ts'
import type { Trap } from '../traps.ts'
import type { Site } from '../types.ts'
import type { CertificateName } from './certificates.ts'

/** How a function of a site is: it works, it does not, it takes its time, something bars the way, or it is not there. */
export type FunctionState = 'working' | 'broken' | 'slow' | 'walled' | 'absent'
const STATES: readonly FunctionState[] = ['working', 'broken', 'slow', 'walled', 'absent']

export type FunctionPlan = {
  readonly search: FunctionState
  readonly letters: FunctionState
  readonly guides: FunctionState
  readonly brokenFile: boolean
  readonly brokenLink: boolean
  /** 局长信箱: one entry among several. */
  readonly mailbox: FunctionState
  /** An archive and a file that take their time, or that something bars the way to: neither is broken. */
  readonly slowLink: boolean
  readonly walledLink: boolean
  /** HTTPS on the same port: with a certificate that lasts, ends soon or has ended; none. */
  readonly tls: CertificateName | null
  /** Injected by somebody: hidden links to gambling; or what only looks like it: one hidden counter, a headline that warns. */
  readonly hijack: 'clean' | 'injected' | 'decoy'
  /** Looks of a week's watch, of a hundred, at which the home page is a server error. */
  readonly downPercent: number
}

/** Sites whose home page cannot be read plain have all their functions in order: what is asked there is something else. */
const HARD: readonly Trap[] = [
  'js_list', 'jpage_cdata', 'jpage_proxy', 'json_list', 'buildstatic', 'frameset', 'meta_refresh', 'script_redirect', 'home_undated', 'nav_only_home', 'undated_list', 'cookie_302', 'slow', 'transient_404',
]

/** A pure function of the site. */
export function functionsOf(site: Site): FunctionPlan {
  const index = site.seed % 1000
  const hard = site.traps.some((t) => HARD.includes(t))
  const state = (shift: number): FunctionState => (hard ? 'working' : (STATES[(index + shift * Math.floor(index / 5) + shift) % 5] ?? 'working'))
  // The portals, which the indicators are held against, have these in order.
  const calm = hard || site.organisation.name.endsWith('人民政府')
  return {
    search: state(0), letters: state(1), guides: state(2), brokenFile: !hard && index % 3 === 0, brokenLink: !hard && index % 4 === 1,
    mailbox: calm ? 'working' : (STATES[hash(site.id, 'mailbox') % 5] ?? 'working'),
    slowLink: index % 7 === 2, walledLink: index % 5 === 1,
    tls: TLS[index % TLS.length] ?? null,
    hijack: calm ? 'clean' : (HIJACKS[hash(site.id, 'hijack') % HIJACKS.length] ?? 'clean'),
    downPercent: DOWN[index % DOWN.length] ?? 0,
  }
}

const TLS = [null, 'long', null, 'soon', null, null, 'over'] as const
const HIJACKS = ['clean', 'injected', 'clean', 'decoy', 'clean'] as const
/** 5 of a hundred and more is a finding (W2). */
const DOWN = [0, 12, 0, 1, 30, 0] as const

export type Letter = { readonly path: string; readonly title: string; readonly unit: string; readonly askedOn: Day; readonly answeredOn: Day | null }

const TOPICS = ['路灯损坏何时修复', '医保异地备案怎么办理', '小区物业收费是否合理', '学校门口交通拥堵', '农田灌溉用水困难', '老旧小区加装电梯', '公交线路调整建议', '夜间施工噪声扰民', '不动产证办理进度', '垃圾清运不及时']

/** The public letters: in order, all answered within days but the two newest; broken, two stand since more than three months. */
export function lettersOf(site: Site): readonly Letter[] {
  const forgotten = functionsOf(site).letters === 'broken' ? [3, 7] : []
  return TOPICS.map((topic, i) => {
    const askedOn = addDays(site.base, -2 - i * 40)
    const open = i === 0 || forgotten.includes(i)
    return { path: `/hdjl/letter_${i}.html`, title: `${site.organisation.region.name}${topic}`, unit: pick(['办公室', '政策法规科', '行政审批科'], site.id, i), askedOn, answeredOn: open ? null : addDays(askedOn, 3 + (i % 4)) }
  })
}

export const GUIDES = ['居住证办理', '教师资格认定', '建设工程施工许可', '食品经营许可', '城乡居民基本医疗保险参保登记', '不动产登记查询']
/** Guides that lack five of the ten elements, where the guides are broken. */
export const POOR = [0, 1, 2, 3, 4]
