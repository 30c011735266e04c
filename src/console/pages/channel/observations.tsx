import { Button, Table } from 'antd'
import { useState } from 'react'
import { OutcomeTag } from '../../parts/channel-words.tsx'
import { Nothing } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import { ABOUT_NAMES } from '../../words/channel.ts'
import { PROBE_NAMES } from '../../words/probes.ts'
import { EvidenceView } from './evidence-view.tsx'
import type { ChannelFile } from './index.tsx'
import { DateWitness } from './witness.tsx'

type Row = ChannelFile['observations'][number]
type Value = { witness?: { source: string; raw: string; where?: string; doubt?: string } | null } | null

/** The latest sighting of each thing, with the date's witness, the raw values, and the bytes that show it. */
export function Observations({ rows }: { rows: readonly Row[] }) {
  const { t } = useWords()
  const [shown, setShown] = useState<string | null>(null)
  const about = (r: Row): string => (r.about === 'column' ? `${t('栏目', 'Column')} · ${r.column ?? ''}` : r.about.startsWith('probe:') ? `${t('功能探测', 'Probe')} · ${t(PROBE_NAMES[r.about.slice(6)] ?? { zh: r.about.slice(6), en: r.about.slice(6) })}` : t(ABOUT_NAMES[r.about] ?? { zh: r.about, en: r.about }))
  return (
    <>
      <Table<Row> size="small" rowKey="id" dataSource={[...rows]} pagination={{ pageSize: 40, hideOnSinglePage: true }}
        locale={{ emptyText: <Nothing>{t('还没有观测记录:第一次巡检后会列在这里。', 'Nothing has been observed yet: the first visit fills this.')}</Nothing> }}
        expandable={{ expandedRowRender: (r) => <pre className="raw">{JSON.stringify(r.value, null, 2)}</pre>, rowExpandable: (r) => r.value !== null }}
        columns={[
          { title: t('对象', 'About'), render: (_, r) => about(r) },
          { title: t('结果', 'Outcome'), width: 150, render: (_, r) => <OutcomeTag outcome={r.outcome} /> },
          { title: t('最新日期', 'Newest'), width: 130, render: (_, r) => <DateWitness day={r.newestOn} witness={(r.value as Value)?.witness ?? null} /> },
          { title: t('依据原文', 'As it stands there'), render: (_, r) => { const w = (r.value as Value)?.witness; return w === undefined || w === null ? <span className="quiet">–</span> : <q>{w.raw}</q> } },
          { title: t('时间', 'At'), width: 150, render: (_, r) => <When at={r.at} /> },
          { title: t('证据', 'Evidence'), width: 150, render: (_, r) => r.evidence.slice(0, 3).map((sha) => <Button key={sha} className="data" type="link" size="small" style={{ paddingInline: 4 }} onClick={() => setShown(sha)}><code>{sha.slice(0, 8)}</code></Button>) },
        ]} />
      {shown === null ? null : <EvidenceView sha256={shown} close={() => setShown(null)} />}
    </>
  )
}
