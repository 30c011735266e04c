import { Button, Input, Select } from 'antd'
import { ACT_NAMES, SUBJECT_NAMES } from '../../../domain/acts.ts'
import { useWords } from '../../shell/language.tsx'

type Filter = Readonly<Record<'actor' | 'verbs' | 'entity' | 'entityId' | 'from' | 'until', string | undefined>>

/** By whom, which act, on what, between which days; all in the address, so that a view can be kept. */
export function AuditFilters({ filter, set }: { filter: Filter; set: (changes: Readonly<Record<string, string | undefined>>) => void }) {
  const { t } = useWords()
  const given = Object.values(filter).some((v) => v !== undefined)
  return (
    <div className="filters">
      <Input.Search key={filter.actor ?? ''} allowClear defaultValue={filter.actor ?? ''} onSearch={(actor) => set({ actor })} placeholder={t('操作人', 'who')} aria-label={t('操作人', 'who')} style={{ width: 160 }} />
      <Select mode="multiple" allowClear maxTagCount={1} value={filter.verbs?.split(',') ?? []} onChange={(verbs: string[]) => set({ verbs: verbs.join(',') })} placeholder={t('操作', 'Act')} aria-label={t('操作', 'Act')} style={{ width: 230 }} showSearch={{ optionFilterProp: 'label' }} options={Object.entries(ACT_NAMES).map(([value, name]) => ({ value, label: t(name) }))} />
      <Select allowClear value={filter.entity ?? null} onChange={(entity: string | null | undefined) => set({ entity: entity ?? undefined, entityId: undefined })} placeholder={t('对象类型', 'Subject')} aria-label={t('对象类型', 'Subject')} style={{ width: 150 }} showSearch={{ optionFilterProp: 'label' }} options={Object.entries(SUBJECT_NAMES).map(([value, name]) => ({ value, label: t(name) }))} />
      {filter.entity === undefined ? null : <Input.Search key={filter.entityId ?? ''} allowClear defaultValue={filter.entityId ?? ''} onSearch={(entityId) => set({ entityId })} placeholder={t('对象编号', 'its number')} aria-label={t('对象编号', 'its number')} style={{ width: 150 }} />}
      <label className="quiet">{t('从', 'from')} <Input type="date" value={filter.from ?? ''} onChange={(e) => set({ from: e.target.value })} style={{ width: 150 }} /></label>
      <label className="quiet">{t('至', 'to')} <Input type="date" value={filter.until ?? ''} onChange={(e) => set({ until: e.target.value })} style={{ width: 150 }} /></label>
      {given ? <Button type="link" onClick={() => set({ actor: undefined, verbs: undefined, entity: undefined, entityId: undefined, from: undefined, until: undefined })}>{t('清除条件', 'Clear')}</Button> : null}
    </div>
  )
}
