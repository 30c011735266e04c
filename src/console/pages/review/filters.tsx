import { Input, Select } from 'antd'
import { PROPOSALS, STATES } from '../../../domain/candidate.ts'
import { KINDS, isKind } from '../../../domain/kinds.ts'
import type { Text } from '../../../domain/text.ts'
import { useApi } from '../../api/use.ts'
import type { AnswerOf, RouteOf } from '../../api/types.ts'
import { RegionPicker } from '../../parts/region-picker.tsx'
import { useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'
import { SORT_NAMES, ruleName } from '../../words/review.ts'
import type { useQueueAddress } from './query.ts'

type Counts = AnswerOf<RouteOf<'GET', '/api/candidates/counts'>>

/** What narrows the queue; all of it stands in the address. */
export function Filters({ address, counts }: { address: ReturnType<typeof useQueueAddress>; counts: Counts | undefined }) {
  const { t } = useWords()
  const me = useMe()
  const { filter, change, sort, view } = address
  const reviewers = useApi('/api/candidates/reviewers', {})
  const pick = (key: 'kinds' | 'proposals' | 'rules' | 'states', label: string, width: number, name: (value: string) => string) => (
    <Select mode="multiple" allowClear maxTagCount={1} maxTagTextLength={6} aria-label={label} placeholder={label} style={{ width }} value={filter[key]?.split(',') ?? []} onChange={(values: string[]) => change({ [key]: values.join(',') })}
      options={(counts?.[key] ?? []).map(({ value, count }) => ({ value, label: `${name(value)} (${count})` }))} popupMatchSelectWidth={false} />
  )
  const word = (of: Readonly<Record<string, Text>>) => (value: string): string => { const found = of[value]; return found === undefined ? value : t(found) }
  const people = (reviewers.data ?? []).filter((r) => r.id !== me.id).map((r) => ({ value: r.id, label: `${r.name}${r.region === null ? '' : ` · ${r.region}`} (${r.inHand})` }))
  return (
    <div className="narrow" role="search">
      <Input.Search id="queue-search" allowClear placeholder={t('名称、地址、标识码、单位、编号', 'name, address, code, unit, number')} aria-label={t('查找候选', 'search candidates')} style={{ width: 230 }} defaultValue={filter.text ?? ''} key={filter.text ?? ''} onSearch={(text) => change({ text })} />
      <RegionPicker value={filter.region} onChange={(region) => change({ region: region ?? null })} style={{ width: 140 }} />
      {pick('kinds', t('渠道类型', 'Kind'), 140, (v) => (isKind(v) ? t(KINDS[v].name) : v))}
      {pick('proposals', t('处置建议', 'Proposal'), 120, word(PROPOSALS))}
      {pick('rules', t('规则', 'Rule'), 130, (v) => t(ruleName(v)))}
      {view === 'all' || view === 'settled' || view === 'mine' ? pick('states', t('状态', 'State'), 140, word(STATES)) : null}
      <Select allowClear aria-label={t('研判人员', 'In whose hands')} placeholder={t('研判人员', 'In whose hands')} style={{ width: 140 }} value={filter.assignee ?? null} onChange={(v: string | null | undefined) => change({ assignee: v ?? null })} popupMatchSelectWidth={false}
        options={[{ value: me.id, label: t('我', 'me') }, { value: 'none', label: t('未分派', 'nobody') }, ...people]} />
      <Select aria-label={t('排序', 'Order')} style={{ width: 120 }} value={sort} onChange={(v: string) => change({ sort: v })} options={Object.entries(SORT_NAMES).map(([value, label]) => ({ value, label: t(label) }))} popupMatchSelectWidth={false} />
    </div>
  )
}
