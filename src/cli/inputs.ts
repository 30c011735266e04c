import { HuoshuiError } from '../domain/error.ts'

/** A positive whole number from the command line; `what` names it where it is none. */
export function wholeNumber(text: string | undefined, what: string): number {
  if (text !== undefined && /^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new HuoshuiError('bad_input', { zh: `${what} 应为正整数,收到 ${JSON.stringify(text ?? '')}`, en: `${what} is a whole number, not ${JSON.stringify(text ?? '')}` })
}

/** A moment: ISO 8601, or a day, which means its end in China; a moment without a zone is China's. */
export function moment(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const iso = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59.999+08:00` : /(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}+08:00`
  const at = new Date(iso)
  if (!Number.isNaN(at.getTime())) return at
  throw new HuoshuiError('bad_input', { zh: `${JSON.stringify(text)} 不是有效时间`, en: `${JSON.stringify(text)} is not a moment` })
}

/** `a,b c` as a list; empty where nothing was given. */
export function listOf(text: string | undefined): string[] {
  return (text ?? '').split(/[\s,,]+/).filter(Boolean)
}

/** A percentage such as 30 or 30%. */
export function percentage(text: string, what: string): number {
  const n = Number(text.replace(/%$/, ''))
  if (text.trim() !== '' && Number.isFinite(n) && n >= 0 && n <= 100) return n
  throw new HuoshuiError('bad_input', { zh: `${what} 应为0到100之间的百分比,收到 ${JSON.stringify(text)}`, en: `${what} is a percentage from 0 to 100, not ${JSON.stringify(text)}` })
}
