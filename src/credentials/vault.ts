import type { Ctx } from '../../db/context.ts'
import type { Attempt, Bridge } from '../channels/index.ts'
import type { Kind } from '../domain/kinds.ts'
import type { Outcome } from '../domain/outcome.ts'
import { CREDENTIALS, CREDENTIAL_OF_SOURCE } from './catalogue.ts'
import type { KeyPlace } from './key.ts'
import { loadMeans } from './load.ts'
import type { Means, OpenCredential } from './load.ts'
import { reportCredential, tells } from './report-credential.ts'
import { currentRevision } from './revision.ts'

/** What one visit may use. */
export type ChannelMeans = {
  /** By credential id, the most particular of each. */
  readonly credentials: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly bridges: readonly Bridge[]
  /** Ids of guesses that a person has confirmed. */
  readonly confirmed: readonly string[]
  /** The text without any secret of these. */
  hide(text: string): string
}

export type ChannelRef = { readonly id: number | null; readonly organisationId: number | null; readonly kind: Kind }

export type Vault = {
  credentialsFor(channel: ChannelRef): Promise<ChannelMeans['credentials']>
  bridgesFor(channel: ChannelRef): Promise<ChannelMeans['bridges']>
  confirmedSignals(): Promise<ChannelMeans['confirmed']>
  /** The three together. */
  meansOf(channel: ChannelRef): Promise<ChannelMeans>
  /** Keeps the health of the credentials that a visit at `at` used. Never rejects: what fails is logged. */
  report(channel: ChannelRef, attempts: readonly Pick<Attempt, 'source' | 'outcome' | 'skipped'>[], at: Date): Promise<void>
  /** Writes what is still to be reported. */
  close(): Promise<void>
}

/** Milliseconds for which what was loaded is used; a change by this process is seen at once. */
const KEPT = 60_000
/** A credential that works is written down once in this time, in milliseconds of the program's clock. */
const SUCCESS_EVERY = 600_000
const DIGITS = /^[1-9]\d*$/

type Options = {
  readonly ctx: Pick<Ctx, 'db'>
  readonly keys: KeyPlace
  readonly log: { warn(message: string): void }
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number
}

/** The credentials, bridges and confirmations for visits: loaded once a minute, so that a visit asks no database for them. */
export function openVault({ ctx, keys, log, now = () => performance.now() }: Options): Vault {
  let kept: { at: number; revision: number; means: Promise<Means> } | null = null
  let said: string | null = null
  const health = new Map<number, { putAt: number; stopped: boolean; failing: boolean; lastSuccess: number; pending: number; outcome: Outcome; at: Date; written: number }>()

  const load = (): Promise<Means> => {
    const at = now()
    if (kept !== null && at - kept.at < KEPT && kept.revision === currentRevision()) return kept.means
    const fresh = { at, revision: currentRevision(), means: loadMeans(ctx, keys).then(told) }
    fresh.means.catch(() => { if (kept === fresh) kept = null })
    kept = fresh
    return fresh.means
  }
  const told = (means: Means): Means => {
    const trouble = means.trouble?.message ?? null
    if (trouble !== null && trouble !== said) log.warn(`credentials: ${trouble}`)
    said = trouble
    return means
  }

  const rowsOf = (means: Means, channel: ChannelRef): Map<string, OpenCredential> => {
    const chosen = new Map<string, OpenCredential>()
    for (const scope of ['all', 'organisation', 'channel']) {
      for (const c of means.credentials) if (c.scope === scope && CREDENTIALS.get(c.id)?.kind === channel.kind && isFor(c, channel)) chosen.set(c.id, c)
    }
    return chosen
  }

  const write = async (row: number): Promise<void> => {
    const h = health.get(row)
    if (h === undefined || h.pending === 0) return
    const { outcome, at, pending } = h
    h.pending = 0
    h.written = now()
    await reportCredential({ ctx, input: { row, outcome, at, times: pending } })
  }

  const one = async (c: OpenCredential, outcome: Outcome, at: Date): Promise<void> => {
    const before = health.get(c.row)
    // One put in its stead begins anew.
    const known = before?.putAt === c.putAt ? before : undefined
    const h = known ?? { putAt: c.putAt, stopped: c.stopped, failing: c.failures > 0, lastSuccess: c.lastSuccess ?? -Infinity, pending: 0, outcome, at, written: -Infinity }
    if (known === undefined) health.set(c.row, h)
    const works = tells(outcome) === 'works'
    if (works) {
      if (!h.failing && !h.stopped && at.getTime() - h.lastSuccess < SUCCESS_EVERY) return
      h.lastSuccess = at.getTime()
    }
    // Failures add up and are written once a minute; a success after them is written at once, and so is the first refusal.
    const turned = works || !h.failing || (tells(outcome) === 'refused' && !h.stopped)
    h.failing = !works
    h.stopped = !works && (h.stopped || tells(outcome) === 'refused')
    h.pending = works ? 1 : h.pending + 1
    h.outcome = outcome
    h.at = at
    if (turned || now() - h.written >= KEPT) await write(c.row)
  }

  const meansOf = async (channel: ChannelRef): Promise<ChannelMeans> => {
    const means = await load()
    const rows = rowsOf(means, channel)
    const bridges = new Map<Bridge['type'], Bridge>()
    for (const scope of ['kind', 'channel']) {
      for (const b of means.bridges) if (b.scope === scope && b.target === (scope === 'kind' ? channel.kind : String(channel.id))) bridges.set(b.bridge.type, b.bridge)
    }
    const used = [...bridges.values()]
    const secrets = [...[...rows.values()].flatMap((c) => Object.values(c.fields)), ...used.flatMap((b) => secretsIn(b.url))]
    return {
      credentials: Object.fromEntries([...rows].map(([id, c]) => [id, c.fields])),
      bridges: used,
      confirmed: means.confirmed,
      hide: (text) => hidden(text, secrets),
    }
  }

  return {
    meansOf,
    credentialsFor: async (channel) => (await meansOf(channel)).credentials,
    bridgesFor: async (channel) => (await meansOf(channel)).bridges,
    confirmedSignals: async () => (await load()).confirmed,
    report: async (channel, attempts, at) => {
      try {
        const rows = rowsOf(await load(), channel)
        for (const { source, outcome, skipped } of attempts) {
          const row = rows.get(CREDENTIAL_OF_SOURCE.get(source) ?? '')
          if (row !== undefined && !skipped && tells(outcome) !== 'nothing') await one(row, outcome, at)
        }
      } catch (error) {
        log.warn(`credentials: their health could not be kept: ${error instanceof Error ? error.message : String(error)}`)
      }
    },
    close: async () => {
      for (const row of health.keys()) await write(row).catch((error: unknown) => log.warn(`credentials: ${String(error)}`))
    },
  }
}

function isFor(c: OpenCredential, { id, organisationId }: ChannelRef): boolean {
  if (c.scope === 'all') return true
  return DIGITS.test(c.target) && c.target === String(c.scope === 'channel' ? id : organisationId)
}

/** Access codes in a bridge's address: its query's values, user and password. */
function secretsIn(url: string): string[] {
  const parsed = URL.parse(url)
  if (parsed === null) return []
  return [parsed.username, parsed.password, ...parsed.searchParams.values()]
}

function hidden(text: string, secrets: readonly string[]): string {
  let out = text
  for (const s of secrets) {
    // Shorter ones would blot out ordinary words and numbers.
    if (s.length < 6) continue
    out = out.replaceAll(s, '***').replaceAll(encodeURIComponent(s), '***')
  }
  return out
}
