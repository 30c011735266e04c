import type { Sql } from 'postgres'
import { AlignmentType, Document, ExternalHyperlink, HeadingLevel, Packer, PageNumber, Footer, PageOrientation, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } from 'docx'
import { safeLink } from '../../export/styled.ts'
import { eachCheck } from '../stored.ts'
import type { StoredCheck } from '../stored.ts'
import { FORM_HEADS, formRows, single } from './form.ts'
import { eachProblem } from './problem-rows.ts'
import type { ListedProblem } from './problem-rows.ts'
import { byRegion } from './run-info.ts'
import type { RunInfo } from './run-info.ts'
import { kindName, moment, PARTS, range, share, VERDICTS } from './words.ts'
import { FORMS } from './workbook.ts'

/** A report is read on paper: what is longer stands in the workbook. */
const LISTED = 300

/** 检查情况报告 as .docx: overall, by region, who failed and why; with each channel's form where they are few. */
export async function checkReport(sql: Sql, info: RunInfo): Promise<Uint8Array> {
  const few = info.channels <= FORMS
  const failed: StoredCheck[] = []
  const all: StoredCheck[] = []
  for await (const stored of eachCheck(sql, info.run)) {
    if (few) all.push(stored)
    if (stored.record.score.verdict === 'failed' && failed.length < LISTED) failed.push(stored)
  }
  const problems: ListedProblem[] = []
  if (few) for await (const p of eachProblem(sql, info.run)) if (problems.length < LISTED) problems.push(p)
  const regions = await byRegion(sql, info.run)
  const document = new Document({
    creator: '活水', title: '政府网站与政务新媒体检查情况报告',
    styles: { default: { document: { run: { font: { ascii: 'Times New Roman', eastAsia: '仿宋' }, size: 24 } } } },
    sections: [{
      properties: { page: { size: { orientation: PageOrientation.LANDSCAPE } } },
      footers: { default: new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: [PageNumber.CURRENT] })] })] }) },
      children: [
        new Paragraph({ heading: HeadingLevel.TITLE, alignment: AlignmentType.CENTER, children: [new TextRun('政府网站与政务新媒体检查情况报告')] }),
        heading('一、总体情况'),
        paragraph(`依据${info.edition.document.zh}(${info.edition.name.zh}),以${moment(info.asOf)}为监测时间点,对${info.scope === 'all' ? '台账中全部在运行的' : '指定的'}${info.channels}个渠道(${info.kinds.map((k) => `${kindName(k.kind)}${k.n}个`).join('、')})进行了检查:合格${info.passed}个,不合格${info.failed}个,待定${info.undecided}个;合格率${share(info.passed, info.channels)}${info.undecided === 0 ? '' : `(待定计为合格时${share(info.channels - info.failed, info.channels)})`}。`),
        paragraph('“待定”指尚有指标未能核查或待人工核查,其结果可能改变结论;未能核查的,不计为符合,也不计为问题。'),
        heading('二、分地区情况'),
        grid(['地区', '检查数', '合格', '不合格', '待定', '合格率'], regions.map((r) => [r.name ?? '地区不明', r.n, r.passed, r.failed, r.undecided, share(r.passed, r.n)].map(String))),
        heading('三、不合格渠道'),
        ...(failed.length === 0 ? [paragraph('无。')] : [grid(['序号', '标识码', '渠道名称', '主办单位', '存在的突出问题'], failed.map((s, i) => [String(i + 1), s.channel.siteCode ?? '', s.channel.name, s.organisation ?? '', prominent(s)]))]),
        ...(info.failed > failed.length ? [paragraph(`其余${info.failed - failed.length}个见检查工作簿。`)] : []),
        ...(few ? all.flatMap((s, i) => channelPart(s, i + 1)) : []),
        ...(few ? [heading('问题清单'), problemTable(problems)] : []),
        ...(few && problems.length === LISTED ? [paragraph('问题较多,其余见检查工作簿。')] : []),
        paragraph(`检查批次${info.run};抽样种子${info.seed};标准摘要${info.digest}。`),
      ],
    }],
  })
  return Packer.toBuffer(document)
}

/** Its vetoes, or for want of one its score. */
function prominent({ record, problems }: StoredCheck): string {
  const { vetoes } = record.score
  if (vetoes.length === 0) return `得分${range(record.score)}`
  return vetoes.map((id) => `${id}:${problems.filter((p) => p.standard === id).slice(0, 5).map((p) => p.problem.zh).join('、')}`).join(';')
}

function channelPart(stored: StoredCheck, number: number): (Paragraph | Table)[] {
  const { channel, record } = stored
  return [
    heading(`附表${number} ${channel.name}`),
    paragraph(`${kindName(channel.kind)};${channel.address ?? ''};标识码${channel.siteCode ?? '无'};结论:${VERDICTS[record.score.verdict]};得分:${range(record.score)}。`),
    grid(FORM_HEADS, formRows(stored).map((r) => [
      `${PARTS[r.part]} ${r.group.zh}`, r.item.zh, r.clause.zh, r.problems.zh, single(r.single), r.cap ?? '', r.points ?? '', r.id, r.open === 0 ? '' : r.open,
    ].map(String))),
  ]
}

function problemTable(problems: readonly ListedProblem[]): Table {
  return rows(['序号', '监测时间', '栏目', '问题链接', '问题描述', '快照', '检查标准', '渠道'], problems.map((p) => [
    text(String(p.number)), text(moment(p.at)), text(p.column), linked(p.url), text(p.problem.zh), text(p.snapshot ?? ''), text(p.standard), text(p.name),
  ]))
}

const clean = (s: string): string => s.replace(/\p{Cc}|[\ufffe\uffff]/gu, ' ')
const heading = (s: string): Paragraph => new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(clean(s))] })
const paragraph = (s: string): Paragraph => new Paragraph({ spacing: { after: 120 }, children: [new TextRun(clean(s))] })
const text = (s: string): Paragraph => new Paragraph({ children: [new TextRun({ text: clean(s), size: 18 })] })

function linked(url: string | null): Paragraph {
  const link = safeLink(url)
  if (link === null) return text(url ?? '')
  return new Paragraph({ children: [new ExternalHyperlink({ link, children: [new TextRun({ text: link, style: 'Hyperlink', size: 18 })] })] })
}

const grid = (heads: readonly string[], cells: readonly (readonly string[])[]): Table => rows(heads, cells.map((r) => r.map(text)))

function rows(heads: readonly string[], cells: readonly (readonly Paragraph[])[]): Table {
  const row = (children: readonly Paragraph[], head: boolean): TableRow => new TableRow({ tableHeader: head, cantSplit: true, children: children.map((p) => new TableCell({ children: [p] })) })
  return new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, rows: [row(heads.map((h) => new Paragraph({ children: [new TextRun({ text: h, bold: true, size: 18 })] })), true), ...cells.map((c) => row(c, false))] })
}
