import { App, Button, Popconfirm, Table, Tag } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { post } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { useSaying } from '../../parts/saying.ts'
import { Failed } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import { browserOf } from './browser-name.ts'

/** Where one is signed in, each to be ended; all others at once. */
export function Sessions() {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const saying = useSaying()
  const { data, error, isFetching, refetch } = useApi('/api/sessions', {})
  const end = async (work: () => Promise<{ ended: number }>): Promise<void> => {
    try {
      const { ended } = await work()
      void message.success(t(`已结束 ${ended} 个会话`, `${ended} sessions ended`))
    } catch (problem) { saying(problem) }
    await client.invalidateQueries({ queryKey: ['/api/sessions'] })
  }
  const others = (data ?? []).filter((s) => !s.here).length
  return (
    <>
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}>
        <p className="quiet" style={{ marginTop: 0 }}>{t('会话在 12 小时无操作、关闭浏览器或满 7 天后结束。有不认识的,请立即结束并修改密码。', 'A session ends after 12 hours without use, with the browser, or after a week. End any that you do not know, and change your password.')}</p>
        <Popconfirm title={t('结束除此处以外的所有会话?', 'End every session but this one?')} onConfirm={() => void end(() => post('/api/sessions/revoke-others', { body: {} }))} disabled={others === 0}>
          <Button danger disabled={others === 0}>{t('结束其他会话', 'End all others')}</Button>
        </Popconfirm>
      </div>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table size="middle" rowKey="id" loading={isFetching && data === undefined} dataSource={data ?? []} pagination={false} columns={[
        { title: t('浏览器', 'Browser'), render: (_, s) => <span title={s.userAgent ?? ''}>{browserOf(s.userAgent) ?? t('未知', 'unknown')} {s.here ? <Tag color="processing">{t('当前', 'this one')}</Tag> : null}</span> },
        { title: t('来源地址', 'Address'), dataIndex: 'address', render: (a: string | null) => <span className="number">{a ?? '–'}</span> },
        { title: t('登录时间', 'Signed in'), dataIndex: 'startedAt', render: (at: string) => <When at={at} /> },
        { title: t('最近使用', 'Last used'), dataIndex: 'lastSeenAt', render: (at: string) => <When at={at} /> },
        { title: t('操作', 'Act'), render: (_, s) => (s.here ? null : <Button size="small" danger onClick={() => void end(() => post('/api/sessions/:session/revoke', { params: { session: s.id }, body: {} }))}>{t('结束', 'End')}</Button>) },
      ]} />
    </>
  )
}
