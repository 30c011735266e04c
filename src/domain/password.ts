import type { Text } from './text.ts'

export const PASSWORD_LENGTH = { min: 12, max: 128 } as const

/**
 * What is wrong with a password that somebody chose, null where nothing is. Length first (ASVS 4.0.3, 2.1.1); two sorts of
 * characters and not the account's own name, as 等级保护 (GB/T 22239-2019, 8.1.4.1) asks for some complexity.
 */
export function passwordProblem(password: string, username: string): Text | null {
  const plain = password.normalize('NFKC')
  if (plain.length < PASSWORD_LENGTH.min) return { zh: `密码至少 ${PASSWORD_LENGTH.min} 个字符`, en: `a password has at least ${PASSWORD_LENGTH.min} characters` }
  if (plain.length > PASSWORD_LENGTH.max) return { zh: `密码最多 ${PASSWORD_LENGTH.max} 个字符`, en: `a password has at most ${PASSWORD_LENGTH.max} characters` }
  const sorts = [/\p{Ll}|\p{Lo}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((sort) => sort.test(plain)).length
  if (sorts < 2) return { zh: '密码须包含字母、数字、符号中的至少两类', en: 'a password mixes at least two of letters, digits and signs' }
  if (new Set(plain).size < 5) return { zh: '密码中重复的字符太多', en: 'the password repeats too few characters' }
  if (username !== '' && plain.toLowerCase().includes(username.toLowerCase())) return { zh: '密码不能包含用户名', en: 'the password must not contain the user name' }
  return null
}

/** A user name as it is kept and compared: Unicode's compatibility form, lower case. */
export function usernameForm(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}

/** Letters of any script, digits, and . _ - between them; 2 to 30 characters. */
export function isUsername(text: string): boolean {
  return /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]{0,28}[\p{L}\p{M}\p{N}])$/u.test(text)
}
