import { Alert, Card, Col, Row, Statistic, Table } from 'antd'
import { Link } from 'react-router'
import { OUTCOMES } from '../../../domain/outcome.ts'
import { useChanges } from '../../api/changes.ts'
import { useApi } from '../../api/use.ts'
import { Failed, Loading, Nothing } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { may, useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'
import { Hours } from './hours.tsx'

const EVERY = 60_000
/** Visits end by the dozen: the page follows them in steps, in milliseconds. */
const SOON = 5000

/** Whether the work goes on: alarms, throughput by the hour, workers, hosts at rest. */
export function EngineRoomView() {
  const { t } = useWords()
  const me = useMe()
  const watcher = useApi('/api/watcher', {}, { every: EVERY })
  const room = useApi('/api/engine-room', {}, { every: EVERY })
  // What rests or waits changes without a visit, so both are asked for now and then too.
  useChanges(['visits'], () => { void watcher.refetch(); void room.refetch() }, SOON)
  if (watcher.data === undefined || room.data === undefined) {
    const error = watcher.error ?? room.error
    return error === null ? <Loading /> : <Failed error={error} retry={() => { void watcher.refetch(); void room.refetch() }} />
  }
  const w = watcher.data
  const r = room.data
  const visits = r.hours.reduce((n, h) => n + h.visits, 0)
  return (
    <>
      {w.alarms.length === 0
        ? <Alert type="success" showIcon title={t('巡检运行正常,没有告警。', 'The watcher is well; there is no alarm.')} style={{ marginBottom: 12 }} />
        : <Alert type="error" showIcon title={t(`有 ${w.alarms.length} 项告警`, `${w.alarms.length} alarms`)} description={<ul style={{ margin: 0, paddingInlineStart: 18 }}>{w.alarms.map((a) => <li key={a.en}>{t(a)}</li>)}</ul>} style={{ marginBottom: 12 }} />}
      <Row gutter={[12, 12]}>
        {[
          [t('排队与进行中', 'In hand'), w.inHand, '/channels?states=active&sort=next_due'],
          [t('逾期未巡检', 'Overdue'), w.overdue, '/channels?states=active&sort=next_due'],
          [t('从未巡检', 'Never visited'), w.neverVisited, '/channels?states=active&sort=last_visit'],
          [t('24小时巡检', 'Visits in 24 h'), visits, null],
          [t('正在进行的请求', 'Requests under way'), r.requests, null],
          [t('暂停访问的主机', 'Hosts at rest'), r.restingCount, null],
        ].map(([name, value, to]) => (
          <Col key={String(name)} xs={12} md={8} xl={4}>
            <Card size="small">{to === null ? <Statistic title={name} value={Number(value)} /> : <Link to={String(to)}><Statistic title={name} value={Number(value)} /></Link>}</Card>
          </Col>
        ))}
      </Row>
      <Card size="small" title={t('最近24小时每小时巡检数', 'Visits by the hour, last 24 hours')} style={{ marginTop: 12 }}><Hours hours={r.hours} /></Card>
      {may(me, []) ? <p style={{ margin: '12px 0 0' }}><a href="/api/queue-board" target="_blank" rel="noreferrer">{t('查看任务队列(仅供查看)', 'The queue’s jobs (to look at)')}</a></p> : null}
      <Row gutter={[12, 12]} style={{ marginTop: 12 }}>
        <Col xs={24} xl={8}>
          <Card size="small" title={t('24小时结果', 'Outcomes in 24 h')}>
            <Table size="small" pagination={false} rowKey="id" scroll={{ y: 240 }} dataSource={Object.entries(w.outcomes).map(([id, n]) => ({ id, n }))}
              locale={{ emptyText: <Nothing>{t('24小时内没有巡检。', 'No visit in 24 hours.')}</Nothing> }}
              columns={[
                { title: t('结果', 'Outcome'), dataIndex: 'id', render: (id: string) => <Link to={`/channels?outcomes=${id}`}>{Object.hasOwn(OUTCOMES, id) ? t(OUTCOMES[id as keyof typeof OUTCOMES].name) : id}</Link> },
                { title: t('次数', 'Visits'), dataIndex: 'n', align: 'right', className: 'number' },
              ]} />
          </Card>
        </Col>
        <Col xs={24} xl={8}>
          <Card size="small" title={t('工作进程(15分钟内)', 'Workers, last 15 minutes')}>
            <Table size="small" pagination={false} rowKey="name" scroll={{ y: 240 }} dataSource={[...r.workers]}
              locale={{ emptyText: <Nothing>{t('15分钟内没有进程完成巡检。', 'No worker ended a visit in 15 minutes.')}</Nothing> }}
              columns={[{ title: t('进程', 'Worker'), dataIndex: 'name' }, { title: t('巡检', 'Visits'), dataIndex: 'visits', align: 'right', className: 'number' }, { title: t('最近', 'Last'), dataIndex: 'lastVisit', render: (at: string) => <When at={at} /> }]} />
          </Card>
        </Col>
        <Col xs={24} xl={8}>
          <Card size="small" title={t('暂停访问的主机', 'Hosts at rest')}>
            <Table size="small" pagination={false} rowKey="key" scroll={{ y: 240 }} dataSource={[...r.resting]}
              locale={{ emptyText: <Nothing>{t('没有主机要求暂缓访问。', 'No host asked to be left alone.')}</Nothing> }}
              columns={[{ title: t('主机', 'Host'), dataIndex: 'key', render: (key: string) => <span className="address">{key.replace(/^\w+:/, '')}</span> }, { title: t('直到', 'Until'), dataIndex: 'until', render: (at: string) => <When at={at} /> }, { title: t('连续被拒', 'Refused'), dataIndex: 'failures', align: 'right', className: 'number' }]} />
          </Card>
        </Col>
      </Row>
    </>
  )
}
