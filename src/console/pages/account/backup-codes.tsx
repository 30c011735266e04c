import { Alert, Button, Modal, Typography } from 'antd'
import { useWords } from '../../shell/language.tsx'

/** The codes for a day without the telephone, shown once. */
export function BackupCodes({ codes, close }: { codes: readonly string[]; close: () => void }) {
  const { t } = useWords()
  return (
    <Modal open title={t('备用码', 'Backup codes')} onCancel={close} footer={<Button type="primary" onClick={close}>{t('我已保存', 'I have kept them')}</Button>}>
      <Alert type="warning" showIcon title={t('手机不在身边时,每个备用码可代替验证码使用一次。只显示这一次,请打印或抄存在安全处。', 'Without the telephone each of these stands in for a code, once. They are shown this once: print them or write them down.')} style={{ marginBottom: 12 }} />
      <Typography.Paragraph copyable={{ text: codes.join('\n'), tooltips: [t('复制', 'Copy'), t('已复制', 'Copied')] }} style={{ columns: 2, fontFamily: 'monospace', fontSize: 15 }}>
        {codes.map((code) => <span key={code} style={{ display: 'block' }}>{code}</span>)}
      </Typography.Paragraph>
    </Modal>
  )
}
