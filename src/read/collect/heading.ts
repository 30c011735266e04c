import { T } from '../html/tags.ts'
import type { Context } from '../context.ts'
import { within } from '../context.ts'
import type { Metas } from './metas.ts'

export type Heading = { readonly from: number; readonly to: number; readonly text: string }

const SPLIT = /\s*(?:[_|｜»›]|\s[-–—·]\s|--|—{1,2}|-(?=[\u4e00-\u9fff]))\s*/

/**
 * Where the article's title stands in the visible text. The page's own words for it (ArticleTitle, og:title, <title>)
 * are looked for in the text; a heading element that holds them is preferred, a link to the article is not. Null when
 * the page shows no title that can be told.
 */
export function findHeading(context: Context, metas: Metas): Heading | null {
  const { tape } = context
  const seen = tape.seen()
  const names = new Set<string>()
  for (const key of ['articletitle', 'og:title', 'twitter:title', 'title', 'hw.ad-title']) {
    const value = metas.values[key]
    if (value !== undefined && value.length >= 4) names.add(squeeze(value))
  }
  const parts = context.title.split(SPLIT).map(squeeze).filter((s) => s.length >= 4)
  if (context.title.length >= 4) names.add(squeeze(context.title))
  for (const part of parts.sort((a, b) => b.length - a.length).slice(0, 4)) names.add(part)

  // A title broken over lines has spaces where the page's own words for it have none.
  const bareNames = [...names].map((name): [string, string] => [name, name.replaceAll(' ', '')])
  let best: Heading | null = null
  let bestScore = 0
  const weigh = (node: number, from: number, to: number, text: string, score: number): void => {
    if (score <= bestScore) return
    if (within(tape, node, 3, (n) => tape.tag[n] === T.a) > 0) {
      score -= 25
      if (score <= bestScore) return
    }
    bestScore = score
    best = { from, to, text }
  }

  for (const node of context.all.headings.slice(0, 60)) {
    const from = tape.flowFrom[node] ?? 0
    const to = tape.flowTo[node] ?? 0
    if (to - from < 3 || to - from > 300) continue
    const text = squeeze(tape.line(from, to))
    if (text.length < 3) continue
    const bare = text.replaceAll(' ', '')
    const level = (tape.tag[node] ?? 0) - T.h1
    let score = 14 - level * 3
    let matched = 0
    for (const [name, plain] of bareNames) if (plain.includes(bare) || bare.includes(plain)) matched = Math.max(matched, Math.min(name.length, text.length))
    if (matched >= 4) score += 20 + Math.min(matched, 40)
    else if (text.length < 6) score -= 8
    weigh(node, from, to, text, score)
  }

  for (const name of names) {
    let probe = name.slice(0, Math.min(name.length, 14))
    if (probe.length < 4) continue
    let at = seen.indexOf(probe)
    if (at < 0 && probe.length > 8) {
      probe = probe.slice(0, 8)
      at = seen.indexOf(probe)
    }
    for (let n = 0; at >= 0 && n < 6; n++, at = seen.indexOf(probe, at + probe.length)) {
      let to = at + probe.length
      while (to < seen.length && to - at < 200 && seen.charCodeAt(to) !== 10) to++
      const line = squeeze(seen.slice(at, to))
      const common = line.startsWith(name) ? name.length : probe.length
      weigh(tape.nodeAt(at), at, to, line, 12 + Math.min(common, 40) - n)
    }
  }
  return best
}

function squeeze(s: string): string {
  return s.split('\ue000').join('').replace(/\s+/g, ' ').trim()
}
