import { LockOutlined, UserOutlined } from '@ant-design/icons'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { post } from '../../api/client.ts'
import { useWords } from '../../shell/language.tsx'
import { Door } from './door.tsx'
import { SecondFactor } from './second-factor.tsx'
import { TroubleLine, useSending } from './trouble.tsx'

type Values = { username: string; password: string }

/** User name and password; then, where the account asks for it, the second factor. */
export function SignIn({ done }: { done: () => void }) {
  const { t } = useWords()
  const [step, setStep] = useState<'password' | 'second_factor'>('password')
  const { busy, trouble, send } = useSending()
  const [form] = Form.useForm<Values>()
  if (step === 'second_factor') return <SecondFactor done={done} again={() => setStep('password')} />
  const submit = async (values: Values): Promise<void> => {
    const wrong = await send(async () => {
      const { state } = await post('/api/auth/sign-in', { body: values })
      if (state === 'second_factor') setStep('second_factor')
      else done()
    })
    if (wrong !== null) {
      form.setFieldValue('password', '')
      form.getFieldInstance('password')?.focus()
    }
  }
  return (
    <Door title={t('登录', 'Sign in')}>
      <TroubleLine trouble={trouble} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(v) => void submit(v)} disabled={busy}>
        <Form.Item name="username" label={t('用户名', 'User name')} rules={[{ required: true, message: t('请输入用户名', 'Enter your user name') }]}>
          <Input size="large" prefix={<UserOutlined aria-hidden />} autoComplete="username" autoFocus spellCheck={false} />
        </Form.Item>
        <Form.Item name="password" label={t('密码', 'Password')} rules={[{ required: true, message: t('请输入密码', 'Enter your password') }]}>
          <Input.Password size="large" prefix={<LockOutlined aria-hidden />} autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" size="large" htmlType="submit" block loading={busy}>{t('登录', 'Sign in')}</Button>
      </Form>
      <p className="quiet door-foot">{t('忘记密码或账号被锁定,请联系本单位系统管理员。', 'Forgotten your password, or locked out? Ask your administrator.')}</p>
    </Door>
  )
}
