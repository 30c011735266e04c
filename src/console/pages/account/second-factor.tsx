import { Alert, App, Button, Form, Input, Modal, QRCode } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { post } from '../../api/client.ts'
import { useWords } from '../../shell/language.tsx'
import { useMe } from '../../shell/me.tsx'
import { TroubleLine, useSending } from '../sign-in/trouble.tsx'
import { BackupCodes } from './backup-codes.tsx'

type Asking = 'enable' | 'disable' | 'codes'
type Started = { readonly uri: string; readonly backupCodes: readonly string[] }

/** 动态口令: enrolled with the password and a first code, taken away with the password. */
export function SecondFactor() {
  const { t } = useWords()
  const me = useMe()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [asking, setAsking] = useState<Asking | null>(null)
  const [started, setStarted] = useState<Started | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const renew = () => client.invalidateQueries({ queryKey: ['/api/session'] })
  const go = async (password: string): Promise<void> => {
    if (asking === 'enable') setStarted(await post('/api/auth/second-factor', { body: { password } }))
    if (asking === 'codes') setCodes((await post('/api/auth/second-factor/backup-codes', { body: { password } })).backupCodes)
    if (asking === 'disable') {
      await post('/api/auth/second-factor/disable', { body: { password } })
      void message.success(t('动态口令已停用', 'The second factor is off'))
      await renew()
    }
    setAsking(null)
  }
  return (
    <div style={{ maxWidth: 560 }}>
      <p className="quiet" style={{ marginTop: 0 }}>{t('启用后,登录时除密码外还须输入手机验证器(如支持 TOTP 的任意应用)上的六位验证码。建议管理员启用。', 'With it, signing in takes the six digits of an authenticator (any TOTP app) besides the password. Administrators should have it.')}</p>
      {me.secondFactor
        ? <><Alert type="success" showIcon title={t('动态口令已启用', 'The second factor is on')} style={{ marginBottom: 12 }} /><Button onClick={() => setAsking('codes')}>{t('更换备用码', 'New backup codes')}</Button> <Button danger onClick={() => setAsking('disable')}>{t('停用', 'Turn it off')}</Button></>
        : <Button type="primary" onClick={() => setAsking('enable')}>{t('启用动态口令', 'Turn it on')}</Button>}
      {asking === null ? null : <AskPassword go={go} close={() => setAsking(null)} />}
      {started === null ? null : <Enrol started={started} close={() => setStarted(null)} done={async () => { setCodes(started.backupCodes); setStarted(null); await renew() }} />}
      {codes === null ? null : <BackupCodes codes={codes} close={() => setCodes(null)} />}
    </div>
  )
}

function AskPassword({ go, close }: { go: (password: string) => Promise<void>; close: () => void }) {
  const { t } = useWords()
  const { busy, trouble, send } = useSending()
  const [form] = Form.useForm<{ password: string }>()
  return (
    <Modal open title={t('请输入密码以继续', 'Enter your password to go on')} onCancel={close} onOk={() => void form.submit()} okText={t('继续', 'Continue')} confirmLoading={busy}>
      <TroubleLine trouble={trouble} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={({ password }) => void send(() => go(password))}>
        <Form.Item name="password" label={t('当前密码', 'Present password')} rules={[{ required: true, message: t('请输入当前密码', 'Enter your present password') }]}><Input.Password autoFocus autoComplete="current-password" /></Form.Item>
      </Form>
    </Modal>
  )
}

function Enrol({ started, done, close }: { started: Started; done: () => Promise<void>; close: () => void }) {
  const { t } = useWords()
  const { busy, trouble, send } = useSending()
  const [form] = Form.useForm<{ code: string }>()
  const secret = new URL(started.uri).searchParams.get('secret') ?? ''
  return (
    <Modal open title={t('用验证器扫描', 'Scan it with the authenticator')} onCancel={close} onOk={() => void form.submit()} okText={t('启用', 'Turn it on')} confirmLoading={busy}>
      <TroubleLine trouble={trouble} />
      <div style={{ display: 'flex', justifyContent: 'center' }}><QRCode value={started.uri} type="svg" size={192} /></div>
      <p className="quiet">{t('不能扫描?手工输入密钥:', 'Cannot scan it? Enter the key by hand:')} <code className="address">{secret}</code></p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={({ code }) => void send(async () => { await post('/api/auth/code', { body: { code } }); await done() })}>
        <Form.Item name="code" label={t('验证器显示的六位验证码', 'The six digits it shows')} rules={[{ required: true, pattern: /^\d{6}$/, message: t('请输入六位数字', 'Six digits') }]}><Input autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={6} /></Form.Item>
      </Form>
    </Modal>
  )
}
