import { Form, Select } from 'antd'
import { KINDS, KIND_IDS } from '../../domain/kinds.ts'
import type { Kind } from '../../domain/kinds.ts'
import { useApi } from '../api/use.ts'
import { useWords } from '../shell/language.tsx'
import { RegionPicker } from './region-picker.tsx'
import { OrganisationSelect } from './search-select.tsx'

/** Which channels an act is for, as the register's filter takes it. */
export type Scope = { region?: string; kinds?: Kind[]; organisation?: number }

/** Fields of a form that choose channels by region, kind and organisation, with how many that are. */
export function ChannelScopeFields() {
  const { t } = useWords()
  const form = Form.useFormInstance<Scope>()
  const region = Form.useWatch('region', form)
  const kinds = Form.useWatch('kinds', form)
  const organisation = Form.useWatch('organisation', form)
  const { data } = useApi('/api/channels', { query: { size: '1', states: 'active,paused', ...(region === undefined ? {} : { region }), ...(kinds === undefined || kinds.length === 0 ? {} : { kinds: kinds.join(',') }), ...(organisation === undefined ? {} : { organisation }) } })
  return (
    <>
      <Form.Item name="region" label={t('地区(不选为全部)', 'Region (none: all)')}><RegionPicker /></Form.Item>
      <Form.Item name="kinds" label={t('渠道类型(不选为全部)', 'Kinds (none: all)')}><Select mode="multiple" allowClear showSearch={{ optionFilterProp: 'label' }} options={KIND_IDS.map((k) => ({ value: k, label: t(KINDS[k].name) }))} /></Form.Item>
      <Form.Item name="organisation" label={t('单位(不选为全部)', 'Organisation (none: all)')}><OrganisationSelect /></Form.Item>
      <p role="status" className="quiet">{data === undefined ? t('正在统计……', 'Counting…') : t(`共 ${data.total.toLocaleString('en-US')} 个渠道(不含已关停、已整合)`, `${data.total.toLocaleString('en-US')} channels (closed and merged ones left out)`)}</p>
    </>
  )
}

/** What the fields hold, without what was left empty. */
export function scopeOf({ region, kinds, organisation }: Scope): Scope {
  return { ...(region === undefined || region === null ? {} : { region }), ...(kinds === undefined || kinds.length === 0 ? {} : { kinds }), ...(organisation === undefined || organisation === null ? {} : { organisation }) }
}
