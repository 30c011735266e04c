import { vaguePhrases } from '../../domain/vague.ts'
import type { PageView } from '../page.ts'
import { absolute, linksOf, squeeze } from '../text.ts'
import { attachmentType, isInternal } from '../links/collect.ts'

/** The ten key elements of a guide (W6b), with the words that such pages use for them. */
export const ELEMENTS = {
  事项名称: /^(?:事项|项目|业务|服务)(?:名称|全称)/,
  设定依据: /^(?:设定|法定|法律|办理|实施|政策|审批|受理)依据|^权力来源/,
  申请条件: /^(?:申请|受理|办理|审批|申报|准予)(?:的)?条件|^(?:准予)?批准(?:的)?条件|^服务对象|^适用范围/,
  办理材料: /^(?:办理|申请|申报|所需|提交|受理|应提交的?)(?:的)?材料|^材料(?:清单|目录|名称)/,
  办理地点: /^(?:办理|受理|办公|办事|窗口|服务)(?:地点|地址|窗口)|^地址/,
  办理机构: /^(?:办理|受理|实施|承办|决定|审批|主管|责任|经办)(?:机构|机关|部门|主体|单位)/,
  收费标准: /^(?:收费|办理费用)(?:标准|情况|依据|项目)?|^是否收费/,
  办理时间: /^(?:办理|办公|工作|受理|服务)时间|^(?:办理|办结|法定|承诺)(?:办结|办理)?(?:时限|期限)/,
  联系电话: /^(?:联系|咨询|服务|办公|监督|投诉)(?:电话|方式|途径)|^电话/,
  办理流程: /^(?:办理|办事|审批|申请|受理|服务|业务)(?:流程|程序|步骤)|^流程图?/,
} as const
export type ElementName = keyof typeof ELEMENTS
export const ELEMENT_NAMES = Object.keys(ELEMENTS) as ElementName[]

const EMPTY = /^(?:暂无|待补充|待完善|略|内容建设中|——+|-+|\.{2,}|…+)[。.]?$/
const isLabel = (line: string): boolean => ELEMENT_NAMES.some((n) => ELEMENTS[n].test(line) && line.replace(/[:：\s]/g, '').length <= 8)

/** Labels found in the lines of a guide, each with what stands under it. */
export function sectionsOf(lines: readonly string[]): ReadonlyMap<ElementName, string> {
  const out = new Map<ElementName, string>()
  for (let i = 0; i < lines.length; i++) {
    const line = (lines[i] ?? '').replace(/^(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．])\s*/, '').replace(/^[【[]|[】\]](?=[:：]?)/g, '')
    for (const name of ELEMENT_NAMES) {
      const m = ELEMENTS[name].exec(line)
      if (m === null || out.get(name) !== undefined) continue
      const rest = line.slice(m[0].length)
      // A label stands alone, or its colon follows; a sentence that begins with the word is none.
      if (!/^\s*(?:[（(][^)）]{0,12}[)）])?\s*(?:[:：]|$)/.test(rest)) continue
      const said = [rest.replace(/^\s*(?:[（(][^)）]{0,12}[)）])?\s*[:：]?\s*/, '')]
      for (let j = i + 1; j < lines.length && j < i + 40 && !isLabel((lines[j] ?? '').replace(/^[一二三四五六七八九十\d]{1,3}[、.．]\s*/, '').replace(/[:：].*$/, '')); j++) said.push(lines[j] ?? '')
      const text = said.join('\n').trim()
      const first = said.find((l) => l.trim() !== '')
      if (first !== undefined && !EMPTY.test(first.trim())) out.set(name, text)
      break
    }
  }
  return out
}

export type Guide = {
  readonly elements: ElementName[]
  readonly unclearMaterials: string[]
  readonly vague: string[]
  readonly nameOnly: string[]
  readonly formRequired: boolean
  /** Addresses of its forms and samples. */
  readonly forms: readonly string[]
  readonly basisLinked: boolean | null
  /** Nothing of a guide was found on the page. */
  readonly bare: boolean
}

/** What a guide says and lacks. `name` is what the service hall calls it: a page that bears it names its service. */
export function readGuide(page: PageView, name: string): Guide {
  const sections = sectionsOf(page.lines)
  const titled = page.dom('h1, h2, h3, .title, [class*=title i]').toArray().slice(0, 30).some((e) => squeeze(page.dom(e).text()).includes(name)) || page.facts.title.includes(name)
  const elements = ELEMENT_NAMES.filter((n) => sections.has(n) || (n === '事项名称' && titled))
  const materials = sections.get('办理材料') ?? ''
  const basis = sections.get('设定依据') ?? ''
  const links = linksOf(page.dom, page.finalUrl)
  const cited = [...basis.matchAll(/《[^》]{4,60}》/g)].map((m) => ({ name: m[0], after: basis.slice(m.index + m[0].length, m.index + m[0].length + 30) }))
  const linked = cited.map((c) => links.find((l) => l.text.includes(c.name.slice(1, -1))) ?? null)
  return {
    elements,
    unclearMaterials: unclear(materials),
    vague: vaguePhrases(page.lines.join('\n')).slice(0, 10),
    nameOnly: cited.filter((c, i) => linked[i] === null && !/^\s*[（(][^)）]{0,24}[〔[（(]?\d{4}|^\s*第[一二三四五六七八九十百零\d]+条|^\s*[（(][^)）]*[号令]/.test(c.after)).map((c) => c.name).slice(0, 10),
    formRequired: /(?:申请|登记|申报|审批|备案|审核|报名)[^\s，,。;；]{0,8}表/.test(materials),
    forms: [...new Set(page.dom('a[href]').toArray().flatMap((a) => {
      const url = absolute(page.dom(a).attr('href') ?? '', page.finalUrl)
      return url !== null && attachmentType(url) !== null && /表|样|范本|下载|模板/.test(page.dom(a).text()) ? [url] : []
    }))].slice(0, 4),
    basisLinked: cited.length === 0 ? null : linked.every((l) => l !== null && isInternal(l.url, page.finalUrl)),
    bare: sections.size === 0,
  }
}

/** Materials of which is not said: original or copy, paper or electronic, how many. */
function unclear(materials: string): string[] {
  const said = /原件|复印件|扫描件|电子|纸质|\d+\s*份|[一二两三四五]份/
  if (materials === '') return []
  return materials.split(/[\n;；、]|(?<=[。])|(?=\d{1,2}[.．、])/).map((m) => m.replace(/^[\d.．、\s]+/, '').trim())
    .filter((m) => m.length >= 3 && m.length <= 60 && /[证书表件明照单册图片]$|材料$|申请$/.test(m.replace(/[。.]$/, '')) && !said.test(m) && !/其[他它]|有关|相关/.test(m)).slice(0, 20)
}
