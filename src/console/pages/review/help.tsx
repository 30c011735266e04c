import { Modal } from 'antd'
import { STEPS } from '../../../domain/candidate.ts'
import type { Step } from '../../../domain/candidate.ts'
import { Key } from '../../parts/tags.tsx'
import { useWords } from '../../shell/language.tsx'
import { STEP_KEYS, titled } from '../../words/review.ts'

/** Every key of the queue. */
export function KeysHelp({ close }: { close: () => void }) {
  const { t } = useWords()
  const moves: readonly [string, string][] = [
    ['J ↓', t('下一件', 'next')], ['K ↑', t('上一件', 'previous')], [t('空格', 'Space'), t('选中或取消选中', 'select or unselect')], ['N', t('制发文书', 'issue the document')], ['A', t('分派', 'assign')],
    ['Z', t('撤销上一步', 'take the last step back')], ['/', t('查找', 'search')], ['[ ]', t('上一页、下一页', 'previous, next page')], ['?', t('本说明', 'this list')],
  ]
  return (
    <Modal open title={t('快捷键', 'Keys')} onCancel={close} footer={null} width={560}>
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: '6px 24px' }}>
        <dl className="keys">{(Object.entries(STEP_KEYS) as [Step, string][]).map(([step, key]) => <div key={step}><dt><kbd className="key">{key}</kbd></dt><dd>{t(titled(STEPS[step]))}</dd></div>)}</dl>
        <dl className="keys">{moves.map(([key, what]) => <div key={key}><dt><kbd className="key">{key}</kbd></dt><dd>{what}</dd></div>)}</dl>
      </div>
      <p className="quiet">{t('在决定窗口中:数字键选用理由模板,回车确定;在理由框中按 Ctrl+回车确定。', 'In the decision: a digit takes a template, Enter sends it; Ctrl+Enter from within the reason.')} <Key>Esc</Key> {t('取消', 'cancels')}</p>
    </Modal>
  )
}
