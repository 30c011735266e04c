import { App, Button, Popconfirm, Space } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { post } from '../../api/client.ts'
import { useSaying } from '../../parts/saying.ts'
import { may, useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'
import type { ChannelFile } from './index.tsx'
import { LiveVisit } from './live.tsx'

/** What may be done with the channel: visit now (and watch it), pause, resume, edit. */
export function Acts({ channel, again }: { channel: ChannelFile['channel']; again: () => void }) {
  const { t } = useWords()
  const me = useMe()
  const { message } = App.useApp()
  const client = useQueryClient()
  const saying = useSaying()
  const [since, setSince] = useState<string | null>(null)
  if (!may(me, ['operations'])) return null
  const { id } = channel
  const run = async (): Promise<void> => {
    try { setSince((await post('/api/channels/:id/run', { params: { id }, body: {} })).at) } catch (problem) { saying(problem) }
  }
  const change = async (to: 'pause' | 'resume'): Promise<void> => {
    try {
      if (to === 'pause') await post('/api/channels/:id/pause', { params: { id }, body: {} })
      else await post('/api/channels/:id/resume', { params: { id }, body: {} })
      void message.success(to === 'pause' ? t('已暂停,可随时恢复', 'Paused; it can be resumed at any time') : t('已恢复', 'Resumed'))
      again()
      await client.invalidateQueries({ queryKey: ['/api/channels'] })
    } catch (problem) { saying(problem) }
  }
  return (
    <Space wrap>
      {since === null ? null : <LiveVisit id={id} since={since} done={again} />}
      {channel.state === 'active' ? <Button type="primary" onClick={() => void run()}>{t('立即巡检', 'Visit now')}</Button> : null}
      {channel.state === 'active' ? <Popconfirm title={t('暂停后不再巡检,直到恢复。', 'It is not visited until resumed.')} okText={t('暂停', 'Pause')} cancelText={t('取消', 'Cancel')} onConfirm={() => void change('pause')}><Button>{t('暂停巡检', 'Pause')}</Button></Popconfirm> : null}
      {channel.state === 'paused' ? <Button type="primary" onClick={() => void change('resume')}>{t('恢复巡检', 'Resume')}</Button> : null}
      <Link to={`/ledger/edit/${id}`}><Button>{t('修改', 'Edit')}</Button></Link>
    </Space>
  )
}
