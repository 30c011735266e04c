import type { Text } from '../../domain/text.ts'

export const FILING_VIEWS = {
  incomplete: { zh: '不完整', en: 'Incomplete' },
  unfiled: { zh: '信息齐全待备案', en: 'Ready to be filed' },
  complete: { zh: '已备案', en: 'Filed' },
  all: { zh: '全部', en: 'All' },
} as const satisfies Record<string, Text>

/** The register's columns that a filing needs. */
export const FIELD_NAMES: Readonly<Record<string, Text>> = {
  organisation_id: { zh: '主办单位', en: 'sponsor' }, region_code: { zh: '地区', en: 'region' }, supervisor: { zh: '主管单位', en: 'supervisor' },
  contact: { zh: '联系人', en: 'contact' }, phone: { zh: '联系电话', en: 'phone' }, opened_on: { zh: '开设时间', en: 'opening day' },
}
