import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { organisation, region } from './registry.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true })
const personId = () => text('user_id').notNull().references(() => person.id)

/** 账号: who may sign in, as what, and for which region. Never deleted; a disabled one keeps its name in the audit trail. */
export const person = pgTable('person', {
  id: text('id').primaryKey(),
  /** As written by hand at sign-in: lower case, NFKC; Chinese names are welcome. */
  username: text('username').notNull(),
  name: text('name').notNull(),
  role: text('role').notNull(),
  /** Held to this region and what lies below it; null for the whole register. */
  region: text('region').references(() => region.code),
  /** The unit that a contact speaks for. */
  organisationId: bigint('organisation_id', { mode: 'number' }).references(() => organisation.id),
  /** Its password was given by somebody else and opens nothing until it is changed. */
  mustChangePassword: boolean('must_change_password').notNull().default(true),
  disabledAt: instant('disabled_at'),
  lastSignInAt: instant('last_sign_in_at'),
  twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
  /** The sign-in library wants one; no mail is ever sent to it. */
  email: text('email').notNull(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
}, (t) => [
  uniqueIndex('person_username').on(t.username),
  uniqueIndex('person_email').on(t.email),
  check('person_role', sql`${t.role} in ('administrator', 'operations', 'rectification', 'unit_contact', 'read_only')`),
])

/** A sign-in that lasts. */
export const session = pgTable('session', {
  id: text('id').primaryKey(),
  userId: personId(),
  token: text('token').notNull(),
  expiresAt: instant('expires_at').notNull(),
  ipAddress: text('ip_address'),
  userAgent: text('user_agent'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
}, (t) => [uniqueIndex('session_token').on(t.token), index('session_user').on(t.userId)])

/** The password of an account, as scrypt's result; the other columns are the sign-in library's and stay empty. */
export const account = pgTable('account', {
  id: text('id').primaryKey(),
  userId: personId(),
  accountId: text('account_id').notNull(),
  providerId: text('provider_id').notNull(),
  password: text('password'),
  accessToken: text('access_token'),
  refreshToken: text('refresh_token'),
  idToken: text('id_token'),
  accessTokenExpiresAt: instant('access_token_expires_at'),
  refreshTokenExpiresAt: instant('refresh_token_expires_at'),
  scope: text('scope'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
}, (t) => [uniqueIndex('account_identity').on(t.providerId, t.accountId), index('account_user').on(t.userId)])

/** Half-done sign-ins that wait for the second factor. */
export const verification = pgTable('verification', {
  id: text('id').primaryKey(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: instant('expires_at').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
}, (t) => [index('verification_identifier').on(t.identifier)])

/** 动态口令: secret and backup codes, encrypted. */
export const twoFactor = pgTable('two_factor', {
  id: text('id').primaryKey(),
  userId: personId(),
  secret: text('secret').notNull(),
  backupCodes: text('backup_codes').notNull(),
  verified: boolean('verified').default(true),
  failedVerificationCount: integer('failed_verification_count').default(0),
  lockedUntil: instant('locked_until'),
}, (t) => [uniqueIndex('two_factor_user').on(t.userId)])

/** Requests of one address to one sign-in route, for the rate limit. */
export const rateLimit = pgTable('rate_limit', {
  id: text('id').primaryKey(),
  key: text('key').notNull(),
  count: integer('count').notNull(),
  lastRequest: bigint('last_request', { mode: 'number' }).notNull(),
}, (t) => [uniqueIndex('rate_limit_key').on(t.key)])

/** Wrong passwords in a row, by a digest of the name given: also for names that nobody has, so that no answer tells them apart. */
export const signInFailure = pgTable('sign_in_failure', {
  nameDigest: text('name_digest').primaryKey(),
  failures: integer('failures').notNull(),
  lastAt: instant('last_at').notNull(),
  lockedUntil: instant('locked_until'),
}, (t) => [index('sign_in_failure_last').on(t.lastAt)])

/** API 令牌: for exports and readers without a person at the keyboard. Only a digest is kept. */
export const apiToken = pgTable('api_token', {
  id: text('id').primaryKey(),
  userId: personId(),
  name: text('name').notNull(),
  /** SHA-256 of the secret part, in hex. */
  digest: text('digest').notNull(),
  scopes: text('scopes').array().notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
}, (t) => [index('api_token_user').on(t.userId)])

/** Secrets of the installation itself, sealed with its key: what signs cookies, for one. */
export const installationSecret = pgTable('installation_secret', {
  name: text('name').primaryKey(),
  sealed: text('sealed').notNull(),
  keyId: text('key_id').notNull(),
})

/** 初始化码: digest of the one-time code that lets the first administrator in. At most one row. */
export const setupCode = pgTable('setup_code', {
  one: boolean('one').primaryKey().default(true),
  digest: text('digest').notNull(),
  createdAt: instant('created_at').notNull(),
}, (t) => [check('setup_code_one', sql`${t.one}`)])
