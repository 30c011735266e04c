import { Table } from 'antd'
import { OUTCOMES } from '../../../domain/outcome.ts'
import { Nothing } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import type { DossierData } from './dossier.tsx'

const ABOUT = { home: { zh: '首页', en: 'home page' }, account: { zh: '账号', en: 'account' }, existence: { zh: '是否存在', en: 'existence' }, consultation: { zh: '互动入口', en: 'consultation' } } as const

/** The last thirty observations, the newest first. */
export function Sightings({ rows }: { rows: DossierData['sightings'] }) {
  const { t } = useWords()
  const about = (what: string): string => (Object.hasOwn(ABOUT, what) ? t(ABOUT[what as keyof typeof ABOUT]) : what.replace(/^栏目 /, t('栏目 ', 'column ')))
  const outcome = (o: string): string => (Object.hasOwn(OUTCOMES, o) ? t(OUTCOMES[o as keyof typeof OUTCOMES].name) : o)
  return (
    <Table size="small" rowKey={(r) => `${r.at}${r.about}`} dataSource={[...rows]} pagination={false} locale={{ emptyText: <Nothing>{t('还没有观测记录。', 'Nothing observed yet.')}</Nothing> }} columns={[
      { title: t('时间', 'At'), dataIndex: 'at', width: 140, render: (at: string) => <When at={at} /> },
      { title: t('对象', 'What'), dataIndex: 'about', render: about },
      { title: t('结果', 'Outcome'), dataIndex: 'outcome', width: 140, render: outcome },
      { title: t('最新日期', 'Newest'), dataIndex: 'newestOn', width: 105, render: (d: string | null) => <span className="number">{d ?? '–'}</span> },
      { title: t('证据', 'Evidence'), width: 110, render: (_, r) => r.evidence.slice(0, 2).map((e) => <code key={e} className="hash" title={e}>{e.slice(0, 8)} </code>) },
    ]} />
  )
}
