import { App } from 'antd'
import { useCallback } from 'react'
import { ApiError } from '../api/client.ts'
import { useWords } from '../shell/language.tsx'

/** Says what went wrong with an act, in the language in force, until it is closed. */
export function useSaying(): (error: unknown) => void {
  const { t } = useWords()
  const { notification } = App.useApp()
  return useCallback((error: unknown) => {
    const text = error instanceof ApiError ? t(error.text) : t('操作没有完成,请重试', 'It was not done; please try again')
    notification.error({ title: t('没有完成', 'Not done'), description: text, duration: 0 })
  }, [notification, t])
}
