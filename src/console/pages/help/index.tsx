import { Card, Table } from 'antd'
import { Link } from 'react-router'
import { OUTCOMES } from '../../../domain/outcome.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { useWords } from '../../shell/language.tsx'
import { QUESTIONS } from '../../words/help.ts'

const GROUPS = { seen: { zh: '已观测', en: 'seen' }, gone: { zh: '疑似不存在(须间隔24小时再次确认)', en: 'seems gone (confirmed by a second sighting 24 hours later)' }, not_observed: { zh: '未观测(绝不据此判定)', en: 'not observed (never held against a channel)' } }
const CONCERN = { channel: { zh: '渠道主办单位', en: 'the channel’s sponsor' }, operations: { zh: '运行维护人员', en: 'operations' }, ourselves: { zh: '本系统', en: 'ourselves' } }

/** What the words on the screens mean, and how the three days' work goes. */
export default function Help() {
  const { t } = useWords()
  return (
    <>
      <PageHead title={t('帮助', 'Help')}>{t('每天怎么做、结果是什么意思、依据是什么。', 'How the work goes, what results mean, what they rest on.')}</PageHead>
      <div style={{ display: 'grid', gap: 12 }}>
        {QUESTIONS.map((q) => <Card key={q.title.en} size="small" title={t(q.title)}><ol style={{ margin: 0, paddingInlineStart: 20 }}>{q.steps.map((s) => <li key={s.en}>{t(s)}</li>)}</ol></Card>)}
        <Card size="small" title={t('巡检结果的含义', 'What the outcomes of visits mean')}>
          <Table size="small" rowKey="id" pagination={false} dataSource={Object.entries(OUTCOMES).map(([id, o]) => ({ id, ...o }))}
            columns={[
              { title: t('结果', 'Outcome'), width: 240, render: (_, o) => <Link to={`/channels?outcomes=${o.id}`}>{t(o.name)}</Link> },
              { title: t('性质', 'Nature'), width: 300, render: (_, o) => t(GROUPS[o.group]) },
              { title: t('由谁处理', 'Whose matter'), width: 160, render: (_, o) => t(CONCERN[o.concern]) },
              { title: t('怎么办', 'What to do'), render: (_, o) => t(o.advice) },
            ]} />
        </Card>
        <Card size="small" title={t('指标与条款', 'Indicators and clauses')}><p style={{ margin: 0 }}>{t('每项指标的条款、阈值、判定方式和依据见', 'Clause, figures and how each is decided: see ')}<Link to="/checks?tab=standard">{t('指标检查 › 标准与指标', 'Indicator checks › The standard')}</Link></p></Card>
      </div>
    </>
  )
}
