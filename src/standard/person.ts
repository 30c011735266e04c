import { z } from 'zod'
import { dayInChina, daysBetween, isDay, type Day } from '../domain/date.ts'
import { HuoshuiError } from '../domain/error.ts'
import type { Text } from '../domain/text.ts'
import type { Form, Indicator } from './indicator.ts'

/** What a person found when looking for one indicator: signed by who looked and when, with evidence. */
export type PersonFinding = {
  readonly indicator: string
  /** Who looked. */
  readonly by: string
  readonly at: Date
  /** The day for which it holds: the monitoring point. */
  readonly on: Day
  /** Answers to the questions of the form: yes/no or a count. A question left out was not looked at. */
  readonly value: Readonly<Record<string, boolean | number>>
  /** Where, and what is wrong there. */
  readonly places?: readonly { readonly question: string; readonly url?: string | undefined; readonly note: string }[] | undefined
  readonly evidence: readonly string[]
  readonly note?: string | undefined
}

/** The largest count where the form names none. */
const MOST_COUNTED = 10_000

/** Days for which a signed finding stands (our own choice: a quarter, the interval of the spot checks). */
export const FINDING_STANDS_DAYS = 92

/** The schema of a finding, made from the questions that the indicator's form asks. */
export function findingSchema(form: Form): z.ZodType<Omit<PersonFinding, 'indicator'>> {
  const answers = Object.fromEntries(form.questions.map((q) => [q.key, (q.type === 'yes_no' ? z.boolean() : z.number().int().min(0).max(q.most ?? MOST_COUNTED)).optional()]))
  const keys = form.questions.map((q) => q.key)
  const value = z.strictObject(answers).refine((v) => Object.values(v).some((x) => x !== undefined), 'at least one question must be answered')
  return z.strictObject({
    by: z.string().trim().min(1),
    at: z.coerce.date(),
    on: z.string().refine(isDay, 'a day YYYY-MM-DD'),
    value: value as unknown as z.ZodType<Record<string, boolean | number>>,
    places: z.array(z.strictObject({ question: z.enum(keys), url: z.string().optional(), note: z.string().min(1) })).optional(),
    evidence: z.array(z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256')),
    note: z.string().optional(),
  })
}

/** What the form asks, as whoever fills it in has to know it: `wrong (0–5)`. */
export function formText(form: Form): Text {
  const one = (yes: string, count: string) => form.questions.map((q) => `${q.key}(${q.type === 'yes_no' ? yes : q.most === undefined ? count : `0–${q.most}`})`)
  return { zh: one('true 是/false 否', '0 起的整数').join('、'), en: one('true or false', 'a number from 0').join(', ') }
}

/** Which answers do not fit the questions, in words. */
function misfits(form: Form, value: unknown): readonly Text[] {
  if (value === null || typeof value !== 'object') return []
  const questions = new Map(form.questions.map((q) => [q.key, q]))
  return Object.entries(value).flatMap(([key, v]): Text[] => {
    const q = questions.get(key)
    if (q === undefined) return [{ zh: `没有名为“${key}”的问题`, en: `there is no question ${key}` }]
    if (q.type === 'yes_no') return typeof v === 'boolean' ? [] : [{ zh: `“${key}”应为 true 或 false`, en: `${key} takes true or false` }]
    const most = q.most ?? MOST_COUNTED
    return Number.isInteger(v) && Number(v) >= 0 && Number(v) <= most ? [] : [{ zh: `“${key}”应为 0 至 ${most} 的整数`, en: `${key} takes a whole number from 0 to ${most}` }]
  })
}

/** Takes a finding for an indicator. Throws `bad_input` where no person is asked, or the answers do not fit the form. */
export function parseFinding(indicator: Indicator, input: unknown): PersonFinding {
  if (indicator.form === undefined) {
    throw new HuoshuiError('bad_input', { zh: `指标 ${indicator.id} 由系统判定,无需人工填报`, en: `indicator ${indicator.id} is decided by observations` })
  }
  const given = input !== null && typeof input === 'object' && 'value' in input ? input.value : undefined
  const wrong = misfits(indicator.form, given)
  if (wrong.length > 0) {
    const asked = formText(indicator.form)
    throw new HuoshuiError('bad_input', {
      zh: `填报内容不符合 ${indicator.id} 的要求:${wrong.map((w) => w.zh).join(';')}。该项应答:${asked.zh}`,
      en: `the finding does not fit ${indicator.id}: ${wrong.map((w) => w.en).join('; ')}. It asks: ${asked.en}`,
    })
  }
  const parsed = findingSchema(indicator.form).safeParse(input)
  if (!parsed.success) {
    const what = z.prettifyError(parsed.error)
    throw new HuoshuiError('bad_input', { zh: `填报内容不符合 ${indicator.id} 的要求:${what}`, en: `the finding does not fit ${indicator.id}: ${what}` }, { details: parsed.error.issues })
  }
  return { indicator: indicator.id, ...parsed.data }
}

/** The latest finding that stands for the indicator at `now`. */
export function standing(findings: readonly PersonFinding[] | undefined, indicator: string, now: Date): PersonFinding | null {
  const today = dayInChina(now)
  const mine = (findings ?? []).filter((f) => f.indicator === indicator && f.on <= today && f.at.getTime() <= now.getTime() && daysBetween(f.on, today) <= FINDING_STANDS_DAYS)
  return mine.reduce<PersonFinding | null>((best, f) => (best === null || f.on > best.on || (f.on === best.on && f.at > best.at) ? f : best), null)
}
