import { rectanglesPng } from '../../export/png.ts'
import type { Rect } from '../../export/png.ts'
import { addDays, daysBetween } from '../../domain/date.ts'
import type { Day } from '../../domain/date.ts'

/** One mark of the time line. */
export type Mark = { readonly on: Day; readonly what: 'seen' | 'not_observed' | 'gone' | 'newest' | 'since' | 'step' }

export const MARKS = {
  newest: { zh: '最近更新', colour: '#1a7f37' },
  since: { zh: '违反条款起始', colour: '#b35900' },
  seen: { zh: '检查(可见)', colour: '#0969da' },
  gone: { zh: '检查(已不存在)', colour: '#a40e26' },
  not_observed: { zh: '未能观测', colour: '#8c959f' },
  step: { zh: '处置', colour: '#6639ba' },
} as const satisfies Record<Mark['what'], { zh: string; colour: string }>

const WIDTH = 600
const ROW = 18
const LEFT = 110
const ROWS = Object.keys(MARKS) as Mark['what'][]
const HEIGHT = ROWS.length * ROW + 24

export type Span = { readonly from: Day; readonly until: Day }

/** From two days before the first mark to two after the last. */
export function spanOf(marks: readonly Mark[], today: Day): Span {
  const days = [...marks.map((m) => m.on), today].sort()
  return { from: addDays(days[0] ?? today, -2), until: addDays(days.at(-1) ?? today, 2) }
}

function xOf(on: Day, span: Span, left: number): number {
  const whole = Math.max(1, daysBetween(span.from, span.until))
  return Math.round(left + (daysBetween(span.from, on) / whole) * (WIDTH - left - 10))
}

/** The time line with its words, for the page of the pack. */
export function timelineSvg(marks: readonly Mark[], today: Day): string {
  const span = spanOf(marks, today)
  const rows = ROWS.map((what, i) => {
    const y = i * ROW + 12
    const dots = marks.filter((m) => m.what === what).map((m) => `<rect x="${xOf(m.on, span, LEFT) - 2}" y="${y - 6}" width="4" height="12" fill="${MARKS[what].colour}"><title>${m.on}</title></rect>`)
    return `<text x="4" y="${y + 4}">${MARKS[what].zh}</text><line x1="${LEFT}" y1="${y}" x2="${WIDTH - 10}" y2="${y}" stroke="#d0d7de"/>${dots.join('')}`
  })
  const foot = `<text x="${LEFT}" y="${HEIGHT - 4}">${span.from}</text><text x="${WIDTH - 10}" y="${HEIGHT - 4}" text-anchor="end">${span.until}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="12">${rows.join('')}${foot}</svg>`
}

/** The same as a picture without words, for the document, where a table beside it says what the colours mean. */
export function timelinePng(marks: readonly Mark[], today: Day): { png: Uint8Array; width: number; height: number } {
  const span = spanOf(marks, today)
  const height = ROWS.length * ROW
  const rects = ROWS.flatMap((what, i): Rect[] => {
    const y = i * ROW + ROW / 2
    return [
      { x: 10, y, w: WIDTH - 20, h: 1, colour: '#d0d7de' },
      ...marks.filter((m) => m.what === what).map((m) => ({ x: xOf(m.on, span, 10) - 2, y: y - 6, w: 4, h: 12, colour: MARKS[what].colour })),
    ]
  })
  return { png: rectanglesPng(WIDTH, height, rects), width: WIDTH, height }
}
