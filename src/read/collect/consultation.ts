import type { Anchor } from '../lists/links.ts'

const WORDS = /咨询|信箱|留言|写信|建言|投诉|互动交流|问政|12345|我要(?:问|说|写信|咨询)|在线提问|网民来信|意见建议|领导信箱|民意征集|政民互动/

/** Links that lead to where a citizen may ask or write (检查指标: 互动交流 entry). */
export function consultationEntries(links: readonly Anchor[]): { text: string; url: string }[] {
  const out: { text: string; url: string }[] = []
  const seen = new Set<string>()
  for (const link of links) {
    if (link.url === null || link.text.length < 2 || link.text.length > 24 || !WORDS.test(link.text) || seen.has(link.url)) continue
    seen.add(link.url)
    out.push({ text: link.text, url: link.url })
    if (out.length >= 20) break
  }
  return out
}
