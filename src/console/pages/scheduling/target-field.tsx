import { Select } from 'antd'
import { KINDS, KIND_IDS } from '../../../domain/kinds.ts'
import { RegionPicker } from '../../parts/region-picker.tsx'
import { ChannelSelect, OrganisationSelect } from '../../parts/search-select.tsx'
import { useWords } from '../../shell/language.tsx'

type Props = { readonly scope: string; readonly value?: string | number; readonly onChange?: (value: string | number | undefined) => void; readonly id?: string }

/** For whom a policy is: the field that fits the scope. */
export function TargetField({ scope, value, onChange, id }: Props) {
  const { t } = useWords()
  const own = { ...(id === undefined ? {} : { id }), ...(onChange === undefined ? {} : { onChange }) }
  if (scope === 'kind') return <Select {...own} {...(value === undefined ? {} : { value })} showSearch={{ optionFilterProp: 'label' }} options={KIND_IDS.map((k) => ({ value: k, label: t(KINDS[k].name) }))} />
  if (scope === 'region') return <RegionPicker {...own} {...(typeof value === 'string' ? { value } : {})} />
  const number = typeof value === 'number' ? { value } : {}
  return scope === 'organisation' ? <OrganisationSelect {...own} {...number} /> : <ChannelSelect {...own} {...number} />
}
