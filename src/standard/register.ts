import { addDays, dayInChina, daysBetween, type Day } from '../domain/date.ts'
import { KINDS, type Kind } from '../domain/kinds.ts'
import type { Answer } from '../domain/outcome.ts'
import type { Text } from '../domain/text.ts'
import { isMediaCode, isSiteCode, regionOfSiteCode } from './site-code.ts'

/** A channel as the register has it. */
export type Registered = {
  readonly id: number
  readonly kind: Kind
  readonly name: string
  readonly siteCode: string | null
  readonly unit: RegisteredUnit | null
  readonly regionCode: string | null
  readonly filingStatus: string | null
  readonly runningStatus: string | null
  /** Since when it has been suspended (临时下线). */
  readonly suspendedOn?: Day | null
  /** 政府网站工作年度报表, by the year it is about. */
  readonly annualReports?: readonly { readonly year: number; readonly publishedOn: Day | null }[] | null
}

export type RegisteredUnit = {
  readonly id: number
  readonly name: string
  /** 1 province, 2 city, 3 county, 4 township. */
  readonly level: 1 | 2 | 3 | 4 | null
}

/** What the register itself shows to be against a rule; `channels` are those concerned. */
export type RegisterFinding = {
  readonly rule: RegisterRule
  readonly answer: Exclude<Answer, 'met'>
  readonly channels: readonly number[]
  readonly what: Text
  readonly document: Text
}

export type RegisterRule = 'one_account' | 'one_site' | 'township_site' | 'county_department_site' | 'site_name' | 'site_code' | 'site_code_region' | 'site_code_twice' | 'media_code' | 'unfiled' | 'suspended_long' | 'annual_report'

const DOC_47: Text = { zh: '国办发〔2017〕47号《政府网站发展指引》', en: 'State Council General Office [2017] No. 47, guidelines for government websites' }
const DOC_123: Text = { zh: '国办发〔2018〕123号', en: 'State Council General Office [2018] No. 123' }
const DOC_12: Text = { zh: '国办函〔2018〕12号', en: 'State Council General Office Letter [2018] No. 12' }

/** Days for which a site may be offline by approval (once a year). */
export const SUSPENSION_DAYS = 30
const SEVERAL: ReadonlySet<Kind> = new Set<Kind>(['feed', 'app', 'mini_program', 'other'])
const live = (c: Registered): boolean => c.runningStatus !== 'closed' && c.runningStatus !== 'cancelled'

/** Applies the rules on the register to its live channels, at a moment. Order of the channels does not matter. */
export function checkRegister(all: readonly Registered[], now: Date): readonly RegisterFinding[] {
  const channels = all.filter(live).sort((a, b) => a.id - b.id)
  return [...doubles(channels), ...channels.flatMap((c) => ofOne(c, now))]
}

function doubles(channels: readonly Registered[]): RegisterFinding[] {
  const groups = group(channels.filter((c) => c.unit !== null && KINDS[c.kind].group !== 'wechat_group' && KINDS[c.kind].group !== 'qq_group' && KINDS[c.kind].group !== 'other_group' && !SEVERAL.has(c.kind)), (c) => `${c.unit?.id}\n${c.kind}`)
  const codes = group(channels.filter((c) => c.siteCode !== null && c.siteCode !== ''), (c) => `${c.kind === 'website'}\n${c.siteCode?.trim().toLowerCase()}`)
  return [
    ...groups.map((g): RegisterFinding => {
      const site = g[0]?.kind === 'website'
      const [unit, kind] = [g[0]?.unit?.name ?? '', g[0] === undefined ? { zh: '', en: '' } : KINDS[g[0].kind].name]
      return {
        rule: site ? 'one_site' : 'one_account', answer: 'violated', channels: g.map((c) => c.id), document: site ? DOC_47 : DOC_123,
        what: { zh: `${unit}开设了${g.length}个${kind.zh}`, en: `${unit} has ${g.length} of ${kind.en}` },
      }
    }),
    ...codes.map((g): RegisterFinding => ({
      rule: 'site_code_twice', answer: 'violated', channels: g.map((c) => c.id), document: DOC_47,
      what: { zh: `标识码${g[0]?.siteCode}重复登记`, en: `code ${g[0]?.siteCode} is registered more than once` },
    })),
  ]
}

function group(channels: readonly Registered[], key: (c: Registered) => string): Registered[][] {
  const by = new Map<string, Registered[]>()
  for (const c of channels) by.set(key(c), [...(by.get(key(c)) ?? []), c])
  return [...by.values()].filter((g) => g.length > 1)
}

function ofOne(c: Registered, now: Date): RegisterFinding[] {
  const found: RegisterFinding[] = []
  const say = (rule: RegisterRule, document: Text, zh: string, en: string, answer: RegisterFinding['answer'] = 'violated'): void => {
    found.push({ rule, answer, channels: [c.id], what: { zh, en }, document })
  }
  if (c.kind === 'website') site(c, now, say)
  else if (c.siteCode !== null && c.siteCode !== '' && !isMediaCode(c.siteCode)) say('media_code', DOC_123, `新媒体标识码“${c.siteCode}”不是16位`, `media code ${c.siteCode} is not of 16 characters`)
  if (c.filingStatus === 'unfiled') say('unfiled', DOC_123, '未备案', 'not filed')
  return found
}

type Say = (rule: RegisterRule, document: Text, zh: string, en: string, answer?: RegisterFinding['answer']) => void

function site(c: Registered, now: Date, say: Say): void {
  if (c.unit !== null) {
    const level = c.unit.level
    if (level === 4 || isTownship(c.unit.name)) say('township_site', DOC_47, '乡镇、街道原则上不开设政府网站', 'townships and subdistricts shall in principle open no site')
    else if (level === 3 && !isGovernment(c.unit.name)) say('county_department_site', DOC_47, '县级政府部门原则上不开设政府网站', 'county departments shall in principle open no site')
    if (!siteNameFits(c.name, c.unit.name)) say('site_name', DOC_47, `网站名称“${c.name}”与主办单位“${c.unit.name}”不符`, `the name ${c.name} does not go with its sponsor ${c.unit.name}`, 'not_observed')
  }
  if (c.siteCode !== null && c.siteCode !== '') {
    const region = regionOfSiteCode(c.siteCode)
    if (!isSiteCode(c.siteCode)) say('site_code', DOC_47, `网站标识码“${c.siteCode}”格式不对`, `site code ${c.siteCode} is malformed`)
    else if (region !== null && c.regionCode !== null && region.slice(0, 2) !== c.regionCode.slice(0, 2)) say('site_code_region', DOC_47, `标识码${c.siteCode}的行政区划与登记地区${c.regionCode}不符`, `code ${c.siteCode} is of another region than ${c.regionCode}`)
    else if (region !== null && c.regionCode !== null && region !== c.regionCode.slice(0, 6)) say('site_code_region', DOC_47, `标识码${c.siteCode}与登记地区${c.regionCode}不同,请核实`, `code ${c.siteCode} and region ${c.regionCode} differ: please verify`, 'not_observed')
  }
  const today = dayInChina(now)
  if (c.runningStatus === 'suspended' && c.suspendedOn !== undefined && c.suspendedOn !== null && daysBetween(c.suspendedOn, today) > SUSPENSION_DAYS) {
    say('suspended_long', DOC_47, `临时下线已超过${SUSPENSION_DAYS}天`, `offline for more than ${SUSPENSION_DAYS} days`)
  }
  const report = annualReport(c.annualReports ?? null, now)
  if (report.answer === 'violated') say('annual_report', DOC_12, `${report.year}年政府网站工作年度报表未按期于${report.due}前公开`, `the annual report of ${report.year} was not published by ${report.due}`)
}

/** The report on the year before is due by 31 January; until that day has passed, the one before it is asked for. */
export function annualReport(reports: Registered['annualReports'], now: Date): { readonly answer: Answer; readonly year: number; readonly due: Day } {
  const today = dayInChina(now)
  const thisYear = Number(today.slice(0, 4))
  const year = today > `${thisYear}-01-31` ? thisYear - 1 : thisYear - 2
  const due = `${year + 1}-01-31`
  if (reports === null || reports === undefined) return { answer: 'not_observed', year, due }
  const report = reports.find((r) => r.year === year)
  return { answer: report?.publishedOn !== null && report?.publishedOn !== undefined && report.publishedOn <= due ? 'met' : 'violated', year, due }
}

/** The day on which a suspension that began then must end. */
export const suspensionEnds = (from: Day): Day => addDays(from, SUSPENSION_DAYS)

const isGovernment = (name: string): boolean => /人民政府(?:办公[厅室])?$/.test(name) || /(?:管理委员会|管委会)$/.test(name)
const isTownship = (name: string): boolean => /(?:镇|乡|街道)(?:人民政府|办事处)$/.test(name)

/** A site is named after its area or department: the names share their body once the usual endings are taken off. */
export function siteNameFits(site: string, unit: string): boolean {
  const body = (s: string): string => s.normalize('NFKC').replace(/\s+/g, '').replace(/(?:门户网站|政府网站|官方网站|网站|网)$/, '').replace(/(?:人民政府|政府)(?:办公[厅室])?$/, '').replace(/^中国(?=.)/, '')
  const [a, b] = [body(site), body(unit)]
  return a !== '' && b !== '' && (a.includes(b) || b.includes(a))
}
