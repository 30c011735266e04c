import { Alert, Button } from 'antd'
import { useChanges } from '../../api/changes.ts'
import { useWords } from '../../shell/language.tsx'

/** Says that the queue has changed since it was read; rows move only when one asks for it, never under the hand. */
export function News({ shown, now, look, load }: { shown: number | undefined; now: number | undefined; look: () => void; load: () => void }) {
  const { t } = useWords()
  useChanges(['candidates'], look)
  const more = shown === undefined || now === undefined ? 0 : now - shown
  return (
    <div role="status">
      {more === 0 ? null : (
        <Alert type="info" showIcon style={{ position: 'fixed', insetBlockEnd: 20, insetInlineEnd: 20, zIndex: 15, maxWidth: 420, boxShadow: '0 4px 16px rgb(0 0 0 / 18%)' }} action={<Button size="small" onClick={load}>{t('载入', 'Load')}</Button>}
          title={more > 0 ? t(`队列新增 ${more} 件`, `${more} new in this queue`) : t(`队列中有 ${-more} 件已被处理`, `${-more} of this queue are dealt with`)} />
      )}
    </div>
  )
}
