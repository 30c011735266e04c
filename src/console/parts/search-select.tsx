import { Select } from 'antd'
import { useState } from 'react'
import { KINDS, isKind } from '../../domain/kinds.ts'
import { useApi } from '../api/use.ts'
import { useWords } from '../shell/language.tsx'

type Props = { readonly value?: number | null; readonly onChange?: (value: number | undefined) => void; readonly id?: string; readonly label?: string; readonly style?: React.CSSProperties }

/** Chooses one channel by a part of its name, address or code; the server searches. */
export function ChannelSelect({ value, onChange, id, label, style }: Props) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const { data, isFetching } = useApi('/api/channels', { query: { text, size: '20' } })
  return (
    <Select allowClear style={{ width: '100%', ...style }} {...(id === undefined ? {} : { id })} aria-label={label ?? t('选择渠道', 'choose a channel')} value={value ?? null} loading={isFetching}
      onChange={(next: number | null | undefined) => onChange?.(next ?? undefined)} showSearch={{ filterOption: false, onSearch: setText }} placeholder={t('输入名称、地址或标识码查找', 'a part of its name, address or code')}
      options={(data?.channels ?? []).map((c) => ({ value: c.id, label: `${c.name} · ${isKind(c.kind) ? t(KINDS[c.kind].name) : c.kind}${c.region === null ? '' : ` · ${c.region}`}` }))} />
  )
}

/** The same for an organisation, by a part of its name. */
export function OrganisationSelect({ value, onChange, id, label, style }: Props) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const { data, isFetching } = useApi('/api/organisations', { query: { text } })
  return (
    <Select allowClear style={{ width: '100%', ...style }} {...(id === undefined ? {} : { id })} aria-label={label ?? t('选择单位', 'choose an organisation')} value={value ?? null} loading={isFetching}
      onChange={(next: number | null | undefined) => onChange?.(next ?? undefined)} showSearch={{ filterOption: false, onSearch: setText }} placeholder={t('输入单位名称查找', 'a part of its name')}
      options={(data ?? []).map((o) => ({ value: o.id, label: `${o.name}${o.region === null ? '' : ` · ${o.region}`}` }))} />
  )
}
