import { z } from 'zod'
import { createFirstAdministrator, firstAdministratorInput } from '../../accounts/index.ts'
import { route } from '../route.ts'

const secretText = z.string().min(1).max(512)
const code = z.strictObject({ code: z.string().trim().min(4).max(20) })
const withPassword = z.strictObject({ password: secretText })
const done = z.object({ done: z.literal(true) })

/**
 * Signing in and out, and one's own password and second factor. Doors stand open here because these are the way in:
 * what needs a session asks for it itself.
 */
export const signInRoutes = [
  route({
    method: 'POST',
    url: '/api/auth/sign-in',
    summary: { zh: '登录', en: 'signs in by user name and password' },
    door: 'anyone',
    body: z.strictObject({ username: z.string().min(1).max(100), password: secretText }),
    answer: z.object({ state: z.enum(['signed_in', 'second_factor']) }),
    handle: async ({ deps, request, reply, body }) => {
      const answer = await deps.auth.perform({ request, reply }, 'sign_in', body)
      return { state: answer['twoFactorRedirect'] === true ? 'second_factor' as const : 'signed_in' as const }
    },
  }),
  route({
    method: 'POST',
    url: '/api/auth/code',
    summary: { zh: '提交动态口令', en: 'the second step of signing in, or the first code of a second factor' },
    door: 'anyone',
    body: code,
    answer: done,
    handle: async ({ deps, request, reply, body }) => {
      await deps.auth.perform({ request, reply }, 'verify_code', body)
      return { done: true as const }
    },
  }),
  route({
    method: 'POST',
    url: '/api/auth/backup-code',
    summary: { zh: '提交备用码', en: 'the second step of signing in, with a backup code' },
    door: 'anyone',
    body: code,
    answer: done,
    handle: async ({ deps, request, reply, body }) => {
      await deps.auth.perform({ request, reply }, 'verify_backup_code', body)
      return { done: true as const }
    },
  }),
  route({
    method: 'POST',
    url: '/api/auth/sign-out',
    summary: { zh: '退出登录', en: 'ends this session' },
    door: 'anyone',
    body: z.strictObject({}),
    answer: done,
    handle: async ({ deps, request, reply }) => {
      await deps.auth.perform({ request, reply }, 'sign_out', {})
      return { done: true as const }
    },
  }),
  route({
    method: 'POST',
    url: '/api/auth/password',
    summary: { zh: '修改自己的密码', en: 'changes one’s own password; every other session ends' },
    door: 'anyone',
    body: z.strictObject({ currentPassword: secretText, newPassword: secretText }),
    answer: done,
    handle: async ({ deps, request, reply, body }) => {
      await deps.auth.perform({ request, reply }, 'change_password', body)
      return { done: true as const }
    },
  }),
  route({
    method: 'POST',
    url: '/api/auth/second-factor',
    summary: { zh: '启用动态口令', en: 'makes a second factor; it counts once a first code was given' },
    door: 'signed_in',
    body: withPassword,
    answer: z.object({ uri: z.string(), backupCodes: z.array(z.string()) }),
    handle: async ({ ctx, deps, request, reply, body }) => {
      const answer = await deps.auth.perform({ request, reply }, 'enable_second_factor', body)
      return { uri: named(String(answer['totpURI']), request.caller?.username ?? ctx.actor.name), backupCodes: texts(answer['backupCodes']) }
    },
  }),
  route({
    method: 'POST',
    url: '/api/auth/second-factor/backup-codes',
    summary: { zh: '更换备用码', en: 'new backup codes in place of the old' },
    door: 'signed_in',
    body: withPassword,
    answer: z.object({ backupCodes: z.array(z.string()) }),
    handle: async ({ deps, request, reply, body }) => ({ backupCodes: texts((await deps.auth.perform({ request, reply }, 'new_backup_codes', body))['backupCodes']) }),
  }),
  route({
    method: 'POST',
    url: '/api/auth/second-factor/disable',
    summary: { zh: '停用动态口令', en: 'takes one’s own second factor away' },
    door: 'signed_in',
    body: withPassword,
    answer: done,
    handle: async ({ deps, request, reply, body }) => {
      await deps.auth.perform({ request, reply }, 'disable_second_factor', body)
      return { done: true as const }
    },
  }),
  route({
    method: 'POST',
    url: '/api/setup',
    summary: { zh: '首次启动:建立第一个管理员', en: 'the first start: enters the first administrator, with the code from the terminal' },
    door: 'anyone',
    body: firstAdministratorInput,
    answer: z.object({ username: z.string() }),
    handle: ({ ctx, body }) => createFirstAdministrator({ ctx, input: body }),
  }),
] as const

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** The label that an authenticator shows: the user name, where the library puts its own kind of address. */
function named(uri: string, username: string): string {
  const { searchParams } = new URL(uri)
  const issuer = 'Huoshui'
  searchParams.set('issuer', issuer)
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(username)}?${searchParams}`
}
