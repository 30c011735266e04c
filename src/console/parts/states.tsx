import { Alert, Button, Empty, Result, Spin } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { ApiError } from '../api/client.ts'
import { useWords } from '../shell/language.tsx'

/** While something loads. */
export function Loading() {
  const { t } = useWords()
  return <div role="status" style={{ padding: 48, textAlign: 'center' }}><Spin /><p className="quiet">{t('正在读取,请稍候……', 'Loading…')}</p></div>
}

/** What went wrong, in words, with a way on. */
export function Failed({ error, retry }: { error: ApiError; retry?: () => void }) {
  const { t } = useWords()
  return <Alert type="error" showIcon title={t(error.text)} action={retry === undefined ? undefined : <Button size="small" onClick={retry}>{t('重试', 'Try again')}</Button>} style={{ margin: '8px 0' }} />
}

/** Nothing here, and what to do about it. */
export function Nothing({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<span className="quiet">{children}</span>}>{action}</Empty>
}

/** An address of the console that leads nowhere, or to a page this person may not open. */
export function Nowhere() {
  const { t } = useWords()
  return <Result status="404" title={t('没有这个页面', 'There is no such page')} subTitle={t('地址可能有误,或者您的角色看不到这个页面。', 'The address may be wrong, or your role may not open it.')} extra={<Link to="/">{t('回到总览', 'Back to the overview')}</Link>} />
}
