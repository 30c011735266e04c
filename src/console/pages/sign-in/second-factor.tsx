import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { post } from '../../api/client.ts'
import { useWords } from '../../shell/language.tsx'
import { Door } from './door.tsx'
import { TroubleLine, useSending } from './trouble.tsx'

/** The code of the authenticator, or one of the backup codes. */
export function SecondFactor({ done, again }: { done: () => void; again: () => void }) {
  const { t } = useWords()
  const [backup, setBackup] = useState(false)
  const { busy, trouble, send } = useSending()
  const [form] = Form.useForm<{ code: string }>()
  const submit = async ({ code }: { code: string }): Promise<void> => {
    const wrong = await send(async () => {
      await post(backup ? '/api/auth/backup-code' : '/api/auth/code', { body: { code } })
      done()
    })
    if (wrong !== null) form.setFieldValue('code', '')
    if (wrong?.code === 'sign_in_again') setTimeout(again, 2500)
  }
  return (
    <Door title={t('动态口令', 'Second factor')} lead={backup ? t('请输入一个未用过的备用码。', 'Enter a backup code that you have not used.') : t('请打开手机上的验证器,输入六位验证码。', 'Open the authenticator on your telephone and enter the six digits.')}>
      <TroubleLine trouble={trouble} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(v) => void submit(v)} disabled={busy}>
        <Form.Item name="code" label={backup ? t('备用码', 'Backup code') : t('验证码', 'Code')} rules={[{ required: true, message: t('请输入', 'Enter it') }]}>
          <Input size="large" autoFocus autoComplete="one-time-code" inputMode={backup ? 'text' : 'numeric'} maxLength={20} key={String(backup)} />
        </Form.Item>
        <Button type="primary" size="large" htmlType="submit" block loading={busy}>{t('继续', 'Continue')}</Button>
      </Form>
      <p className="door-foot">
        <Button type="link" onClick={() => { setBackup(!backup); form.resetFields() }}>{backup ? t('改用验证器', 'Use the authenticator') : t('手机不在身边?用备用码', 'No telephone at hand? Use a backup code')}</Button>
        <Button type="link" onClick={again}>{t('返回', 'Back')}</Button>
      </p>
    </Door>
  )
}
