import { rename, rm, writeFile } from 'node:fs/promises'
import type { Ctx } from '../../db/context.ts'
import { recordAudit } from '../audit/record.ts'
import { dayInChina } from '../domain/date.ts'
import { HuoshuiError } from '../domain/error.ts'
import { KINDS, isKind } from '../domain/kinds.ts'
import { requireRole } from '../domain/permit.ts'
import { csvFile } from '../export/csv.ts'
import { documentBytes } from '../export/document.ts'
import type { Block } from '../export/document.ts'
import type { TableSheet } from '../export/table.ts'
import { workbookFile } from '../export/workbook.ts'
import { countMembers } from './count.ts'
import { findCampaign, membersOf } from './members.ts'
import type { Member } from './members.ts'
import { rate } from './rate.ts'
import { reportOf } from './report.ts'
import type { CampaignReport } from './report.ts'

export type RegionResult = { readonly region: string; readonly regionName: string; readonly running: number; readonly checked: number; readonly failed: number; readonly passRate: number | null }
export type Failing = Pick<Member, 'channel' | 'kind' | 'name' | 'address' | 'siteCode' | 'organisation' | 'supervisor' | 'regionName' | 'problem' | 'clause'>

/** 通报: the overall figures, the pass rate by region, and the annex of failing channels. */
export type Bulletin = {
  readonly name: string
  readonly asOf: string
  readonly rounding: CampaignReport['rounding']
  readonly totals: CampaignReport['totals']
  readonly overall: Omit<RegionResult, 'region' | 'regionName'> & { readonly share: number | null }
  readonly regions: readonly RegionResult[]
  /** The whole annex, or the page of it that was asked for; `overall.failed` is how many there are. */
  readonly failing: readonly Failing[]
}

/**
 * A campaign's bulletin as data. Checked are the running members seen since the start; failed are those of them with a
 * standing candidate; 合格率 = (checked − failed) / checked. Throws `not_found`.
 */
export async function bulletin({ ctx, input }: { ctx: Ctx; input: { name: string; asOf?: Date; annex?: { page: number; size: number } } }): Promise<Bulletin> {
  requireRole(ctx.actor, ['rectification', 'operations', 'read_only'])
  const asOf = input.asOf ?? ctx.clock.now()
  const campaign = await findCampaign(ctx, input.name)
  const [counted, failing] = await Promise.all([
    countMembers(ctx, campaign, asOf),
    membersOf(ctx, campaign, { figure: 'failing', asOf }, input.annex),
  ])
  const report = await reportOf(ctx, campaign, asOf, counted)
  const result = (of: typeof counted): Omit<RegionResult, 'region' | 'regionName'> => {
    const sum = (figure: 'remaining' | 'running_checked' | 'failing'): number => of.reduce((n, r) => n + r[figure], 0)
    const [running, checked, failed] = [sum('remaining'), sum('running_checked'), sum('failing')]
    return { running, checked, failed, passRate: rate(checked - failed, checked) }
  }
  const overall = result(counted)
  const regions = [...Map.groupBy(counted, (r) => r.region)].map(([region, of]) => ({ region, regionName: of[0]?.regionName ?? region, ...result(of) }))
  return {
    name: report.name, asOf: asOf.toISOString(), rounding: report.rounding, totals: report.totals,
    overall: { ...overall, share: rate(overall.checked, overall.running) }, regions: regions.filter((r) => r.running > 0),
    failing: failing.map(({ channel, kind, name, address, siteCode, organisation, supervisor, regionName, problem, clause }) => ({ channel, kind, name, address, siteCode, organisation, supervisor, regionName, problem, clause })),
  }
}

/** Writes the bulletin by the file's ending: .docx, .xlsx, .csv (the annex) or .json. Throws `bad_input` for another. */
export async function writeBulletin({ ctx, input }: { ctx: Ctx; input: { name: string; file: string; asOf?: Date } }): Promise<Bulletin> {
  requireRole(ctx.actor, ['rectification', 'operations', 'read_only'])
  const { file } = input
  const ending = /\.(docx|xlsx|csv|json)$/i.exec(file)?.[1]?.toLowerCase()
  if (ending === undefined) throw new HuoshuiError('bad_input', { zh: `${file}:请使用 .docx、.xlsx、.csv 或 .json`, en: `${file}: give it the ending .docx, .xlsx, .csv or .json` })
  const b = await bulletin({ ctx, input })
  if (ending === 'csv') await csvFile(file, annex(b))
  else if (ending === 'xlsx') await workbookFile(file, [overview(b), byRegion(b), annex(b)])
  else await whole(file, ending === 'json' ? Buffer.from(`${JSON.stringify(b)}\n`) : await document(b))
  await ctx.db.orm.transaction((tx) => recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [{ verb: 'campaign.bulletin', entity: 'campaign', entityId: b.name, detail: { as: ending, failing: b.failing.length } }]))
  return b
}

async function whole(file: string, bytes: Uint8Array): Promise<void> {
  const part = `${file}.part`
  try {
    await writeFile(part, bytes)
    await rename(part, file)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

const kindName = (kind: string): string => (isKind(kind) ? KINDS[kind].name.zh : kind)
const percent = (n: number | null): string => (n === null ? '–' : `${n}%`)

function overview(b: Bulletin): TableSheet {
  const t = b.totals
  const group = (name: string, c: { baseline: number; remaining: number; removed: number; rate: number | null }) => ({ name, ...c })
  return {
    name: '总体情况',
    columns: [
      { key: 'name', title: '类别', width: 24 }, { key: 'baseline', title: '基线', type: 'number' }, { key: 'remaining', title: '现有', type: 'number' },
      { key: 'removed', title: '清理', type: 'number' }, { key: 'rate', title: '清理率(%)', type: 'number' },
    ],
    rows: [group('合计', t), group('政务新媒体', t.by_group.new_media), group('网站', t.by_group.website), group('微信群', t.by_group.wechat_group), group('QQ群', t.by_group.qq_group), group('其他群组', t.by_group.other_group)],
  }
}

function byRegion(b: Bulletin): TableSheet {
  return {
    name: '各地合格率',
    columns: [
      { key: 'regionName', title: '地区', width: 20 }, { key: 'running', title: '运行数', type: 'number' }, { key: 'checked', title: '检查数', type: 'number' },
      { key: 'failed', title: '不合格数', type: 'number' }, { key: 'passRate', title: '合格率(%)', type: 'number' },
    ],
    rows: [...b.regions, { regionName: '合计', ...b.overall }].map(({ regionName, running, checked, failed, passRate }) => ({ regionName, running, checked, failed, passRate })),
  }
}

function annex(b: Bulletin): TableSheet {
  return {
    name: '不合格名单',
    columns: [
      { key: 'n', title: '序号', width: 6, type: 'number' }, { key: 'region', title: '地区', width: 14 }, { key: 'kind', title: '类型', width: 14 }, { key: 'siteCode', title: '标识码', width: 20 },
      { key: 'name', title: '名称', width: 32 }, { key: 'address', title: '网址/账号', width: 40 }, { key: 'organisation', title: '主办单位', width: 28 },
      { key: 'supervisor', title: '主管单位', width: 28 }, { key: 'problem', title: '主要问题', width: 60 },
    ],
    rows: b.failing.map((f, i) => ({ n: i + 1, region: f.regionName, kind: kindName(f.kind), siteCode: f.siteCode, name: f.name, address: f.address, organisation: f.organisation, supervisor: f.supervisor, problem: f.problem })),
  }
}

function document(b: Bulletin): Promise<Uint8Array> {
  const { totals: t, overall: o } = b
  const day = dayInChina(new Date(b.asOf))
  const blocks: Block[] = [
    { kind: 'heading', text: '一、总体情况' },
    { kind: 'text', text: `截至${day},列入本次行动基线的渠道共${t.baseline}个,已清理${t.removed}个,现有${t.remaining}个,清理率${percent(t.rate)}。在运行的${o.running}个渠道中检查${o.checked}个,抽查比例${percent(o.share)};不合格${o.failed}个,合格率${percent(o.passRate)}。(${b.rounding.zh})` },
    { kind: 'heading', text: '二、各地情况' },
    { kind: 'table', head: ['地区', '运行数', '检查数', '不合格数', '合格率'], rows: b.regions.map((r) => [r.regionName, String(r.running), String(r.checked), String(r.failed), percent(r.passRate)]), widths: [3, 2, 2, 2, 2] },
    { kind: 'heading', text: '附件:不合格渠道名单' },
    {
      kind: 'table',
      head: ['序号', '标识码/账号', '名称', '主办单位', '主管单位', '主要问题'],
      rows: b.failing.map((f, i) => [String(i + 1), `${f.siteCode ?? ''}\n${f.address}`.trim(), `${f.name}(${kindName(f.kind)})`, f.organisation ?? '–', f.supervisor ?? '–', f.problem ?? '–']),
      widths: [1, 3, 3, 3, 3, 5],
    },
  ]
  return documentBytes({ title: `${b.name}情况通报`, blocks })
}
