import { Button, Form, Input } from 'antd'
import { post } from '../../api/client.ts'
import { NewPassword } from '../../parts/new-password.tsx'
import { useWords } from '../../shell/language.tsx'
import { Door } from './door.tsx'
import { TroubleLine, useSending } from './trouble.tsx'

type Values = { code: string; username: string; name: string; newPassword: string; again: string }

/** The first start: whoever can read the terminal becomes the first administrator. */
export function Setup({ done }: { done: () => void }) {
  const { t } = useWords()
  const { busy, trouble, send } = useSending()
  const [form] = Form.useForm<Values>()
  const username = Form.useWatch('username', form) ?? ''
  const submit = ({ code, username: user, name, newPassword }: Values) => send(async () => {
    await post('/api/setup', { body: { code, username: user, name, password: newPassword } })
    await post('/api/auth/sign-in', { body: { username: user, password: newPassword } })
    done()
  })
  return (
    <Door title={t('首次启动', 'First start')} lead={t('请建立第一个系统管理员。初始化码显示在启动服务的终端里。', 'Enter the first administrator. The set-up code stands on the terminal where the server was started.')}>
      <TroubleLine trouble={trouble} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(v) => void submit(v)} disabled={busy}>
        <Form.Item name="code" label={t('初始化码', 'Set-up code')} rules={[{ required: true, message: t('请输入初始化码', 'Enter the set-up code') }]}>
          <Input size="large" autoFocus autoComplete="off" spellCheck={false} placeholder="xxxx-xxxx-xxxx-xxxx" />
        </Form.Item>
        <Form.Item name="name" label={t('姓名', 'Your name')} rules={[{ required: true, message: t('请输入姓名', 'Enter your name') }]}><Input size="large" autoComplete="name" maxLength={60} /></Form.Item>
        <Form.Item name="username" label={t('用户名', 'User name')} extra={t('2–30 个字符,可用中文', '2 to 30 characters; Chinese is welcome')} rules={[{ required: true, min: 2, max: 30, message: t('请输入 2–30 个字符', '2 to 30 characters') }]}><Input size="large" autoComplete="username" spellCheck={false} /></Form.Item>
        <NewPassword username={username} label={t('密码', 'Password')} />
        <Button type="primary" size="large" htmlType="submit" block loading={busy}>{t('建立管理员并进入', 'Enter the administrator and go in')}</Button>
      </Form>
    </Door>
  )
}
