import { Alert } from 'antd'
import { useState } from 'react'
import { ApiError } from '../../api/client.ts'
import type { Text } from '../../../domain/text.ts'
import { useWords } from '../../shell/language.tsx'

export type Trouble = { readonly code: string; readonly text: Text }

/** Runs what a form sends, with its refusal at hand in words; `busy` while it runs. */
export function useSending(): { busy: boolean; trouble: Trouble | null; send(work: () => Promise<unknown>): Promise<Trouble | null> } {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const send = async (work: () => Promise<unknown>): Promise<Trouble | null> => {
    setBusy(true)
    setTrouble(null)
    try {
      await work()
      return null
    } catch (error) {
      const found = error instanceof ApiError ? { code: error.code, text: error.text } : { code: 'failed', text: { zh: '操作没有完成,请重试', en: 'It was not done; please try again' } }
      setTrouble(found)
      return found
    } finally {
      setBusy(false)
    }
  }
  return { busy, trouble, send }
}

export function TroubleLine({ trouble }: { trouble: Trouble | null }) {
  const { t } = useWords()
  return trouble === null ? null : <Alert role="alert" type="error" showIcon title={t(trouble.text)} style={{ marginBottom: 16 }} />
}
