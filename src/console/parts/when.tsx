import { useWords } from '../shell/language.tsx'

const MINUTE = 60_000
const CHINA = 8 * 60 * MINUTE

/** An instant as China's clocks show it, to the minute: 2026-06-01 09:30. */
export function minuteOf(iso: string): string {
  return new Date(Date.parse(iso) + CHINA).toISOString().slice(0, 16).replace('T', ' ')
}

/** The same with how long ago it was, in words, when it is a matter of minutes to days. */
export function When({ at, empty }: { at: string | null; empty?: string }) {
  const { t } = useWords()
  if (at === null) return <span className="quiet">{empty ?? '–'}</span>
  const gone = Date.now() - Date.parse(at)
  const minutes = Math.round(Math.abs(gone) / MINUTE)
  const amount = minutes < 60 ? t(`${minutes}分钟`, `${minutes} min`) : minutes < 48 * 60 ? t(`${Math.round(minutes / 60)}小时`, `${Math.round(minutes / 60)} h`) : t(`${Math.round(minutes / 1440)}天`, `${Math.round(minutes / 1440)} d`)
  const words = gone < 0 ? t(`${amount}后`, `in ${amount}`) : t(`${amount}前`, `${amount} ago`)
  return <time dateTime={at} title={words} className="number">{minuteOf(at)}</time>
}
