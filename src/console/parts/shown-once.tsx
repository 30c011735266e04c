import { Alert, Typography } from 'antd'
import { useWords } from '../shell/language.tsx'

/** A secret that the server answers once: to be copied now or made anew. */
export function ShownOnce({ children, secret, label }: { children: React.ReactNode; secret: string; label: string }) {
  const { t } = useWords()
  return (
    <>
      <Alert type="warning" showIcon title={children} style={{ marginBottom: 12 }} />
      <Typography.Paragraph aria-label={label} code copyable={{ tooltips: [t('复制', 'Copy'), t('已复制', 'Copied')] }} style={{ fontSize: 15, wordBreak: 'break-all' }}>{secret}</Typography.Paragraph>
    </>
  )
}
