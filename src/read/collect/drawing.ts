import type { Context } from '../context.ts'
import { attribute } from '../html/attributes.ts'

/** Scripts that draw no list: libraries by themselves, counters, shares and badges. */
const IDLE = /(?:jquery|bootstrap|swiper|superslide|hm\.baidu|hm\.js|cnzz|51\.la|51la|google|gtag|analytics|beian|conac|share|pucha|jiucuo|swfobject|echarts|layer)[^/]*(?:$|\?)/i
const COUNTER = /hm\.baidu|cnzz\.com|51\.la|google-analytics|googletagmanager|dcs\.conac|pucha\.kaipuyun|bdimg\.share/i
const DRAWS = /ajax|fetch\s*\(|XMLHttp|getJSON|axios|\$\.(?:get|post)|\.load\s*\(|innerHTML|document\.write|append(?:Child|To)?\s*\(|createElement|template|\bVue\b|\bReact|\.html\s*\(|import\s*\(/
/** Characters of one script that are searched. */
const MOST = 200_000

/** Has the page a script that may bring rows which its bytes do not hold? Asked only of pages that show none. */
export function drawsByScript({ tape, all }: Pick<Context, 'tape' | 'all'>): boolean {
  for (const node of all.scripts) {
    const src = attribute(tape, node, 'src')
    if (src !== null) {
      if (!IDLE.test(src.slice(-300))) return true
      continue
    }
    const from = tape.inner[node] ?? 0
    const body = tape.text.slice(from, Math.min(tape.shut[node] ?? from, from + MOST))
    if (DRAWS.test(body) && !COUNTER.test(body)) return true
  }
  return false
}
