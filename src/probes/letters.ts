import { z } from 'zod'
import { addMonths, dayInChina, isDay } from '../domain/date.ts'
import type { Day } from '../domain/date.ts'
import { isInternal } from './links/collect.ts'
import { readDetail } from './letters/detail.ts'
import { figuresOf } from './letters/figures.ts'
import { findList } from './letters/find.ts'
import type { Row } from './letters/list.ts'
import type { Probe, Trial } from './types.ts'

const told = z.boolean().nullable()
const day = z.string().refine((s): s is Day => isDay(s), 'a day YYYY-MM-DD')
const count = z.number().int().nonnegative()
const letter = z.object({ title: z.string(), url: z.string(), askedOn: day.nullable(), answeredOn: day.nullable(), unit: z.string().nullable(), answer: z.boolean(), answerText: z.string().nullable() })

export const lettersValue = z.object({
  published: told,
  complete: z.boolean(),
  letters: z.array(letter),
  newestOn: day.nullable(),
  statistics: told,
  newestAnswerOn: day.nullable(),
  /** Letters of which it could not be told whether they were answered; they count nowhere. */
  unsure: count,
  figures: z.object({
    answered: count, unanswered: count, median: z.number().nullable(), p90: z.number().nullable(), uncounted: count,
    over15: z.array(z.object({ title: z.string(), url: z.string(), workingDays: count })),
    over3Months: z.array(z.object({ title: z.string(), url: z.string(), askedOn: day })),
  }),
})
type Letter = z.infer<typeof letter>

const DETAILS = 25
const STATISTICS = /(?:受理|收到|办结|答复|回复|来信|留言|信件)[^。\n]{0,14}\d+\s*(?:件|条|封|个)|(?:办结|答复|回复)率\s*[:：]?\s*\d/
const STATISTICS_WORDS = /(?:受理|办理|回复|答复|留言|来信|信件|互动)(?:情况)?(?:反馈)?统计|统计(?:数据|信息|情况)/

/** 留言公开与答复 (W5b, D18): the public list of letters, each as asked and answered, and the days it took. */
export const letters: Probe = {
  id: 'letters',
  serves: ['W5b', 'D18'],
  needs: ['http'],
  budget: { requests: 80, seconds: 150 },
  value: lettersValue,
  faults: ({ published, figures }: z.infer<typeof lettersValue>) => [
    ...(published === false ? [{ key: 'published', what: { zh: '未公开来信及答复', en: 'letters and answers are not published' } }] : []),
    ...figures.over3Months.map((l) => ({ key: l.url, what: { zh: `“${l.title}”自 ${l.askedOn} 起超过3个月未答复`, en: `“${l.title}” of ${l.askedOn} has waited for more than 3 months` } })),
  ],
  async run(trial) {
    const found = await findList(trial)
    const evidence = [...found.pages, ...found.looked].flatMap((p) => (p.sha256 === null ? [] : [p.sha256]))
    const today = dayInChina(trial.now)
    const known: Letter[] = []
    let unsure = 0
    // Those that wait come first: on them most depends.
    const order = [...found.rows].sort((a, b) => Number(a.answered === true) - Number(b.answered === true))
    let details = 0
    for (const row of order) {
      const asked = row.url !== null && isInternal(row.url, trial.home.url) && details < DETAILS && trial.left() > 2
      if (asked) details += 1
      const one = await settle(trial, row, asked, evidence)
      if (one === null) unsure += 1
      else known.push(one)
    }
    known.sort((a, b) => ((a.askedOn ?? a.answeredOn ?? '') < (b.askedOn ?? b.answeredOn ?? '') ? 1 : -1))
    const days = known.flatMap((l) => [l.askedOn, l.answeredOn]).filter((d): d is Day => d !== null && d <= today)
    const answers = known.flatMap((l) => (l.answeredOn !== null && l.answeredOn <= today ? [l.answeredOn] : []))
    const greatest = (of: readonly Day[]): Day | null => of.reduce<Day | null>((a, b) => (a === null || b > a ? b : a), null)
    const oldest = known.reduce<Day | null>((a, l) => (l.askedOn !== null && (a === null || l.askedOn < a) ? l.askedOn : a), null)
    const text = [...found.pages, ...found.looked].flatMap((p) => (p.outcome === 'ok' ? p.lines : []))
    return {
      outcome: 'ok',
      evidence,
      value: {
        published: found.rows.length > 0 ? true : found.clear ? false : null,
        // Whole only where the list shows letters that still wait, too, and reaches back a year or to its end.
        complete: found.rows.some((r) => r.answered === false) && unsure === 0 && (found.toTheEnd || (oldest !== null && oldest < addMonths(today, -12))),
        letters: known,
        newestOn: greatest(days),
        statistics: text.some((l) => STATISTICS.test(l)) && text.some((l) => STATISTICS_WORDS.test(l)) ? true : null,
        newestAnswerOn: greatest(answers),
        unsure,
        figures: figuresOf(known, today),
      },
    }
  },
}

/** A letter as list and page together show it; null where neither says whether it was answered. */
async function settle(trial: Trial, row: Row, ask: boolean, evidence: string[]): Promise<Letter | null> {
  const base = { title: row.title, url: row.url ?? trial.home.url, askedOn: row.askedOn, answeredOn: row.answeredOn, unit: row.unit }
  if (ask && row.url !== null) {
    const page = await trial.open(row.url)
    if (page.outcome === 'ok') {
      const detail = readDetail(page, trial.now, trial.recipe?.mailbox?.answer ?? null)
      if (page.sha256 !== null && evidence.length < 30) evidence.push(page.sha256)
      const answered = detail.answer !== null || detail.answeredOn !== null
      if (!answered && row.answered === null && page.facts.needsBrowser) return null
      return answered || row.answered !== null
        ? { ...base, askedOn: base.askedOn ?? detail.askedOn, answeredOn: base.answeredOn ?? detail.answeredOn, unit: base.unit ?? detail.unit, answer: detail.answer !== null || (row.answered === true && detail.answer === null && detail.answeredOn === null), answerText: detail.answer }
        : null
    }
  }
  // The list says so, and nobody looked further: its word is taken for answered ones and for those that it marks as waiting.
  return row.answered === null ? null : { ...base, answer: row.answered, answerText: null }
}
