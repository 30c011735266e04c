import type { Text } from '../../../domain/text.ts'

/** Whole days since the newest publication, as the filter offers them and the overview counts them. */
export const AGES: readonly { readonly key: string; readonly name: Text; readonly from?: string; readonly to?: string }[] = [
  { key: '0-14', name: { zh: '14天内', en: 'Within 14 days' }, from: '0', to: '14' },
  { key: '15-30', name: { zh: '15–30天', en: '15–30 days' }, from: '15', to: '30' },
  { key: '31-90', name: { zh: '31–90天', en: '31–90 days' }, from: '31', to: '90' },
  { key: '91-180', name: { zh: '91–180天', en: '91–180 days' }, from: '91', to: '180' },
  { key: '181-365', name: { zh: '181–365天', en: '181–365 days' }, from: '181', to: '365' },
  { key: '366-', name: { zh: '一年以上', en: 'Over a year' }, from: '366' },
  { key: '91-', name: { zh: '90天以上', en: 'Over 90 days' }, from: '91' },
  { key: 'undated', name: { zh: '未见日期', en: 'No date seen' } },
]
