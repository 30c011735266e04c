import { z } from 'zod'
import { HuoshuiError } from '../domain/error.ts'
import type { Text } from '../domain/text.ts'
import type { Indicator, Params, Proposal } from './indicator.ts'

/** A version of the standard as it is applied: its indicators with the parameters in force. */
export type Edition = {
  readonly id: string
  readonly name: Text
  readonly document: Text
  /** The edition it derives from; null for gov-2019 itself. */
  readonly base: string | null
  /** Switched on, in the order of the table. */
  readonly rules: readonly Indicator[]
}

const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const change = z.strictObject({
  on: z.boolean().optional(),
  proposes: z.enum(['rectify', 'shut_down', 'merge']).nullable().optional(),
  params: z.record(z.string(), z.number().nonnegative()).optional(),
  title: text.optional(),
  clause: text.optional(),
})

/** The data file of a derived edition: parameters changed, rules switched, rules of its own made from known ones. */
export const editionFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  name: text,
  document: text,
  base: z.string(),
  /** Only these rules of the base; absent, all that are on. */
  only: z.array(z.string()).optional(),
  change: z.record(z.string(), change).default({}),
  /** Rules of its own: decided as the rule named by `like`, under an id, clause and parameters of their own. */
  add: z.array(change.extend({ id: z.string().min(1), like: z.string(), title: text, clause: text, group: text.optional(), part: z.enum(['veto', 'campaign']).optional(), appliesTo: z.array(z.enum(['website', 'portal', 'publishing', 'service', 'app', 'mini_program', 'account', 'group'])).optional() })).default([]),
})
export type EditionFile = z.input<typeof editionFile>

type Change = z.infer<typeof change>

const bad = (zh: string, en: string): HuoshuiError => new HuoshuiError('bad_input', { zh, en })

/**
 * An edition from its data file. Every rule and parameter it names must exist, so that a slip of the pen is an error and
 * not a rule quietly left as it was. Throws `bad_input`.
 */
export function derive(json: unknown, base: Edition, known: ReadonlyMap<string, Indicator>): Edition {
  const parsed = editionFile.safeParse(json)
  if (!parsed.success) throw bad(`版本文件格式不对:${z.prettifyError(parsed.error)}`, `the edition file does not fit: ${z.prettifyError(parsed.error)}`)
  const file = parsed.data
  const find = (id: string): Indicator => {
    const rule = known.get(id)
    if (rule === undefined) throw bad(`版本“${file.id}”提到未知指标“${id}”`, `edition ${file.id} names an unknown rule ${id}`)
    return rule
  }
  const wanted = new Set(file.only ?? base.rules.filter((r) => r.off !== true).map((r) => r.id))
  for (const id of [...wanted, ...Object.keys(file.change)]) find(id)
  for (const [id, c] of Object.entries(file.change)) {
    if (c.on === true) wanted.add(id)
    if (c.on === false) wanted.delete(id)
  }
  const inForce = new Map(base.rules.map((r) => [r.id, r]))
  const rules = [...known.keys()].filter((id) => wanted.has(id)).map((id) => apply(inForce.get(id) ?? find(id), file.change[id] ?? {}))
  const own = file.add.map((a) => {
    if (known.has(a.id)) throw bad(`新增指标“${a.id}”与已有指标重名`, `added rule ${a.id} takes the id of a known one`)
    const like = apply(find(a.like), a)
    const part = a.part ?? like.part
    const scored = part === 'deduction' || part === 'bonus'
    return { ...like, id: a.id, part, capTenths: scored ? like.capTenths : null, group: a.group ?? like.group, appliesTo: a.appliesTo ?? like.appliesTo, document: file.document }
  })
  return { id: file.id, name: file.name, document: file.document, base: base.id, rules: [...rules, ...own] }
}

function apply(rule: Indicator, c: Change): Indicator {
  const { proposes: _, off: _off, ...rest } = rule
  const proposes: Proposal | null | undefined = c.proposes === undefined ? rule.proposes : c.proposes
  return {
    ...rest,
    ...(proposes === null || proposes === undefined ? {} : { proposes }),
    item: c.title ?? rule.item,
    clause: c.clause ?? rule.clause,
    params: withValues(rule, c.params ?? {}),
  }
}

function withValues(rule: Indicator, values: Readonly<Record<string, number>>): Params {
  for (const name of Object.keys(values)) {
    if (!(name in rule.params)) throw bad(`指标 ${rule.id} 没有参数“${name}”`, `rule ${rule.id} has no parameter ${name}`)
  }
  return Object.fromEntries(Object.entries(rule.params).map(([name, p]) => [name, { ...p, value: values[name] ?? p.value }]))
}
