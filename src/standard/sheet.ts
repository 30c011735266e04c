import type { Text } from '../domain/text.ts'
import type { CheckRecord } from './check.ts'
import type { Edition } from './edition.ts'
import type { ChannelFacts } from './facts.ts'
import type { Indicator } from './indicator.ts'
import { reasonText } from './reason.ts'
import type { Place, Result } from './result.ts'
import { capOf } from './score.ts'
import { itemTenths } from './scored.ts'

/** A row of the inspection sheet: 一级指标, 二级指标, 评分细则, 问题统计, 单项扣分, 上限分值, 扣分. Points, not tenths. */
export type SheetRow = {
  readonly id: string
  readonly part: Indicator['part']
  readonly group: Text
  readonly item: Text
  readonly clause: Text
  readonly answer: Result['answer']
  /** 问题统计: what was found, in words. */
  readonly problems: Text
  /** 单项扣分: the amounts that make up the deduction; empty for vetoes. */
  readonly single: readonly number[]
  /** 上限分值; null for vetoes. */
  readonly cap: number | null
  /** 扣分 (加分 in the bonus part); null for vetoes and what does not apply. */
  readonly points: number | null
  /** What may yet be deducted (or added) once the unseen is seen. */
  readonly open: number
}

const ANSWERS: Readonly<Record<Result['answer'], Text>> = {
  met: { zh: '未发现问题', en: 'no problem found' },
  violated: { zh: '存在问题', en: 'problem found' },
  not_observed: { zh: '未能核查', en: 'not observed' },
  not_applicable: { zh: '不适用', en: 'not applicable' },
  person: { zh: '待人工核查', en: 'a person has to look' },
}

/** The sheet of one check, a row an indicator. */
export function sheet(record: CheckRecord, edition: Edition, facts: ChannelFacts): readonly SheetRow[] {
  const results = new Map(record.results.map((r) => [r.id, r.result]))
  return edition.rules.flatMap((rule): SheetRow[] => {
    const result = results.get(rule.id)
    if (result === undefined) return []
    const scored = rule.capTenths !== null
    const cap = capOf(rule, facts.channel)
    const applies = result.answer !== 'not_applicable'
    return [{
      id: rule.id, part: rule.part, group: rule.group, item: rule.item, clause: rule.clause, answer: result.answer,
      problems: problems(result),
      single: result.points.map((p) => p.tenths / 10),
      cap: scored ? cap / 10 : null,
      points: scored && applies ? itemTenths(result.points, cap) / 10 : null,
      open: scored && applies ? result.openTenths / 10 : 0,
    }]
  })
}

function problems(result: Result): Text {
  const head = ANSWERS[result.answer]
  const why = result.reason === null || result.answer === 'violated' ? null : reasonText(result.reason)
  const counted = new Map<string, { text: Text; tenths: number; n: number }>()
  for (const p of result.points) {
    const row = counted.get(p.for.zh) ?? { text: p.for, tenths: 0, n: 0 }
    counted.set(p.for.zh, { text: p.for, tenths: row.tenths + p.tenths, n: row.n + 1 })
  }
  const lines = [...counted.values()].map(({ text, tenths, n }) => ({ zh: `${text.zh}:${n}处,${tenths / 10}分`, en: `${text.en}: ${n}, ${tenths / 10} points` }))
  if (lines.length > 0) return { zh: lines.map((l) => l.zh).join(';'), en: lines.map((l) => l.en).join('; ') }
  const bad = result.places.filter((p) => p.answer === 'violated')
  if (result.answer === 'violated' && bad.length > 0) {
    return { zh: `${head.zh}:${bad.map((p) => p.name).join('、')}`, en: `${head.en}: ${bad.map((p) => p.name).join(', ')}` }
  }
  return why === null || why.zh === head.zh ? head : { zh: `${head.zh}(${why.zh})`, en: `${head.en} (${why.en})` }
}

/** A row of the findings list: 序号, 监测时间, 栏目, 问题链接, 问题描述, 快照, 检查标准, 是否整改. */
export type FindingRow = {
  readonly number: number
  readonly at: Date
  readonly column: string
  readonly url: string | null
  readonly problem: Text
  /** SHA-256 of the page or picture that shows it. */
  readonly snapshot: string | null
  readonly standard: string
  readonly clause: Text
  /** 是否整改: filled in by the re-check; null until then. */
  readonly rectified: boolean | null
}

/** Every place at fault in a check, numbered in the order of the standard. A finding without a place is the channel's own. */
export function findings(record: CheckRecord, edition: Edition, facts: ChannelFacts): readonly FindingRow[] {
  const results = new Map(record.results.map((r) => [r.id, r.result]))
  const evidenceOfColumn = new Map(facts.columns.map((c) => [c.id, c.evidence[0] ?? null]))
  const rows = edition.rules.filter((r) => r.part !== 'bonus').flatMap((rule) => {
    const result = results.get(rule.id)
    if (result === undefined || result.answer !== 'violated') return []
    const snapshot = (place: Place | null): string | null => (place?.id === undefined ? null : evidenceOfColumn.get(place.id)) ?? result.evidence[0] ?? null
    const row = (place: Place | null, problem: Text) => ({
      at: record.at, column: place?.name ?? facts.channel.name, url: place?.url ?? facts.channel.address ?? null, problem,
      snapshot: snapshot(place), standard: rule.id, clause: rule.clause, rectified: null,
    })
    if (result.points.length > 0) return result.points.map((p) => row(p.place ?? null, p.place?.note ?? p.for))
    const bad = result.places.filter((p) => p.answer === 'violated')
    return bad.length > 0 ? bad.map((p) => row(p, p.note ?? describe(rule, p.newest, p.daysOver))) : [row(null, describe(rule, result.newest, result.daysOver))]
  })
  return rows.map((r, i) => ({ number: i + 1, ...r }))
}

function describe(rule: Indicator, newest: string | null, over: number | null): Text {
  const last = newest === null ? { zh: '', en: '' } : { zh: `,最近更新${newest}`, en: `, last updated ${newest}` }
  const by = over === null ? { zh: '', en: '' } : { zh: `,超期${over}天`, en: `, ${over} days over` }
  return { zh: `${rule.item.zh}${last.zh}${by.zh}`, en: `${rule.item.en}${last.en}${by.en}` }
}
