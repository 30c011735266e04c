import type { Text } from '../../domain/text.ts'
import { DISABLED } from './library.ts'

/** The few of the sign-in library's endpoints that are opened, each by a route of ours. */
export const ACTS = {
  sign_in: '/sign-in/username',
  sign_out: '/sign-out',
  change_password: '/change-password',
  enable_second_factor: '/two-factor/enable',
  verify_code: '/two-factor/verify-totp',
  verify_backup_code: '/two-factor/verify-backup-code',
  disable_second_factor: '/two-factor/disable',
  new_backup_codes: '/two-factor/generate-backup-codes',
} as const

export type SignInAct = keyof typeof ACTS

/** Acts that a password opens: wrong ones are counted against the account's name. */
export const ASK_PASSWORD: ReadonlySet<SignInAct> = new Set(['sign_in', 'change_password', 'enable_second_factor', 'disable_second_factor', 'new_backup_codes'])

/** The library's codes for a wrong password, whoever's. */
export const WRONG_PASSWORD: ReadonlySet<string> = new Set(['INVALID_USERNAME_OR_PASSWORD', 'INVALID_PASSWORD', 'INVALID_USERNAME', 'USERNAME_TOO_SHORT', 'USERNAME_TOO_LONG', 'PASSWORD_TOO_LONG'])

export type Wording = { readonly status: number; readonly code: string; readonly text: Text }

export const SAY = {
  wrong: { status: 401, code: 'wrong_password', text: { zh: '用户名或密码不正确', en: 'wrong user name or password' } },
  wrongOwn: { status: 400, code: 'wrong_password', text: { zh: '当前密码不正确', en: 'the present password is wrong' } },
  locked: (minutes: number): Wording => ({ status: 429, code: 'locked', text: { zh: `连续输错密码过多,此用户名已锁定,请 ${minutes} 分钟后再试,或请管理员解锁`, en: `too many wrong passwords: this user name is locked; try again in ${minutes} minutes, or ask the administrator` } }),
  often: { status: 429, code: 'too_often', text: { zh: '尝试过于频繁,请一分钟后再试', en: 'too many tries: wait a minute' } },
  usedCode: { status: 401, code: 'sign_in_again', text: { zh: '该验证码已用过,请等待下一个验证码,并重新输入密码', en: 'this code was used already: wait for the next one, and begin again with the password' } },
  signedOut: { status: 401, code: 'unauthenticated', text: { zh: '请先登录', en: 'sign in first' } },
} as const

/** Words for the library's other codes. */
const WORDS: Readonly<Record<string, Wording>> = {
  [DISABLED]: { status: 403, code: 'disabled', text: { zh: '该账号已停用,请联系管理员', en: 'the account is disabled: ask the administrator' } },
  INVALID_CODE: { status: 401, code: 'wrong_code', text: { zh: '验证码不正确', en: 'wrong code' } },
  INVALID_BACKUP_CODE: { status: 401, code: 'wrong_code', text: { zh: '备用码不正确或已用过', en: 'wrong backup code, or one that was used' } },
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: { status: 429, code: 'sign_in_again', text: { zh: '验证码输错过多,请重新输入密码', en: 'too many wrong codes: begin again with the password' } },
  ACCOUNT_TEMPORARILY_LOCKED: { status: 429, code: 'locked', text: { zh: '验证码输错过多,请 15 分钟后再试', en: 'too many wrong codes: try again in 15 minutes' } },
  INVALID_TWO_FACTOR_COOKIE: { status: 401, code: 'sign_in_again', text: { zh: '登录已超时,请重新输入密码', en: 'that took too long: begin again with the password' } },
  TOTP_ALREADY_ENABLED: { status: 409, code: 'conflict', text: { zh: '动态口令已启用', en: 'the second factor is in use already' } },
  TOTP_NOT_ENABLED: { status: 409, code: 'conflict', text: { zh: '动态口令尚未启用', en: 'the second factor is not in use' } },
  TWO_FACTOR_NOT_ENABLED: { status: 409, code: 'conflict', text: { zh: '动态口令尚未启用', en: 'the second factor is not in use' } },
  BACKUP_CODES_NOT_ENABLED: { status: 409, code: 'conflict', text: { zh: '动态口令尚未启用', en: 'the second factor is not in use' } },
}

/** What to say to an answer of the library that is no success. */
export function wordingOf(status: number, code: string | undefined): Wording {
  if (status === 429) return WORDS[code ?? ''] ?? SAY.often
  return WORDS[code ?? ''] ?? (status === 401 ? SAY.signedOut : { status: status >= 500 ? 503 : 400, code: 'bad_input', text: { zh: '登录请求未被接受', en: 'the sign-in was not accepted' } })
}
