import { HuoshuiError } from '../domain/error.ts'
import type { Text } from '../domain/text.ts'
import type { Edition } from './edition.ts'
import { edition } from './editions/index.ts'
import type { Indicator, Need, Param, Question } from './indicator.ts'

/** An indicator as `standard list --json` prints it: figures are numbers, `cap` in points. */
export type IndicatorRow = {
  readonly id: string
  readonly part: Indicator['part']
  readonly group: Text
  readonly item: Text
  readonly clause: Text
  readonly document: Text
  /** Points; null for vetoes. */
  readonly cap: number | null
  readonly applies_to: Indicator['appliesTo']
  readonly decided: Indicator['decided']
  readonly needs: readonly Need[]
  readonly sure: Indicator['sure']
  readonly on: boolean
  readonly proposes: Indicator['proposes'] | null
  readonly params: Readonly<Record<string, { readonly value: number | boolean; readonly unit: Param['unit'] | 'points'; readonly text: Text }>>
  /** What a person is asked, where one is. */
  readonly questions: readonly Question[]
}

const named = (of: Edition | string): Edition => (typeof of === 'string' ? edition(of) : of)

/** Every indicator of an edition (gov-2019 unless told otherwise), in the order of its tables. Throws `not_found`. */
export const standardList = (of: Edition | string = 'gov-2019'): readonly IndicatorRow[] => named(of).rules.map(row)

/** One indicator of an edition. Throws `not_found`. */
export function standardShow(id: string, of: Edition | string = 'gov-2019'): IndicatorRow {
  const from = named(of)
  const rule = from.rules.find((r) => r.id.toLowerCase() === id.toLowerCase())
  if (rule === undefined) throw new HuoshuiError('not_found', { zh: `标准“${from.id}”中没有指标“${id}”`, en: `standard ${from.id} has no indicator ${id}` })
  return row(rule)
}

function row(rule: Indicator): IndicatorRow {
  return {
    id: rule.id, part: rule.part, group: rule.group, item: rule.item, clause: rule.clause, document: rule.document,
    cap: rule.capTenths === null ? null : rule.capTenths / 10,
    applies_to: rule.appliesTo, decided: rule.decided, needs: rule.needs, sure: rule.sure, on: rule.off !== true, proposes: rule.proposes ?? null,
    params: Object.fromEntries(Object.entries(rule.params).map(([name, p]) => [name, inPoints(p)])),
    questions: rule.form?.questions ?? [],
  }
}

function inPoints(p: Param): IndicatorRow['params'][string] {
  if (p.unit === 'tenths') return { value: p.value / 10, unit: 'points', text: p.text }
  return { value: p.unit === 'flag' ? p.value === 1 : p.value, unit: p.unit, text: p.text }
}
