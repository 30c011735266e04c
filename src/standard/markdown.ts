import { EDITIONS, gov2019 } from './editions/index.ts'
import type { Applies } from './function-type.ts'
import type { Indicator, Need, Param } from './indicator.ts'

const SURE: Readonly<Record<Indicator['sure'], string>> = {
  table: 'complete table 全表 (an inspection product in use; all totals agree with the published ones)',
  published: 'published 公开文本',
  two_sources: 'two sources 两处公开来源一致',
  derived: 'derived 由公开规则推导',
  memory: 'memory 待核实',
}
const DECIDED: Readonly<Record<Indicator['decided'], string>> = {
  automatic: 'observations decide 自动判定',
  assisted: 'observations in part, a person decides the rest 系统辅助、人工判定',
  person: 'a person decides 人工判定',
}
const APPLIES: Readonly<Record<Applies, string>> = {
  website: 'websites 网站', portal: 'portals 门户网站', publishing: 'publishing accounts 发布类账号', service: 'service accounts 服务类账号',
  app: 'apps 移动客户端', mini_program: 'mini programs 小程序', account: 'accounts 政务新媒体', group: 'work groups 工作群组',
}
const PARTS: readonly { readonly part: Indicator['part']; readonly title: string }[] = [
  { part: 'veto', title: 'Part 1 单项否决' },
  { part: 'deduction', title: 'Part 2 扣分指标 (100)' },
  { part: 'bonus', title: 'Part 3 加分指标 (30, only above 80)' },
]

const need = (n: Need): string => {
  if (n.from === 'observations') return `visits: ${n.what}`
  if (n.from === 'probe') return `probe: ${n.probe}`
  return n.from === 'sample' ? `sample of ${n.size}` : 'a person 人工'
}

const value = (p: Param): string => (p.unit === 'tenths' ? `${p.value / 10} points` : p.unit === 'flag' ? (p.value === 1 ? 'yes' : 'no') : `${p.value} ${p.unit.replace('_', ' ')}`)

function section(rule: Indicator): string {
  const cap = rule.capTenths === null ? [] : [`- Cap 上限: ${rule.capTenths / 10}${rule.capTenthsStateCouncil === undefined ? '' : ` (State Council departments 国务院部门: ${rule.capTenthsStateCouncil === 0 ? 'not checked' : rule.capTenthsStateCouncil / 10})`}`]
  const params = Object.entries(rule.params).map(([name, p]) => `  - \`${name}\` = ${value(p)}: ${p.text.zh} / ${p.text.en}`)
  return [
    `### ${rule.id} ${rule.item.zh} ${rule.item.en}`, '',
    `> ${rule.clause.zh}`, '>', `> ${rule.clause.en}`, '',
    `- Applies to 适用: ${rule.appliesTo.map((a) => APPLIES[a]).join(', ')}`,
    ...cap,
    `- Decided 判定: ${DECIDED[rule.decided]}${rule.off === true ? '; switched off by default 默认关闭' : ''}`,
    `- Needs 依据: ${rule.needs.map(need).join('; ')}`,
    ...(rule.proposes === undefined ? [] : [`- Proposes 处置建议: \`${rule.proposes}\``]),
    ...(params.length === 0 ? [] : ['- Parameters 参数:', ...params]),
    `- How sure 依据可靠程度: ${SURE[rule.sure]}`, '',
  ].join('\n')
}

const HEAD = `# The standard 检查标准

This file is generated from \`src/standard/\` by \`npm run docs\`; do not edit it by hand.

Every indicator has three answers, met, violated and not observed, beside “not applicable” and “a person has to look”.
What was not seen never counts against a channel and never gives full marks: a score is then a range from worst to best,
with the indicators that would settle it. 凡未能看到的,一律记为“未能核查”:既不判不合格,也不给满分。

- Any veto fails a channel. A portal without a veto scores 100 less its deductions; no item deducts more than its cap;
  below 60 it fails; only above 80 is the bonus added. 60 and 80 are compared exactly; two decimals, half up, are shown.
- State Council departments without public services: 办事服务 is not checked, the rest is out of 75 and counts × 4/3.
- New media and websites that are not portals have vetoes only.
- Windows run back from the monitoring point in China's time. Months are calendar months, clamped to the month's end;
  exactly on the limit is met.
- A look at a page stands for the present for 7 days; a unit's statement for 30; a person's signed finding for 92.
- The clauses are written out from the indicator table as it is known to this project; they are no official transcript.
- The table counts a manuscript page without a date as not updated. Here an undated list is not observed: that it shows no
  date is seen, that nothing is new is not. An inspector may say so in a signed finding.
- Samples are drawn by a seed and kept with their population, so that anybody can draw them again.
`

/** docs/standard.md: every rule, its figures, how it is decided and how sure it is. */
export function standardMarkdown(): string {
  const parts = PARTS.flatMap(({ part, title }) => [`## ${title}`, '', ...gov2019.rules.filter((r) => r.part === part).map(section)])
  const others = [...new Map(EDITIONS.flatMap((e) => e.rules).filter((r) => r.part === 'campaign').map((r) => [r.id, r])).values()]
  const editions = EDITIONS.map((e) => `| \`${e.id}\` | ${e.name.zh} ${e.name.en} | ${e.base === null ? '–' : `\`${e.base}\``} | ${e.rules.filter((r) => r.off !== true).map((r) => r.id).join(', ')} |`)
  return [
    HEAD,
    '## Editions 版本', '',
    'An edition derives from another by a data file (`src/standard/editions/*.json`): it changes parameters, switches rules',
    'and adds rules of its own made from known ones. A name that does not exist is an error.', '',
    '| id | name | derives from | rules |', '|---|---|---|---|', ...editions, '',
    ...parts,
    '## Rules beside the indicators 指标以外的规则', '', ...others.map(section),
  ].join('\n')
}
