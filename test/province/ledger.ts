import { writeFile } from 'node:fs/promises'
import { Workbook } from '@cj-tech-master/excelts'
import { stringify } from 'csv-stringify/sync'
import { KINDS } from '../../src/domain/kinds.ts'
import { encodeGb18030 } from './gb18030.ts'
import type { Province, ProvinceChannel } from './types.ts'

export const LEDGER_HEADERS = [
  '序号', '渠道类型', '渠道名称', '网址/账号', '网站标识码/新媒体标识码', '主办单位', '主管单位', '行政区划代码', '所在地区', '备案状态', '运行状态', '功能类型',
  '开设时间', '联系人', '联系电话', '成员数', '最近更新日期', '填报日期', '备注',
] as const

const kindName = (c: ProvinceChannel): string => (c.kind === 'wechat_official' && c.service ? '微信服务号' : KINDS[c.kind].name.zh)

/** One row per channel, in the order of `LEDGER_HEADERS`; every cell text, as people send it. */
export function ledgerRows(province: Province): readonly (readonly string[])[] {
  return province.channels.map((c, i) => [
    String(i + 1), kindName(c), c.name, c.address, c.code, c.sponsor, c.organisation.supervisor, c.region,
    `江西省${c.organisation.region.city}${c.organisation.region.name === c.organisation.region.city ? '' : c.organisation.region.name}`,
    c.filing, '正常', c.kind === 'website' || c.members !== null ? '' : c.service || c.kind === 'mini_program' || c.kind === 'app' ? '服务类' : '发布类',
    c.openedOn, c.organisation.contact, c.organisation.phone, c.members === null ? '' : String(c.members), c.statement?.newest ?? '', c.statement?.statedOn ?? '', '样例数据，与真实单位无关',
  ])
}

/** Writes the province's ledger as a unit would send it: .xlsx, or .csv in UTF-8 with BOM or in GB18030. */
export async function writeLedger(province: Province, file: string, { encoding = 'utf-8' }: { encoding?: 'utf-8' | 'gb18030' } = {}): Promise<void> {
  const rows = ledgerRows(province)
  if (file.endsWith('.xlsx')) {
    const book = new Workbook()
    const sheet = book.addWorksheet('渠道台账')
    sheet.addRow([...LEDGER_HEADERS])
    for (const row of rows) sheet.addRow([...row])
    return void (await book.xlsx.writeFile(file))
  }
  const csv = stringify([[...LEDGER_HEADERS], ...rows.map((r) => [...r])], { record_delimiter: 'windows' })
  await writeFile(file, encoding === 'gb18030' ? encodeGb18030(csv) : `\ufeff${csv}`)
}
