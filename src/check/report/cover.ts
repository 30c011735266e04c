import type { StyledRow, StyledSheet } from '../../export/styled.ts'
import { kindName, moment, share } from './words.ts'
import type { RegionRow, RunInfo } from './run-info.ts'

const LEGEND: readonly (readonly [string, string])[] = [
  ['√ 符合', '已核查,未发现问题'],
  ['× 不符合', '已核查,发现问题;单项否决指标任意一项不符合即为不合格'],
  ['数字', '扣分(加分指标为加分),不超过该项上限分值'],
  ['? 未能核查', '未能看到,不计为符合,也不计为问题;原因见“问题统计”'],
  ['○ 待人工核查', '该项由人判定,尚无签名的核查记录'],
  ['/ 不适用', '该项不检查此类渠道'],
  ['得分区间', '左为未核查项全部扣分,右为全部不扣分;两者之间由“待定”各项决定'],
  ['待定', '尚有指标未核查,其结果可能改变结论'],
]

/** 封面: what was checked, by which standard, when and by whom, and how to read the sheets. */
export function cover(info: RunInfo): StyledSheet {
  const pair = (label: string, text: string): StyledRow => ({ cells: [{ value: label, tone: 'label' }, text] })
  const rows: StyledRow[] = [
    { cells: ['政府网站与政务新媒体检查结果', ''], tone: 'title', across: true, height: 40 },
    pair('检查标准', `${info.edition.name.zh}(${info.edition.id})`),
    pair('文件依据', info.edition.document.zh),
    pair('监测时间点', `${moment(info.asOf)}(北京时间)`),
    pair('检查范围', info.scope === 'all' ? '台账中全部在运行的渠道' : '指定的渠道'),
    pair('渠道总数', `${info.channels} 个(${info.kinds.map((k) => `${kindName(k.kind)} ${k.n}`).join('、')})`),
    pair('检查结论', `合格 ${info.passed} 个,不合格 ${info.failed} 个,待定 ${info.undecided} 个`),
    pair('检查批次', String(info.run)),
    pair('抽样种子', info.seed),
    pair('标准摘要', info.digest),
    pair('生成', `${moment(info.madeAt)} ${info.madeBy}`),
    { cells: ['图例', ''], tone: 'head', across: true },
    ...LEGEND.map(([mark, text]) => pair(mark, text)),
    { cells: ['检查人:                    复核人:                    日期:', ''], across: true, height: 36 },
  ]
  return { name: '封面', columns: [{ width: 18 }, { width: 84 }], rows }
}

/** 地区汇总: one row a city. The pass rate is a range while some are undecided. */
export function regionSheet(rows: readonly RegionRow[], info: RunInfo): StyledSheet {
  const line = (name: string, code: string, r: Pick<RegionRow, 'n' | 'failed' | 'passed' | 'undecided'>, tone?: StyledRow['tone']): StyledRow => ({
    cells: [name, code, r.n, r.passed, r.failed, r.undecided, share(r.passed, r.n), share(r.n - r.failed, r.n)], ...(tone === undefined ? {} : { tone }),
  })
  const count = { width: 10, center: true, number: true }
  return {
    name: '地区汇总',
    columns: [{ width: 24 }, { width: 14 }, count, count, count, count, { width: 16, center: true }, { width: 16, center: true }],
    headRow: 1,
    rows: [
      { cells: ['地区', '区划代码', '检查数', '合格', '不合格', '待定', '合格率(待定计为不合格)', '合格率(待定计为合格)'], height: 30 },
      ...rows.map((r) => line(r.name ?? '地区不明', r.code ?? '', r)),
      line('合计', '', { ...info, n: info.channels }, 'label'),
    ],
  }
}
