import { HuoshuiError } from '../../domain/error.ts'

/** `12,15` as numbers. Throws `bad_input` that names what is wrong. */
export function numbers(option: string, text: string): number[] {
  const parts = text.split(/[,，\s]+/).filter((p) => p !== '')
  const wrong = parts.find((p) => !/^[1-9]\d{0,15}$/.test(p))
  if (wrong !== undefined || parts.length === 0) {
    const got = JSON.stringify(wrong ?? text)
    throw new HuoshuiError('bad_input', { zh: `${option} 应为以逗号分隔的编号,收到 ${got}`, en: `${option} takes numbers with commas between, not ${got}` })
  }
  return parts.map(Number)
}

/** One number, such as a check's. Throws `bad_input` that names what is wrong. */
export function numberOf(what: string, text: string): number {
  if (/^[1-9]\d{0,15}$/.test(text)) return Number(text)
  throw new HuoshuiError('bad_input', { zh: `${what} 应为一个编号,收到 ${JSON.stringify(text)}`, en: `${what} takes one number, not ${JSON.stringify(text)}` })
}

/** A moment; a day is its midnight in China, and without a zone it is China's time. Throws `bad_input`. */
export function momentOf(option: string, text: string): Date {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text)
  const at = new Date(day ? `${text}T00:00:00+08:00` : zoned ? text : `${text}+08:00`)
  if (Number.isNaN(at.getTime())) {
    throw new HuoshuiError('bad_input', {
      zh: `${option} ${JSON.stringify(text)} 不是有效时间,应形如 2026-06-01T09:00:00+08:00`,
      en: `${option} ${JSON.stringify(text)} is not a moment; give it as 2026-06-01T09:00:00+08:00`,
    })
  }
  return at
}
