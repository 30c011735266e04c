import { Button, Form, Input } from 'antd'
import { post } from '../../api/client.ts'
import { NewPassword } from '../../parts/new-password.tsx'
import { signOut } from '../../shell/sign-out.ts'
import { useWords } from '../../shell/language.tsx'
import { Door } from './door.tsx'
import { TroubleLine, useSending } from './trouble.tsx'

type Values = { currentPassword: string; newPassword: string; again: string }

/** Whoever got a password from somebody else gives himself another before anything opens. */
export function FirstPassword({ name, username, done }: { name: string; username: string; done: () => void }) {
  const { t } = useWords()
  const { busy, trouble, send } = useSending()
  const submit = ({ currentPassword, newPassword }: Values) => send(async () => {
    await post('/api/auth/password', { body: { currentPassword, newPassword } })
    done()
  })
  return (
    <Door title={t('设置新密码', 'Choose a new password')} lead={t(`${name},您好。当前密码由管理员生成,请先换成只有您知道的密码。`, `Welcome, ${name}. Your password was made by an administrator: choose one that only you know.`)}>
      <TroubleLine trouble={trouble} />
      <Form<Values> layout="vertical" requiredMark={false} onFinish={(v) => void submit(v)} disabled={busy}>
        <Form.Item name="currentPassword" label={t('当前密码', 'Present password')} rules={[{ required: true, message: t('请输入当前密码', 'Enter your present password') }]}>
          <Input.Password size="large" autoFocus autoComplete="current-password" />
        </Form.Item>
        <NewPassword username={username} />
        <Button type="primary" size="large" htmlType="submit" block loading={busy}>{t('保存并进入', 'Save and go in')}</Button>
      </Form>
      <p className="door-foot"><Button type="link" onClick={() => void signOut()}>{t('退出登录', 'Sign out')}</Button></p>
    </Door>
  )
}
