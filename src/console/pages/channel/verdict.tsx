import { Alert, Button, Table, Tag } from 'antd'
import { useState } from 'react'
import { useWords } from '../../shell/language.tsx'
import { ANSWERS } from '../../words/verdicts.ts'
import type { ChannelFile } from './index.tsx'

const TYPES = { violated: 'error', held: 'warning', not_observed: 'warning', waiting: 'info', ended: 'info', met: 'success' } as const

/** What stands now in one sentence with its reason; every rule that was asked, at a button. */
export function VerdictCard({ verdict, channel }: { verdict: ChannelFile['verdict']; channel: ChannelFile['channel'] }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const w = channel.witness
  return (
    <section aria-label={t('当前结论', 'Present verdict')}>
      <Alert type={TYPES[verdict.kind]} showIcon title={<strong className="verdict">{t(verdict.sentence)}</strong>}
        description={<span>{channel.newestOn === null || w === null ? t('尚未见到可信的发布日期。', 'No trustworthy date has been seen.') : <>{t('日期依据', 'The date is from')}{t(':', ': ')}<q>{w.raw}</q>{w.where === undefined ? '' : ` (${w.where})`}</>}</span>}
        action={<Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>{t(`逐条依据(${verdict.answers.length})`, `Rule by rule (${verdict.answers.length})`)}</Button>} />
      {open ? (
        <Table size="small" rowKey="rule" pagination={false} style={{ marginTop: 8 }} dataSource={[...verdict.answers]} columns={[
          { title: t('条款', 'Rule'), width: 90, dataIndex: 'rule' },
          { title: t('内容', 'Clause'), render: (_, a) => <span title={t(a.document)}><b>{t(a.title)}</b><br /><span className="quiet">{t(a.clause)}</span></span> },
          { title: t('结论', 'Answer'), width: 120, render: (_, a) => <Tag color={ANSWERS[a.answer].colour}>{t(ANSWERS[a.answer].name)}</Tag> },
          { title: t('原因', 'Why'), width: 230, render: (_, a) => (a.reason === null ? (a.daysOver === null ? '–' : t(`自 ${a.since ?? '–'} 起超期 ${a.daysOver} 天`, `${a.daysOver} days over, since ${a.since ?? '–'}`)) : t(a.reason)) },
          { title: t('最近更新', 'Newest'), width: 110, render: (_, a) => <span className="number">{a.newest ?? '–'}</span> },
        ]} />
      ) : null}
    </section>
  )
}
