import { Button, Space } from 'antd'
import { STEPS } from '../../../domain/candidate.ts'
import type { Step } from '../../../domain/candidate.ts'
import { Key } from '../../parts/tags.tsx'
import { useWords } from '../../shell/language.tsx'
import { STEP_KEYS, titled } from '../../words/review.ts'

/** What may be done with the whole selection: the steps that are legal for every one of it. */
export function BulkBar({ count, legal, open, assign, clear }: { count: number; legal: readonly Step[]; open: (step: Step) => void; assign: () => void; clear: () => void }) {
  const { t } = useWords()
  const steps = legal.filter((s) => s !== 'answer' && s !== 'contest')
  return (
    <div className="bulk-bar" role="region" aria-label={t('批量处置', 'Bulk decision')}>
      <b aria-live="polite">{t(`已选 ${count} 件`, `${count} selected`)}</b>
      <Space wrap size={6}>
        {steps.length === 0 ? <span>{t('所选候选状态不同,没有共同可行的处置。', 'They stand in different states: no decision fits all of them.')}</span> : steps.map((s) => <Button size="small" key={s} onClick={() => open(s)}>{t(titled(STEPS[s]))}<Key>{STEP_KEYS[s] ?? ''}</Key></Button>)}
        <Button size="small" onClick={assign}>{t('分派', 'Assign')}<Key>A</Key></Button>
        <Button size="small" type="link" onClick={clear}>{t('取消选择', 'Clear')}</Button>
      </Space>
    </div>
  )
}
