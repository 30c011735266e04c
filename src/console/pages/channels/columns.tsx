import type { TableColumnType } from 'antd'
import { Link } from 'react-router'
import { ChannelStateTag, DaysSince, OutcomeTag } from '../../parts/channel-words.tsx'
import { KindName, ProposalTag } from '../../parts/tags.tsx'
import { When } from '../../parts/when.tsx'
import type { AnswerOf, RouteOf } from '../../api/types.ts'
import type { Text } from '../../../domain/text.ts'
import { DUE_REASONS, FILINGS, RUNNING } from '../../words/channel.ts'

export type Row = AnswerOf<RouteOf<'GET', '/api/channels'>>['channels'][number]
type T = (text: Text) => string
type Column = { readonly key: string; readonly name: Text; readonly sort?: string; readonly width?: number; readonly shown: boolean; readonly cell: (row: Row, t: T) => React.ReactNode }

const word = (of: Readonly<Record<string, Text>>, key: string | null, t: T): React.ReactNode => (key === null ? <span className="quiet">–</span> : t(of[key] ?? { zh: key, en: key }))

/** Every column of the list. The first cannot be hidden. */
export const COLUMNS: readonly Column[] = [
  { key: 'name', name: { zh: '名称', en: 'Name' }, sort: 'name', shown: true, cell: (r) => <div className="channel-name"><Link to={`/channels/${r.id}`}>{r.name}</Link><div className="quiet address" title={r.address}>{r.address}</div></div> },
  { key: 'kind', name: { zh: '类型', en: 'Kind' }, sort: 'kind', width: 100, shown: true, cell: (r) => <KindName kind={r.kind} /> },
  { key: 'organisation', name: { zh: '主办单位', en: 'Organisation' }, width: 160, shown: true, cell: (r) => (r.organisation === null ? <span className="quiet">–</span> : <Link to={`/channels?organisation=${r.organisationId ?? ''}`}>{r.organisation}</Link>) },
  { key: 'region', name: { zh: '地区', en: 'Region' }, sort: 'region', width: 90, shown: true, cell: (r) => r.region ?? <span className="quiet">–</span> },
  { key: 'state', name: { zh: '状态', en: 'State' }, sort: 'state', width: 84, shown: true, cell: (r) => <ChannelStateTag state={r.state} /> },
  { key: 'newest', name: { zh: '最近更新', en: 'Newest' }, sort: 'newest', width: 112, shown: true, cell: (r) => <span className="number">{r.newestOn ?? <span className="quiet">–</span>}</span> },
  { key: 'days', name: { zh: '距今', en: 'Age' }, width: 72, shown: true, cell: (r) => <DaysSince days={r.days} /> },
  { key: 'outcome', name: { zh: '巡检结果', en: 'Last outcome' }, sort: 'outcome', width: 116, shown: true, cell: (r) => <OutcomeTag outcome={r.lastOutcome} /> },
  { key: 'proposal', name: { zh: '处置建议', en: 'Proposal' }, width: 86, shown: true, cell: (r) => (r.proposal === null ? <span className="quiet">–</span> : <Link to={`/review?candidate=${r.candidate ?? ''}`} title={r.rule ?? ''}><ProposalTag proposal={r.proposal} /></Link>) },
  { key: 'last_visit', name: { zh: '最近巡检', en: 'Last visit' }, sort: 'last_visit', width: 145, shown: false, cell: (r) => <When at={r.lastVisitAt} /> },
  { key: 'next_due', name: { zh: '下次巡检', en: 'Next visit' }, sort: 'next_due', width: 145, shown: false, cell: (r) => <When at={r.nextDueAt} /> },
  { key: 'due_reason', name: { zh: '巡检原因', en: 'Why due' }, width: 120, shown: false, cell: (r, t) => word(DUE_REASONS, r.dueReason, t) },
  { key: 'site_code', name: { zh: '标识码', en: 'Code' }, width: 130, shown: false, cell: (r) => <span className="number">{r.siteCode ?? '–'}</span> },
  { key: 'account_id', name: { zh: '账号ID', en: 'Account id' }, width: 140, shown: false, cell: (r) => <span className="address">{r.accountId ?? '–'}</span> },
  { key: 'supervisor', name: { zh: '主管单位', en: 'Supervisor' }, width: 170, shown: false, cell: (r) => r.supervisor ?? <span className="quiet">–</span> },
  { key: 'filing', name: { zh: '备案', en: 'Filing' }, width: 100, shown: false, cell: (r, t) => word(FILINGS, r.filingStatus, t) },
  { key: 'filing_number', name: { zh: '备案号', en: 'Filing number' }, width: 130, shown: false, cell: (r) => r.filingNumber ?? <span className="quiet">–</span> },
  { key: 'running', name: { zh: '登记运行状态', en: 'Registered as' }, width: 120, shown: false, cell: (r, t) => word(RUNNING, r.runningStatus, t) },
  { key: 'opened', name: { zh: '开设日期', en: 'Opened on' }, width: 112, shown: false, cell: (r) => <span className="number">{r.openedOn ?? '–'}</span> },
  { key: 'contact', name: { zh: '联系人', en: 'Contact' }, width: 150, shown: false, cell: (r) => [r.contact, r.phone].filter((x) => x !== null && x !== '').join(' ') || <span className="quiet">–</span> },
]

/** The chosen ones as the table takes them, with the order in force shown on its heading. */
export function tableColumns(shown: ReadonlySet<string>, t: T, order: { sort: string | undefined; descending: boolean }): TableColumnType<Row>[] {
  return COLUMNS.filter((c) => c.key === 'name' || shown.has(c.key)).map((c) => ({
    key: c.key,
    title: t(c.name),
    ...(c.width === undefined ? {} : { width: c.width }),
    render: (_: unknown, row: Row) => c.cell(row, t),
    ...(c.sort === undefined ? {} : { sorter: true, sortOrder: order.sort !== c.sort ? null : order.descending ? 'descend' as const : 'ascend' as const }),
  }))
}

export const sortOf = (key: unknown): string | undefined => COLUMNS.find((c) => c.key === key)?.sort
