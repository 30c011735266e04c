import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useAddressState } from '../../parts/address-state.ts'
import { useWords } from '../../shell/language.tsx'

/** The last day counted, as the address has it: its end in China's time; now unless one is chosen. */
export function useAsOf(): { day: string | undefined; query: { asOf?: string }; link: string } {
  const { get } = useAddressState()
  const day = get('until')
  if (day === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return { day: undefined, query: {}, link: '' }
  return { day, query: { asOf: `${day}T23:59:59+08:00` }, link: `&until=${day}` }
}

export function AsOf() {
  const { t } = useWords()
  const { get, set } = useAddressState()
  const day = get('until')
  return <label style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}><span className="quiet">{t('截至', 'As of')}</span><DatePicker aria-label={t('截至日期', 'as of')} value={day === undefined ? null : dayjs(day)} placeholder={t('现在', 'now')} disabledDate={(d) => d.isAfter(dayjs(), 'day')} onChange={(d) => set({ until: d?.format('YYYY-MM-DD') })} /></label>
}
