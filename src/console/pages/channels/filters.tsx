import { Button, Input, Select, Space } from 'antd'
import { useEffect, useState } from 'react'
import { PROPOSALS } from '../../../domain/candidate.ts'
import { KINDS, KIND_IDS } from '../../../domain/kinds.ts'
import { OUTCOMES } from '../../../domain/outcome.ts'
import type { Text } from '../../../domain/text.ts'
import { RegionPicker } from '../../parts/region-picker.tsx'
import { OrganisationSelect } from '../../parts/search-select.tsx'
import { useWords } from '../../shell/language.tsx'
import { CHANNEL_STATES, FILINGS, VISITING_NAMES } from '../../words/channel.ts'
import { AGES } from './ages.ts'
import type { ChannelQuery, FilterName } from './query.ts'

const list = (v: string | undefined): string[] => (v === undefined ? [] : v.split(','))

/** The filters above the list. Each one stands in the address. */
export function ChannelFilters({ of: { filters, change } }: { of: ChannelQuery }) {
  const { t } = useWords()
  const [text, setText] = useState(filters.text ?? '')
  useEffect(() => setText(filters.text ?? ''), [filters.text])
  const [more, setMore] = useState(['organisation', 'outcomes', 'visiting', 'proposals', 'filing'].some((n) => filters[n as FilterName] !== undefined))
  const many = (name: FilterName, label: string, options: { value: string; label: string }[], width = 150) => (
    <Select mode="multiple" allowClear maxTagCount={1} style={{ width }} aria-label={label} placeholder={label} value={list(filters[name])} options={options} showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={220} onChange={(v: string[]) => change({ [name]: v.join(',') })} />
  )
  const named = (of: Readonly<Record<string, Text>>) => Object.entries(of).map(([value, name]) => ({ value, label: t(name) }))
  const age = AGES.find((a) => (filters.undated === 'true' ? a.key === 'undated' : (a.from ?? a.to) !== undefined && a.from === filters.daysFrom && a.to === filters.daysTo))
  return (
    <search className="filters no-print">
      <Space wrap size={8}>
        <Input.Search allowClear style={{ width: 260 }} maxLength={200} aria-label={t('名称、地址、标识码或单位', 'Name, address, code or organisation')} placeholder={t('名称、地址、标识码或单位', 'Name, address, code, organisation')} value={text} onChange={(e) => setText(e.target.value)} onSearch={(v) => change({ text: v.trim() })} />
        <RegionPicker style={{ width: 170 }} value={filters.region} onChange={(code) => change({ region: code })} />
        {many('kinds', t('类型', 'Kind'), KIND_IDS.map((k) => ({ value: k, label: t(KINDS[k].name) })))}
        {many('states', t('状态', 'State'), Object.entries(CHANNEL_STATES).map(([value, s]) => ({ value, label: t(s.name) })), 130)}
        <Select allowClear style={{ width: 160 }} aria-label={t('距上次更新', 'Since the last update')} placeholder={t('距上次更新', 'Last update')} value={age?.key ?? (filters.daysFrom === undefined && filters.daysTo === undefined ? null : 'own')}
          options={[...AGES.map((a) => ({ value: a.key, label: t(a.name) })), ...(age === undefined && (filters.daysFrom ?? filters.daysTo) !== undefined ? [{ value: 'own', label: t(`${filters.daysFrom ?? 0}–${filters.daysTo ?? '…'} 天`, `${filters.daysFrom ?? 0}–${filters.daysTo ?? '…'} days`) }] : [])]}
          onChange={(key?: string) => {
            const chosen = AGES.find((a) => a.key === key)
            change({ daysFrom: chosen?.from, daysTo: chosen?.to, undated: chosen?.key === 'undated' ? 'true' : null })
          }} />
        <Button type="text" aria-expanded={more} onClick={() => setMore(!more)}>{more ? t('收起', 'Fewer') : t('更多条件', 'More')}</Button>
      </Space>
      {more ? (
        <Space wrap size={8} style={{ marginTop: 8 }}>
          <OrganisationSelect style={{ width: 260 }} value={filters.organisation === undefined ? null : Number(filters.organisation)} onChange={(id) => change({ organisation: id === undefined ? null : String(id) })} />
          {many('outcomes', t('最近巡检结果', 'Last outcome'), Object.entries(OUTCOMES).map(([value, o]) => ({ value, label: t(o.name) })), 170)}
          <Select allowClear style={{ width: 170 }} aria-label={t('巡检情况', 'Visiting')} placeholder={t('巡检情况', 'Visiting')} value={filters.visiting ?? null} options={named(VISITING_NAMES)} onChange={(v?: string) => change({ visiting: v })} />
          {many('proposals', t('待处置建议', 'Open proposal'), named(PROPOSALS), 160)}
          {many('filing', t('备案', 'Filing'), named(FILINGS), 140)}
        </Space>
      ) : null}
    </search>
  )
}
