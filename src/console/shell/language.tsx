import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import type { Language, Text } from '../../domain/text.ts'

type Words = {
  readonly language: Language
  setLanguage(language: Language): void
  /** The text in the language in force: `t('渠道', 'Channels')` or `t(text)` for a text from the server. */
  t(zh: string, en: string): string
  t(text: Text): string
}

const KEY = 'huoshui.language'
const Context = createContext<Words | null>(null)

/** Chinese first; the choice is kept in this browser. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, set] = useState<Language>(() => (localStorage.getItem(KEY) === 'en' ? 'en' : 'zh'))
  const setLanguage = useCallback((next: Language) => { localStorage.setItem(KEY, next); set(next) }, [])
  useEffect(() => { document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en' }, [language])
  const words = useMemo<Words>(() => ({
    language,
    setLanguage,
    t: (first: string | Text, en?: string) => (typeof first === 'string' ? (language === 'zh' ? first : en ?? first) : first[language]),
  }), [language, setLanguage])
  return <Context value={words}>{children}</Context>
}

export function useWords(): Words {
  const words = useContext(Context)
  if (words === null) throw new Error('useWords outside LanguageProvider')
  return words
}
