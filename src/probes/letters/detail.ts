import type { Day } from '../../domain/date.ts'
import { parseDay } from '../../read/index.ts'
import type { PageView } from '../page.ts'
import { linesOf } from '../text.ts'

export type Detail = { readonly askedOn: Day | null; readonly answeredOn: Day | null; readonly unit: string | null; readonly answer: string | null }

const LABEL = /^(?:来信|写信|留言|提问|咨询|提交|答复|回复|反馈|办结|办理|处理|受理|承办)(?:人|时间|日期|内容|标题|主题|单位|部门|机构|意见|情况|结果|状态|正文)?\s*[:：]?$|^(?:标题|主题|状态|满意度|附件|上一[篇条]|下一[篇条]|评价|网站标识码|主办单位|版权)/
const DATE = /\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}/

/** A letter's own page: when it was asked and answered, by whom, and with what words. */
export function readDetail(page: PageView, now: Date, answerPart: string | null): Detail {
  const { lines } = page
  const after = (re: RegExp): string | null => {
    for (let i = 0; i < lines.length; i++) {
      const m = re.exec(lines[i] ?? '')
      if (m === null) continue
      const same = (m[1] ?? '').trim()
      if (same !== '') return same
      const next = lines[i + 1]
      if (next !== undefined && !LABEL.test(next)) return next
    }
    return null
  }
  const day = (re: RegExp): Day | null => {
    const raw = after(re)
    const found = raw === null ? null : DATE.exec(raw)
    return found === null ? null : parseDay(found[0], now)
  }
  return {
    askedOn: day(/(?:来信|写信|留言|提问|咨询|提交|诉求)(?:时间|日期)\s*[:：]?\s*(.*)$/),
    answeredOn: day(/(?:答复|回复|反馈|办结)(?:时间|日期)\s*[:：]?\s*(.*)$/),
    unit: unitOf(after(/(?:答复|回复|受理|办理|承办|处理)(?:单位|部门|机构)\s*[:：]?\s*(.*)$/)),
    answer: answerOf(page, answerPart, lines),
  }
}

function unitOf(raw: string | null): string | null {
  const text = raw?.split(/[\s|]|(?:答复|回复|办结)(?:时间|日期)/)[0]?.trim() ?? ''
  return text === '' || /^[-—无]+$/.test(text) ? null : text.slice(0, 80)
}

/** What stands under 答复内容, up to the next label. */
function answerOf(page: PageView, part: string | null, lines: readonly string[]): string | null {
  if (part !== null) {
    try {
      const at = page.dom(part).first()[0]
      return at === undefined ? null : cut(linesOf(page.dom, at).join('\n'))
    } catch {
      return null
    }
  }
  const at = lines.findIndex((l) => /^(?:答复|回复|反馈|办理|处理)(?:内容|意见|正文|结果|情况)?\s*[:：]?(?:\s|$)|^(?:答复|回复|反馈|办理|处理)(?:内容|意见|正文|结果|情况)\s*[:：]/.test(l))
  if (at < 0) return null
  const first = (lines[at] ?? '').replace(/^[^\s:：]{2,6}\s*[:：]?\s*/, '')
  const rest = lines.slice(at + 1, at + 30)
  const end = rest.findIndex((l) => LABEL.test(l))
  return cut([first, ...(end < 0 ? rest : rest.slice(0, end))].join('\n'))
}

function cut(text: string): string | null {
  const trimmed = text.trim()
  return trimmed.length < 4 || /^(?:暂无|无|未回复|待回复|尚未|正在办理)/.test(trimmed) ? null : trimmed.slice(0, 400)
}
