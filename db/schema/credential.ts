import { bigint, date, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true })
const id = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

/** 凭据: keys and cookies that a source needs, sealed; and how they fare. */
export const credential = pgTable('credential', {
  id: id(),
  /** As the manifests name it, e.g. `wechat_official.api`. */
  credentialId: text('credential_id').notNull(),
  /** all | organisation | channel; the most particular wins. */
  scope: text('scope').notNull(),
  /** Organisation or channel number; '' for all. */
  target: text('target').notNull(),
  /** Names of the fields that are sealed. */
  fields: text('fields').array().notNull(),
  /** AES-256-GCM over the fields as JSON: base64 of nonce, tag, ciphertext. */
  sealed: text('sealed').notNull(),
  /** Which key opens it (a fingerprint). */
  keyId: text('key_id').notNull(),
  putBy: text('put_by').notNull(),
  putAt: instant('put_at').notNull(),
  /** The last day on which it holds, where that is known. */
  validUntil: date('valid_until', { mode: 'string' }),
  lastSuccessAt: instant('last_success_at'),
  /** Answers other than success since the last success. */
  failures: integer('failures').notNull().default(0),
  lastFailure: text('last_failure'),
  lastFailureAt: instant('last_failure_at'),
  /** Since when the platform has refused it. */
  stoppedSince: instant('stopped_since'),
}, (t) => [uniqueIndex('credential_target').on(t.credentialId, t.scope, t.target)])

/** 转接服务: a feed bridge that the operator runs, for one kind or one channel. */
export const bridge = pgTable('bridge', {
  id: id(),
  /** kind | channel */
  scope: text('scope').notNull(),
  /** Kind id or channel number. */
  target: text('target').notNull(),
  /** wewe | rsshub | feed */
  type: text('type').notNull(),
  /** Without user, password and query, which may hold an access code. */
  url: text('url').notNull(),
  /** The whole address, sealed, where it holds more than `url`. */
  sealed: text('sealed'),
  keyId: text('key_id'),
  putBy: text('put_by').notNull(),
  putAt: instant('put_at').notNull(),
}, (t) => [uniqueIndex('bridge_target').on(t.scope, t.target, t.type)])

/** 已确认的平台提示: guesses at a platform's words that a person has confirmed, so that they may decide. */
export const confirmedSignal = pgTable('confirmed_signal', {
  signalId: text('signal_id').primaryKey(),
  by: text('confirmed_by').notNull(),
  at: instant('confirmed_at').notNull(),
  reason: text('reason').notNull(),
})
