import { Button, Modal } from 'antd'
import { ShownOnce } from '../../../parts/shown-once.tsx'
import { useWords } from '../../../shell/language.tsx'

export type Given = { readonly username: string; readonly password: string }

/** A first password, for the administrator to pass on. */
export function FirstPasswordShown({ given, close }: { given: Given; close: () => void }) {
  const { t } = useWords()
  return (
    <Modal open title={t(`“${given.username}”的初始密码`, `The first password of “${given.username}”`)} onCancel={close} footer={<Button type="primary" onClick={close}>{t('我已转交', 'I have passed it on')}</Button>}>
      <ShownOnce secret={given.password} label={t('初始密码', 'first password')}>{t('只显示这一次。请当面或通过可靠途径转交,本人首次登录时必须修改。', 'Shown this once. Pass it on by a way you trust; it must be changed at the first sign-in.')}</ShownOnce>
    </Modal>
  )
}
