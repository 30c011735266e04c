import { Breadcrumb, Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { Nothing } from '../../parts/states.tsx'
import { useWords } from '../../shell/language.tsx'
import { Bars, Panel } from './figure.tsx'
import type { Overview } from './health.tsx'
import { channelsAt } from './links.ts'

type By = 'candidates' | 'still' | 'removed' | 'active'

/** Cities, or the counties of one, ranked by what is asked; a name leads a step down, a bar to its channels. */
export function Places({ of, region }: { of: Overview; region: string | undefined }) {
  const { t } = useWords()
  const [by, setBy] = useState<By>('candidates')
  const names: Record<By, string> = { candidates: t('待处置候选', 'Candidates'), still: t('90天以上未更新', 'Silent over 90 days'), removed: t('已关停整合', 'Closed or merged'), active: t('在管渠道', 'Active') }
  const filters: Record<By, Record<string, string>> = { candidates: { candidate: 'true' }, still: { states: 'active', daysFrom: '91' }, removed: { states: 'closed,merged' }, active: { states: 'active' } }
  const rows = [...of.places].sort((a, b) => b[by] - a[by] || a.code.localeCompare(b.code))
  return (
    <Panel title={t('各地情况', 'By region')} note={<Segmented<By> size="small" value={by} onChange={setBy} options={(Object.keys(names) as By[]).map((value) => ({ value, label: names[value] }))} />}>
      {of.path.length > 0 ? <Breadcrumb style={{ marginBottom: 6 }} items={of.path.map((p, i) => ({ title: i === of.path.length - 1 ? p.name : <Link to={`/?region=${p.code}`}>{p.name}</Link> }))} /> : null}
      {rows.length === 0 ? <Nothing>{t('这里还没有登记渠道。', 'No channel is registered here yet.')}</Nothing> : (
        <Bars label={names[by]} rows={rows.map((p) => ({
          key: p.code, name: p.level < 3 && p.code !== region ? <Link to={`/?region=${p.code}`}>{p.name}</Link> : p.code === region ? t(`${p.name}(本级)`, `${p.name} (itself)`) : p.name, value: p[by], to: channelsAt(p.code, filters[by]),
          after: by === 'active' || p.active === 0 ? undefined : `${Math.round((p[by] / Math.max(1, p.active + (by === 'removed' ? p.removed : 0))) * 100)}%`,
        }))} />
      )}
    </Panel>
  )
}
