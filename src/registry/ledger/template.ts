import { CHANNELS } from '../../channels/index.ts'
import { isGroupKind, KINDS, KIND_IDS } from '../../domain/kinds.ts'
import type { Kind } from '../../domain/kinds.ts'
import type { Row } from '../../export/table.ts'
import { workbookBytes } from '../../export/workbook.ts'
import { FIELDS } from './fields.ts'
import { COLUMN_SHEET, LEDGER_FIELDS, LEDGER_SHEET, ledgerColumns, siteColumnColumns } from './sheet-columns.ts'
import type { LedgerField } from './sheet-columns.ts'
import { allNames, CLASSES, FILING, FUNCTIONS, RUNNING } from './values.ts'

/** What to write in each column; shown beside the cell and on the sheet of notes. */
const HINTS: Record<LedgerField, readonly [zh: string, en: string]> = {
  kind: ['必填。从列表选择，也可写微信、公众号、微博等常用名或账号类型代码', 'Needed. Choose from the list, or write a common name or the 账号类型 code'],
  name: ['必填。网站、账号或群组的名称', 'Needed. The name of the site, account or group'],
  address: ['网站填首页网址（必填）；账号填主页地址；没有地址的填平台账号ID', 'Websites: the home page (needed). Accounts: the home page, or the platform’s id where there is none'],
  accountId: ['平台账号ID、微信号、群号等。本列为文本格式，长号码不会丢位', 'The platform’s id, WeChat id or group number. The column is text, so that long numbers keep their digits'],
  siteCode: ['网站标识码10位，新媒体标识码16位', 'Site code, 10 characters; media code, 16'],
  organisation: ['主办单位全称。群组必填：群组以单位和群号（群名）识别', 'The sponsor’s full name. Needed for groups, which are known by unit and number or name'],
  supervisor: ['主管单位全称', 'The supervising unit'],
  region: ['名称（江西省南昌市东湖区）或代码（360102，乡镇9位）；省直填 省本级', 'Name (江西省南昌市东湖区) or code (360102; nine digits for a township); 省本级 for the province itself'],
  filingStatus: [allNames(FILING), 'filed, pending, unfiled, exempt'],
  filingNumber: ['备案编号', 'Filing number'],
  runningStatus: [`${allNames(RUNNING)}。填关停、注销的渠道导入后即按单位上报关停`, 'running, suspended, closing, closed, cancelled, migrated. Closed and cancelled close the channel as reported by the unit'],
  functionType: [allNames(FUNCTIONS), 'publishing or service'],
  openedOn: ['日期，如 2019-03-01', 'A date such as 2019-03-01'],
  contact: ['联系人姓名', 'Contact'],
  phone: ['联系电话', 'Phone'],
  members: ['群组填人数', 'Groups: number of members'],
  newestOn: ['最近一次发布（群组为最后使用）的日期。没有公开来源的渠道靠此判断', 'The day of the last publication (groups: last use). Channels without a public source are judged by it'],
  statedOn: ['填报（核查）的日期；超过30天的填报不再作为依据', 'The day this was stated; a statement older than 30 days no longer counts'],
  statedBy: ['填报人', 'Who stated it'],
  newestTitle: ['最近一次发布的标题', 'Title of the latest publication'],
  newestLink: ['最近一次发布的链接', 'Link to the latest publication'],
  note: ['备注', 'Note'],
}

/** Kinds whose last use is what the unit states: their examples show it. */
const STATED: ReadonlySet<Kind> = new Set<Kind>(['wechat_group', 'qq_group', 'dingtalk_group', 'wecom_group', 'wechat_channels', 'mini_program', 'xiaohongshu'])

/** A workbook to fill in: an example row of every kind, drop-downs, notes in both languages. It imports as it is. */
export async function ledgerTemplate(): Promise<Uint8Array> {
  const columns = ledgerColumns().map((c) => {
    const hint = HINTS[c.key as LedgerField]
    return { ...c, hint: `${hint[0]}\n${hint[1]}` }
  })
  return workbookBytes([
    { name: LEDGER_SHEET, columns, rows: KIND_IDS.map(example), choicesDownTo: 5000 },
    {
      name: COLUMN_SHEET, columns: siteColumnColumns(), choicesDownTo: 5000,
      rows: [
        { channel: siteAddress(), name: '要闻动态', url: 'xwzx/ywdt/', class: '动态要闻', threshold: 14, status: '正常' },
        { channel: siteAddress(), name: '通知公告', url: 'xxgk/tzgg/', class: '通知公告', threshold: 180, status: '正常' },
      ],
    },
    { name: '说明', columns: [
      { key: 'zh', title: '列', width: 16 }, { key: 'en', title: 'Column', width: 18 }, { key: 'noteZh', title: '怎样填写', width: 60 }, { key: 'noteEn', title: 'How to fill it in', width: 60 },
    ], rows: notes() },
  ])
}

function siteAddress(): string {
  return CHANNELS.website.manifest.identityForms[0]?.example ?? 'https://www.example.gov.cn/'
}

function example(kind: Kind): Row {
  const own = CHANNELS[kind].manifest.identityForms[0]?.example ?? ''
  const group = isGroupKind(kind)
  return {
    kind: KINDS[kind].name.zh,
    name: group ? `示例${KINDS[kind].name.zh}` : `示例县人民政府${KINDS[kind].name.zh}`,
    address: group ? null : own,
    accountId: group ? own : null,
    siteCode: kind === 'website' ? '3601020001' : null,
    organisation: '示例县人民政府办公室', supervisor: '示例市人民政府办公室', region: '江西省南昌市东湖区',
    filingStatus: '已备案', runningStatus: '正常', functionType: kind === 'mini_program' ? '服务类' : group ? null : '发布类', openedOn: '2019-03-01',
    contact: '示例联系人', phone: '0791-00000000', members: group ? 48 : null,
    ...(STATED.has(kind) ? { newestOn: '2025-06-01', statedOn: '2025-06-03', statedBy: '示例填报人' } : {}),
    note: '示例行，填写时请删除',
  }
}

function notes(): Row[] {
  const general: Row[] = [
    { zh: '用法', en: 'Use', noteZh: '删除示例行后逐行填写，一个渠道一行；列可以增减、换序，未识别的列会原样保留并随导出返回', noteEn: 'Delete the examples and fill in one channel a row. Columns may be left out, added or moved; those not known are kept and given back' },
    { zh: '再次导入', en: 'Importing again', noteZh: '同一渠道按类型和地址识别；空白单元格保留原值，未出现的行不删除', noteEn: 'A channel is known by kind and address; a blank cell keeps what is registered, and rows left out are not deleted' },
  ]
  const columns = LEDGER_FIELDS.map((f): Row => ({ zh: FIELDS[f].name.zh, en: FIELDS[f].name.en, noteZh: HINTS[f][0], noteEn: HINTS[f][1] }))
  return [...general, ...columns, { zh: '栏目类别', en: 'Class', noteZh: allNames(CLASSES), noteEn: CLASSES.map((c) => c.id).join(', ') }]
}
