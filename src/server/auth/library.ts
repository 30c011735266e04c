import { randomUUID } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { twoFactor, username } from 'better-auth/plugins'
import { eq } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { Db } from '../../../db/client.ts'
import * as schema from '../../../db/schema/auth.ts'
import { hashPassword, verifyPassword } from '../../accounts/index.ts'
import { isUsername, PASSWORD_LENGTH, usernameForm } from '../../domain/password.ts'

/** A session ends after half a day without use. */
const IDLE_HOURS = 12
/** Requests a minute from one address; a whole office may stand behind one, and each name has its own lock besides. */
const PER_MINUTE = { signIn: 60, other: 30 } as const

export const DISABLED = 'ACCOUNT_DISABLED'
/** Where the library thinks it lives; nothing outside ever sees it. */
export const BASE = 'http://sign-in.invalid'

/**
 * better-auth, closed but for what we call: no sign-up, no mail, no other sign-in, nothing sent anywhere. Two of it run,
 * for cookies behind TLS must be Secure and those without cannot be.
 */
export function openLibrary({ db, secret, secure, log }: { db: Db; secret: string; secure: boolean; log: Logger }) {
  return betterAuth({
    appName: 'Huoshui 活水',
    baseURL: BASE,
    basePath: '/',
    secret,
    telemetry: { enabled: false },
    logger: { level: 'error', log: (level, message) => log.warn({ part: 'sign-in', level }, message) },
    // What fails is ours to log: left to itself the library writes it to the console, statements' values and all.
    onAPIError: { throw: true },
    database: drizzleAdapter(db.orm, {
      provider: 'pg',
      transaction: true,
      schema: { user: schema.person, session: schema.session, account: schema.account, verification: schema.verification, twoFactor: schema.twoFactor, rateLimit: schema.rateLimit },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    user: {
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        region: { type: 'string', required: false, input: false },
        organisationId: { type: 'number', required: false, input: false },
        mustChangePassword: { type: 'boolean', required: true, input: false },
        disabledAt: { type: 'date', required: false, input: false },
        lastSignInAt: { type: 'date', required: false, input: false },
      },
    },
    session: { expiresIn: IDLE_HOURS * 3600, updateAge: 300 },
    plugins: [
      username({
        displayUsername: false,
        minUsernameLength: 1,
        maxUsernameLength: 60,
        usernameNormalization: usernameForm,
        usernameValidator: (name) => isUsername(usernameForm(name)),
      }),
      twoFactor({ issuer: 'Huoshui 活水', accountLockout: { enabled: true, maxFailedAttempts: 10, durationSeconds: 900 } }),
    ],
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: PER_MINUTE.other,
      customRules: {
        '/sign-in/username': { window: 60, max: PER_MINUTE.signIn },
        '/change-password': { window: 60, max: PER_MINUTE.other },
        '/two-factor/*': { window: 60, max: PER_MINUTE.other },
      },
    },
    advanced: {
      cookiePrefix: 'huoshui',
      useSecureCookies: secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict' },
      ipAddress: { ipAddressHeaders: ['x-forwarded-for'] },
      database: { generateId: () => randomUUID() },
    },
    databaseHooks: {
      session: {
        create: {
          // The password was right, so telling this to whoever knows it gives nothing away.
          before: async (session) => {
            const [row] = await db.orm.select({ disabledAt: schema.person.disabledAt }).from(schema.person).where(eq(schema.person.id, session.userId))
            if (row === undefined || row.disabledAt !== null) throw new APIError('FORBIDDEN', { code: DISABLED })
          },
        },
      },
    },
  })
}

export type Library = ReturnType<typeof openLibrary>
