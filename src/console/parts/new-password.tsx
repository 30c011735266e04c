import { Form, Input } from 'antd'
import { PASSWORD_LENGTH, passwordProblem } from '../../domain/password.ts'
import { useWords } from '../shell/language.tsx'

/** Two fields for a new password, `newPassword` and `again`, with the server's own rule told while typing. */
export function NewPassword({ username, label }: { username: string; label?: string }) {
  const { t } = useWords()
  return (
    <>
      <Form.Item name="newPassword" label={label ?? t('新密码', 'New password')} extra={t(`至少 ${PASSWORD_LENGTH.min} 个字符,含字母、数字、符号中的两类,不含用户名`, `At least ${PASSWORD_LENGTH.min} characters, two sorts of letters, digits and signs, not the user name`)}
        rules={[{ required: true, message: t('请输入新密码', 'Enter a new password') }, { validator: (_, value: string | undefined) => {
          const problem = value === undefined || value === '' ? null : passwordProblem(value, username)
          return problem === null ? Promise.resolve() : Promise.reject(new Error(t(problem)))
        } }]} validateTrigger="onBlur">
        <Input.Password size="large" autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="again" label={t('再输入一遍', 'Once more')} dependencies={['newPassword']} validateTrigger="onBlur"
        rules={[{ required: true, message: t('请再输入一遍', 'Enter it once more') }, ({ getFieldValue }) => ({ validator: (_, value: string | undefined) => (value === undefined || value === '' || value === getFieldValue('newPassword') ? Promise.resolve() : Promise.reject(new Error(t('两次输入不一致', 'The two differ')))) })]}>
        <Input.Password size="large" autoComplete="new-password" />
      </Form.Item>
    </>
  )
}
