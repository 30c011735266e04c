import { App } from 'antd'
import type { MenuProps } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { post } from '../../../api/client.ts'
import { useSaying } from '../../../parts/saying.ts'
import { useWords } from '../../../shell/language.tsx'
import { useMe } from '../../../shell/me.tsx'
import type { Given } from './first-password-shown.tsx'
import type { User } from './index.tsx'

/** What can be done with an account besides changing it, each after a question. */
export function useActs({ give }: { give: (given: Given) => void }): (user: User) => MenuProps['items'] {
  const { t } = useWords()
  const me = useMe()
  const { modal, message } = App.useApp()
  const client = useQueryClient()
  const saying = useSaying()
  const ask = (title: string, content: string, danger: boolean, work: () => Promise<void>): void => {
    modal.confirm({ title, content, okButtonProps: { danger }, okText: t('确定', 'Yes'), cancelText: t('取消', 'No'), onOk: async () => {
      try { await work() } catch (problem) { saying(problem) }
      await client.invalidateQueries({ queryKey: ['/api/users'] })
    } })
  }
  return (user) => {
    const params = { user: user.id }
    const reset = (secondFactor: boolean) => async (): Promise<void> => give(await post('/api/users/:user/reset-password', { params, body: { secondFactor } }))
    return [
      { key: 'reset', label: t('重置密码', 'Reset the password'), onClick: () => ask(t(`重置“${user.username}”的密码?`, `Reset the password of “${user.username}”?`), t('将生成新的初始密码,其所有登录立即结束。', 'A new first password is made; every session of theirs ends.'), false, reset(false)) },
      ...(user.secondFactor ? [{ key: 'factor', label: t('重置密码并解除动态口令', 'Reset password and second factor'), onClick: () => ask(t(`解除“${user.username}”的动态口令?`, `Take the second factor of “${user.username}” away?`), t('用于手机丢失。请先确认是本人。', 'For a lost telephone. Make sure first that it is they who ask.'), true, reset(true)) }] : []),
      ...(user.locked ? [{ key: 'unlock', label: t('解锁', 'Unlock'), onClick: () => ask(t(`解锁“${user.username}”?`, `Unlock “${user.username}”?`), t('之后可立即再次尝试登录。', 'They may try to sign in again at once.'), false, async () => { await post('/api/users/:user/unlock', { params, body: {} }); void message.success(t('已解锁', 'Unlocked')) }) }] : []),
      user.disabled
        ? { key: 'enable', label: t('启用', 'Let in again'), onClick: () => ask(t(`启用“${user.username}”?`, `Let “${user.username}” in again?`), t('之后可以用原密码登录。', 'The former password holds.'), false, async () => { await post('/api/users/:user/disable', { params, body: { disabled: false } }) }) }
        : { key: 'disable', danger: true, disabled: user.id === me.id, label: t('停用', 'Disable'), onClick: () => ask(t(`停用“${user.username}”?`, `Disable “${user.username}”?`), t('其登录与令牌立即失效;操作记录保留。', 'Their sessions and tokens end at once; what they did stays on record.'), true, async () => { await post('/api/users/:user/disable', { params, body: { disabled: true } }) }) },
    ]
  }
}
