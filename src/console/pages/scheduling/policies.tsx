import { Button, Popconfirm, Table } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { KINDS, isKind } from '../../../domain/kinds.ts'
import { put } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { useSaying } from '../../parts/saying.ts'
import { Failed, Nothing } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { may, useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'
import { POLICY_FLAGS, POLICY_NUMBERS, SCOPE_NAMES } from '../../words/policy.ts'
import { PROBE_NAMES } from '../../words/probes.ts'
import { PolicyForm } from './policy-form.tsx'
import type { PolicyTarget } from './policy-form.tsx'

type Settings = Readonly<Record<string, unknown>>
type Row = { scope: 'all' | 'kind' | 'region' | 'organisation' | 'channel'; target: string; targetName: string | null; settings: Settings; updatedAt: string; updatedBy: string }

/** One line for each policy: for whom, what it says, who set it. The more particular one goes before. */
export function Policies() {
  const { t } = useWords()
  const me = useMe()
  const client = useQueryClient()
  const saying = useSaying()
  const { data, error, isFetching, refetch } = useApi('/api/policies', {})
  const [editing, setEditing] = useState<PolicyTarget | 'new' | null>(null)
  const mayEdit = may(me, ['operations'])
  const name = (r: Row): string => (r.scope === 'all' ? t(SCOPE_NAMES['all'] ?? { zh: '', en: '' }) : r.scope === 'kind' && isKind(r.target) ? t(KINDS[r.target].name) : r.targetName ?? r.target)
  const drop = async (r: Row): Promise<void> => {
    try {
      await put('/api/policies', { body: { scope: r.scope, target: r.target, settings: Object.fromEntries(Object.keys(r.settings).map((k) => [k, null])) } })
      await client.invalidateQueries({ queryKey: ['/api/policies'] })
    } catch (problem) { saying(problem) }
  }
  return (
    <>
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}>
        <p className="quiet" style={{ marginTop: 0 }}>{t('未设策略时:更新期限前1天起每日巡检,每天另随机抽查2%,任何渠道最长14天必巡检一次。范围小的策略优先于范围大的。', 'Where no policy speaks: daily from one day before a limit, 2 % at random each day, never later than 14 days. A narrower policy goes before a wider one.')}</p>
        {mayEdit ? <Button type="primary" onClick={() => setEditing('new')}>{t('新建策略', 'New policy')}</Button> : null}
      </div>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table<Row> size="middle" rowKey={(r) => `${r.scope}:${r.target}`} loading={isFetching && data === undefined} dataSource={(data ?? []) as Row[]} pagination={{ pageSize: 20, hideOnSinglePage: true }}
        locale={{ emptyText: <Nothing>{t('尚未设置策略,全部渠道按默认方式巡检。', 'No policy yet: all channels are visited by the defaults.')}</Nothing> }}
        columns={[
          { title: t('范围', 'Scope'), width: 110, dataIndex: 'scope', render: (s: string) => t(SCOPE_NAMES[s] ?? { zh: s, en: s }) },
          { title: t('对象', 'For'), render: (_, r) => name(r) },
          { title: t('设置', 'Settings'), render: (_, r) => <Said settings={r.settings} /> },
          { title: t('设置人', 'Set by'), dataIndex: 'updatedBy', width: 120 },
          { title: t('时间', 'At'), dataIndex: 'updatedAt', width: 150, render: (at: string) => <When at={at} /> },
          ...(mayEdit ? [{ title: t('操作', 'Act'), width: 150, render: (_: unknown, r: Row) => <span style={{ display: 'inline-flex', gap: 8 }}><Button size="small" onClick={() => setEditing({ ...r, name: name(r) })}>{t('修改', 'Change')}</Button><Popconfirm title={t('取消这项策略,恢复上级策略?', 'Take it away, so that the wider policy binds again?')} onConfirm={() => void drop(r)}><Button size="small" danger>{t('取消', 'Remove')}</Button></Popconfirm></span> }] : []),
        ]} />
      {editing === null ? null : <PolicyForm of={editing} close={() => setEditing(null)} />}
    </>
  )
}

/** The settings of a policy as words. */
function Said({ settings }: { settings: Settings }) {
  const { t } = useWords()
  const parts: string[] = []
  for (const [key, s] of Object.entries(POLICY_NUMBERS)) {
    const value = settings[key]
    if (typeof value === 'number') parts.push(`${t(s.name)} ${Math.round(value * (s.scale ?? 1) * 100) / 100} ${t(s.unit)}`)
  }
  for (const [key, f] of Object.entries(POLICY_FLAGS)) if (settings[key] === true) parts.push(t(f.name))
  const probes = [settings['probes'] ?? []].flat() as string[]
  if (probes.length > 0) parts.push(`${t('功能探测', 'functions')} ${probes.map((p) => (p === 'all' ? t('全部', 'all') : p === 'none' ? t('不探测', 'none') : t(PROBE_NAMES[p] ?? { zh: p, en: p }))).join(t('、', ', '))}`)
  const windows = settings['windows']
  if (Array.isArray(windows)) for (const w of windows as { from: string; to: string }[]) parts.push(t(`${w.from}—${w.to} 不巡检`, `not ${w.from}–${w.to}`))
  return <>{parts.join(t(';', '; '))}</>
}
