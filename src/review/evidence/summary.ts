import { documentBytes } from '../../export/document.ts'
import type { Block } from '../../export/document.ts'
import type { Day } from '../../domain/date.ts'
import { KINDS, isKind } from '../../domain/kinds.ts'
import { OUTCOMES } from '../../domain/outcome.ts'
import { knownOutcome } from '../known-outcome.ts'
import { STATES, STEPS, isState } from '../life.ts'
import type { Step } from '../life.ts'
import { chinaMoment } from '../orders/content.ts'
import type { CandidateFile } from '../show-candidate.ts'
import type { Sighting } from './sightings.ts'
import { marksOf } from './sightings.ts'
import { MARKS, timelinePng, timelineSvg } from './timeline.ts'

const PROPOSALS: Readonly<Record<string, string>> = { rectify: '整改', merge: '整合', shut_down: '关停' }
/** Rows of the document's table; the page of the pack has them all. */
const IN_DOCUMENT = 60

type Table = { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }

function facts(f: CandidateFile): [string, string][] {
  return [
    ['渠道', `${f.channel.name}(${isKind(f.channel.kind) ? KINDS[f.channel.kind].name.zh : f.channel.kind})`],
    ['网址/账号', f.channel.address],
    ['标识码', f.channel.siteCode ?? '–'],
    ['主办单位', f.channel.organisation ?? '–'],
    ['主管单位', f.channel.supervisor ?? '–'],
    ['地区', f.channel.region ?? '–'],
    ['处置建议', PROPOSALS[f.proposal] ?? f.proposal],
    ['当前状态', isState(f.state) ? STATES[f.state].zh : f.state],
    ['依据条款', `${f.rule} ${f.clause.zh}`],
    ['最近更新', f.newest ?? '未见'],
    ['日期依据', f.witness === null ? '–' : `${f.witness.where ?? f.witness.source}: ${f.witness.raw}`],
    ['违反条款起始', f.since ?? '–'],
    ['超期天数', f.daysOver === null ? '–' : String(f.daysOver)],
  ]
}

function sightingTable(sightings: readonly Sighting[]): Table {
  return { head: ['时间', '对象', '结果', '最新日期', '证据'], rows: sightings.map((s) => [chinaMoment(s.at), s.about, OUTCOMES[knownOutcome(s.outcome)].name.zh, s.newestOn ?? '–', s.evidence.map((e) => e.slice(0, 12)).join(' ')]) }
}

function stepTable(f: CandidateFile): Table {
  return { head: ['时间', '人员', '步骤', '理由'], rows: f.steps.map((s) => [chinaMoment(s.at), s.actor.name, Object.hasOwn(STEPS, s.step) ? STEPS[s.step as Step].zh : s.step, s.reason]) }
}

/** The pack's page: everything in one file, with links to the bytes beside it. Opens without a network. */
export function summaryHtml(f: CandidateFile, sightings: readonly Sighting[], files: readonly { path: string; sha256: string; url: string }[], today: Day): string {
  const table = (t: Table): string => `<table><tr>${t.head.map((h) => `<th>${escape(h)}</th>`).join('')}</tr>${t.rows.map((r) => `<tr>${r.map((c) => `<td>${escape(c)}</td>`).join('')}</tr>`).join('')}</table>`
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>证据材料 ${f.id}</title><style>body{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em}table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:.3em;text-align:left;vertical-align:top;word-break:break-all}</style>
<h1>证据材料:${escape(f.channel.name)}</h1>
${table({ head: ['项目', '内容'], rows: facts(f) })}
<h2>时间线</h2>${timelineSvg(marksOf(f, sightings), today)}
<h2>观测记录</h2>${table(sightingTable(sightings))}
<h2>处置经过</h2>${table(stepTable(f))}
<h2>证据文件</h2><table><tr><th>文件</th><th>SHA-256</th><th>来源</th></tr>${files.map((e) => `<tr><td><a href="${escape(e.path)}">${escape(e.path)}</a></td><td>${e.sha256}</td><td>${escape(e.url)}</td></tr>`).join('')}</table>
<p>核验:huoshui evidence verify 本文件包;或以任何工具计算各文件的 SHA-256,与 manifest.json 对照。</p></html>`
}

/** The same as a document that officials can print and edit. */
export function summaryDocument(f: CandidateFile, sightings: readonly Sighting[], files: readonly { path: string; sha256: string; url: string }[], today: Day): Promise<Uint8Array> {
  const picture = timelinePng(marksOf(f, sightings), today)
  const blocks: Block[] = [
    { kind: 'table', head: ['项目', '内容'], rows: facts(f), widths: [2, 8] },
    { kind: 'heading', text: '一、时间线' },
    { kind: 'picture', ...picture, about: '时间线' },
    { kind: 'text', text: `自上而下:${Object.values(MARKS).map((m) => m.zh).join('、')}。` },
    { kind: 'heading', text: '二、观测记录' },
    { kind: 'table', ...sightingTable(sightings.slice(0, IN_DOCUMENT)), widths: [3, 3, 2, 2, 3] },
    { kind: 'heading', text: '三、处置经过' },
    { kind: 'table', ...stepTable(f), widths: [3, 2, 2, 5] },
    { kind: 'heading', text: '四、证据文件' },
    { kind: 'table', head: ['来源', 'SHA-256'], rows: files.map((e) => [e.url, e.sha256]), widths: [5, 6] },
  ]
  return documentBytes({ title: '证据材料', blocks })
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}
