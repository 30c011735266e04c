import { epochDay } from '../dates/parse.ts'
import type { Context } from '../context.ts'
import type { ScriptDate } from './scripts.ts'

/** Epochs that are looked at on one page, and how far before each its tag is looked for. */
const MOST = 40
const REACH = 240

/** A tag that is named after a time and has what follows as its whole content, or as the value of a data attribute. */
const TAG = /^<(?!a\b|script\b|img\b|link\b)[a-z][a-z0-9-]*\s(?=[^>]*\b(?:class|id)\s*=\s*["']?[^"'>]*(?:time|date))[^>]*(?:>\s*|\sdata-[a-z-]+\s*=\s*["']?)$/i
const OTHER = /expire|deadline|start|begin|end-?(?:time|date)|server|now|current|update|modif/i

/**
 * Moments that a page holds for its script to print: `<textarea class="article-time">1583381313000</textarea>`,
 * `<span class="time" data-val="1583381313000"></span>`. For pages that show no date themselves.
 */
export function heldEpochs(context: Context): ScriptDate[] {
  const { text } = context.tape
  const out: ScriptDate[] = []
  let looked = 0
  for (const m of text.matchAll(/(?<![\d.])1[2-9]\d{8}(?:\d{3})?(?![\d.])/g)) {
    if (++looked > MOST) break
    const before = text.slice(Math.max(0, m.index - REACH), m.index)
    const tag = before.slice(before.lastIndexOf('<'))
    if (!TAG.test(tag) || OTHER.test(tag)) continue
    const day = epochDay(Number(m[0]))
    if (day !== null) out.push({ key: 'held', day, raw: `${tag}${m[0]}`.slice(-120), says: 'published', structured: false })
  }
  return out
}
