import { documentBytes } from '../../export/document.ts'
import type { Block } from '../../export/document.ts'
import type { Day } from '../../domain/date.ts'
import { KINDS, isKind } from '../../domain/kinds.ts'
import type { Cited } from '../cite.ts'
import { ORDER_KINDS } from './letterhead.ts'
import type { OrderKind } from './letterhead.ts'

/** An order as issued: the document is always made from this, whatever the register says later. */
export type OrderContent = {
  readonly number: string
  readonly addressee: string
  readonly issuer: string
  readonly contact: string | null
  readonly issuedOn: Day
  readonly deadline: Day
  readonly channel: { readonly id: number; readonly kind: string; readonly name: string; readonly address: string; readonly siteCode: string | null }
  readonly reason: string | null
  readonly items: readonly { readonly rule: string; readonly clause: string; readonly since: Day | null; readonly newest: Day | null; readonly daysOver: number | null }[]
  readonly evidence: readonly Cited[]
}

const ASK: Readonly<Record<OrderKind, (deadline: string) => string>> = {
  rectification: (d) => `请你单位于${d}前完成整改,并将整改情况反馈我单位。逾期未整改或整改不到位的,将按规定予以通报。如有异议,可在期限内说明情况并附佐证材料。`,
  shutdown: (d) => `请你单位于${d}前按规定程序发布关停公告、做好内容归档和数据迁移,完成账号注销或网站下线,并将办理情况反馈我单位。如有异议,可在期限内说明情况并附佐证材料。`,
}

/** The order as .docx in the layout of an official letter. */
export function orderDocumentBytes(kind: OrderKind, c: OrderContent): Promise<Uint8Array> {
  const type = isKind(c.channel.kind) ? KINDS[c.channel.kind].name.zh : c.channel.kind
  const code = c.channel.siteCode === null ? '' : `,标识码 ${c.channel.siteCode}`
  const blocks: Block[] = [
    { kind: 'text', text: `经检查,你单位主办的${type}“${c.channel.name}”(${c.channel.address}${code})存在以下问题:` },
    { kind: 'heading', text: '一、存在问题' },
    {
      kind: 'table',
      head: ['序号', '依据条款', '最近更新', '起始日期', '超期天数'],
      rows: c.items.map((i, n) => [String(n + 1), i.clause === '' ? i.rule : `${i.rule} ${i.clause}`, i.newest ?? '未见', i.since ?? '–', i.daysOver === null ? '–' : String(i.daysOver)]),
      widths: [1, 6, 2, 2, 2],
    },
    { kind: 'heading', text: '二、证据' },
    ...(c.evidence.length === 0 ? [{ kind: 'text', text: '详见检查记录。' } as const] : [{ kind: 'table', head: ['序号', '证据', '取得时间'], rows: c.evidence.map(evidenceRow), widths: [1, 8, 3] } as const]),
    { kind: 'heading', text: '三、处理要求' },
    ...(c.reason === null || c.reason === '' ? [] : [{ kind: 'text', text: c.reason } as const]),
    { kind: 'text', text: ASK[kind](chineseDay(c.deadline)) },
  ]
  return documentBytes({
    title: ORDER_KINDS[kind].zh,
    number: c.number,
    addressee: c.addressee,
    blocks,
    ...(c.contact === null ? {} : { contact: `联系人及电话:${c.contact}` }),
    signedBy: c.issuer,
    signedOn: chineseDay(c.issuedOn),
  })
}

function evidenceRow(e: Cited, n: number): string[] {
  if (e.kind === 'attestation') return [String(n + 1), `单位填报(${e.statedBy}):最近更新 ${e.newestOn}`, e.statedOn]
  if (e.kind === 'register') return [String(n + 1), `同一单位同一平台:${e.name}${e.newest === null ? '' : `(最近更新 ${e.newest})`}`, '–']
  return [String(n + 1), `${e.finalUrl}\nSHA-256 ${e.sha256}`, chinaMoment(e.fetchedAt)]
}

/** 2026-06-01 → 2026年6月1日 */
export function chineseDay(day: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** An instant as China's clocks show it, to the minute. */
export function chinaMoment(iso: string): string {
  return new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
