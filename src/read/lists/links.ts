import { attribute } from '../html/attributes.ts'
import type { Context } from '../context.ts'

/** A link as the list reader needs it; made only for links with an address. */
export type Anchor = {
  readonly node: number
  readonly from: number
  readonly to: number
  readonly text: string
  readonly href: string
  /** Absolute; null when it is not an http address (javascript:, mailto:, #). */
  readonly url: string | null
}

const MAX_ANCHORS = 8000

/** Every link of the page, in order, with its text (or its title attribute where the text is cut short). */
export function anchors(context: Context): Anchor[] {
  const { tape } = context
  const out: Anchor[] = []
  for (const node of context.all.links) {
    if (out.length >= MAX_ANCHORS) break
    const href = attribute(tape, node, 'href')
    if (href === null) continue
    const from = tape.flowFrom[node] ?? 0
    const to = tape.flowTo[node] ?? 0
    out.push({ node, from, to, text: tape.line(from, Math.min(to, from + 300)), href, url: context.resolve(href) })
  }
  return out
}

/** The title a link gives its target: the title attribute where the text was cut ("…") or is missing. */
export function titleOf(context: Context, anchor: Anchor, dateFrom = -1, dateTo = -1): string {
  let text = anchor.text
  if (dateFrom >= anchor.from && dateTo <= anchor.to && dateTo > dateFrom) {
    const before = context.tape.line(anchor.from, dateFrom)
    const after = context.tape.line(dateTo, Math.min(anchor.to, dateTo + 300))
    text = (before.length >= after.length ? before : after).replace(/^[\s\])）】|·:：-]+|[\s[(（【|·-]+$/g, '')
  }
  if (text.length < 4 || /(?:\.{2,}|…)$/.test(text)) {
    const title = attribute(context.tape, anchor.node, 'title')?.replace(/\s+/g, ' ').trim()
    if (title !== undefined && title.length > Math.min(3, text.length)) return title.slice(0, 300)
  }
  return text
}
