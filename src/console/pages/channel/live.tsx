import { Tag } from 'antd'
import { LoadingOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useEvents } from '../../api/events.ts'
import { OutcomeTag } from '../../parts/channel-words.tsx'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'

type Visit = { stage: 'idle' | 'waiting' | 'in_hand' | 'done'; outcome: string | null; lastAnywhere: string | null }

/** How far the visit that was asked for is, as it happens. */
export function LiveVisit({ id, since, done }: { id: number; since: string; done: () => void }) {
  const { t } = useWords()
  const [visit, setVisit] = useState<Visit | null>(null)
  const state = useEvents('/api/channels/:id/live', { params: { id }, query: { since } }, (event, data) => {
    if (event !== 'visit') return
    const now = data as Visit
    setVisit(now)
    if (now.stage === 'done') done()
  }, ['visit', 'failed'])
  const stage = visit?.stage ?? 'waiting'
  return (
    <span role="status" className="live">
      {stage === 'done' ? <>{t('巡检完成', 'Visited')}{t(':', ': ')}<OutcomeTag outcome={visit?.outcome ?? null} /></> : (
        <Tag icon={<LoadingOutlined />} color="processing">{stage === 'in_hand' ? t('正在巡检……', 'visiting…') : t('已排队,等待巡检进程', 'queued for a worker')}</Tag>
      )}
      {stage === 'waiting' && visit !== null ? <span className="quiet">{t('全部渠道最近一次巡检', 'last visit of any channel')} <When at={visit.lastAnywhere} /></span> : null}
      {state === 'lost' ? <span className="quiet">{t('连接中断,正在重连', 'connection lost, trying again')}</span> : null}
    </span>
  )
}
