import { App, Button, Form, Input } from 'antd'
import { post } from '../../api/client.ts'
import { NewPassword } from '../../parts/new-password.tsx'
import { useWords } from '../../shell/language.tsx'
import { useMe } from '../../shell/me.tsx'
import { TroubleLine, useSending } from '../sign-in/trouble.tsx'

type Values = { currentPassword: string; newPassword: string; again: string }

/** Another password; every other session ends with the old one. */
export function ChangePassword() {
  const { t } = useWords()
  const { message } = App.useApp()
  const { username } = useMe()
  const { busy, trouble, send } = useSending()
  const [form] = Form.useForm<Values>()
  const submit = ({ currentPassword, newPassword }: Values) => send(async () => {
    await post('/api/auth/password', { body: { currentPassword, newPassword } })
    form.resetFields()
    void message.success(t('密码已修改,其他位置的登录已全部结束', 'Changed; every other session has ended'))
  })
  return (
    <Form form={form} layout="vertical" requiredMark={false} style={{ maxWidth: 420 }} onFinish={(v) => void submit(v)} disabled={busy}>
      <TroubleLine trouble={trouble} />
      <Form.Item name="currentPassword" label={t('当前密码', 'Present password')} rules={[{ required: true, message: t('请输入当前密码', 'Enter your present password') }]}>
        <Input.Password size="large" autoComplete="current-password" />
      </Form.Item>
      <NewPassword username={username} />
      <Button type="primary" htmlType="submit" loading={busy}>{t('修改密码', 'Change the password')}</Button>
    </Form>
  )
}
