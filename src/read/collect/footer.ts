import type { PageFacts } from '../../domain/page.ts'
import type { Context } from '../context.ts'
import { attribute, tagHolds } from '../html/attributes.ts'
import type { Metas } from './metas.ts'

const CODE = /^(?:\d{10}|bm\d{8})$/i

/** Site code, ICP and police filings, sponsor and 找错 mark: what a government page must carry at its foot. */
export function readFooter(context: Context, metas: Metas): PageFacts['footer'] {
  const { tape } = context
  const seen = tape.seen()
  const foot = seen.slice(Math.max(0, seen.length - 6000)).split('\ue000').join('')
  const metaCode = metas.values['siteidcode'] ?? ''
  const inText = /(?:网站)?标识码[:：\s]{0,4}((?:bm)?\d{8,10})/i.exec(foot)?.[1] ?? ''
  let findFault: string | null = null
  let scriptCode = ''
  for (const node of context.all.scripts) {
    if (!tagHolds(tape, node, 'jiucuo')) continue
    findFault = attribute(tape, node, 'src') ?? ''
    scriptCode = attribute(tape, node, 'sitecode') ?? ''
    break
  }
  if (findFault === null) {
    for (const node of context.all.links) {
      const href = attribute(tape, node, 'href')
      if (href !== null && /pucha\.kaipuyun|zfwzgl\.www\.gov\.cn|wzjc|jiucuo/i.test(href)) {
        findFault = href
        break
      }
    }
  }
  const code = [metaCode, inText, scriptCode].map((s) => s.trim()).find((s) => CODE.test(s)) ?? null
  return {
    siteCode: code,
    icp: /[\u4e00-\u9fff]\s?ICP\s?(?:备|证)\s?[:：]?\s?\d{5,10}号?(?:-\d{1,3})?/i.exec(foot)?.[0]?.replace(/\s+/g, '') ?? null,
    police: /[\u4e00-\u9fff]?公网安备\s?[:：]?\s?\d{10,14}\s?号?/.exec(foot)?.[0]?.replace(/\s+/g, '') ?? null,
    sponsor: /主办(?:单位)?[:：\s]{1,4}([^\n\s|｜,，;；:：]{2,40})/.exec(foot)?.[1] ?? null,
    findFault,
  }
}
