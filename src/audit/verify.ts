import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { setting } from '../../db/schema/index.ts'
import { requireRole } from '../domain/permit.ts'
import type { Text } from '../domain/text.ts'
import { GENESIS, linkHash } from './canonical.ts'
import type { Sealed } from './canonical.ts'
import type { Head } from './head.ts'

/** Links read at once. */
const BATCH = 5000
/** Problems that are named; beyond them they are counted. */
const NAMED = 20
/** Where the last verification is kept, for the console. */
export const VERIFIED = 'audit.verified'
/** What of it is kept. `first` names the first place that fails; it is missing in what earlier versions kept. */
export type Verified = { readonly ok: boolean; readonly rows: number; readonly problems: number; readonly head: Head | null; readonly first?: Text | null }

export const verifyTrailInput = z.object({
  /** A head noted earlier: must still be in the chain. */
  head: z.string().trim().toLowerCase().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits 应为 64 位十六进制').optional(),
})

export type TrailProblem = {
  /** changed: the row is not what its link says. missing: the row, or links with it, are gone. inserted: it was not written by an act. cut: the noted head is not in the chain. */
  readonly what: 'changed' | 'missing' | 'inserted' | 'cut'
  /** Place in the chain; null for what stands outside it. */
  readonly seq: number | null
  /** Number of the audit row, where it is known. */
  readonly id: number | null
  readonly text: Text
}

export type TrailVerified = {
  readonly ok: boolean
  /** ISO 8601. */
  readonly at: string
  readonly rows: number
  readonly head: Head | null
  /** The noted head: where it stands now; null where none was given or it is not there. */
  readonly notedAt: number | null
  readonly problems: number
  /** The first of them. */
  readonly named: readonly TrailProblem[]
}

/**
 * Walks the last `links` links alone, from the link before them as it stands: what changed lately is found for the price of one short
 * statement. null where they hold.
 */
export async function verifyTail({ ctx, input: { links } }: { ctx: Pick<Ctx, 'db'>; input: { links: number } }): Promise<TrailProblem | null> {
  const [start] = await ctx.db.sql<{ seq: string; hash: string }[]>`
    select seq::text as seq, hash from audit_chain where seq <= (select max(seq) - ${Math.min(links, BATCH)} from audit_chain) order by seq desc limit 1`
  const walk = new Walk(undefined, start === undefined ? undefined : { seq: Number(start.seq), hash: start.hash })
  for (const link of await batch(ctx, walk.seq)) walk.step(link)
  return walk.named[0] ?? null
}

type Link = { seq: string; hash: string; auditId: string; id: string | null } & Omit<Sealed, 'seq' | 'id'>

/**
 * Walks the audit trail from its first row: each must hash, with the link before it, to its own link. One that does not is
 * named and the walk goes on from the link as it stands, so that one change is one problem. A chain whose end was cut off, or
 * that was written anew from some row on, is whole in itself: a head noted outside shows it. For administrators.
 */
export async function verifyTrail({ ctx, input, progress }: { ctx: Ctx; input: z.input<typeof verifyTrailInput>; progress?: (rows: number) => void }): Promise<TrailVerified> {
  requireRole(ctx.actor, ['administrator'])
  const { head: noted } = verifyTrailInput.parse(input)
  const walk = new Walk(noted)
  for (let links = await batch(ctx, 0); links.length > 0; links = await batch(ctx, walk.seq)) {
    for (const link of links) walk.step(link)
    progress?.(walk.rows)
  }
  // One statement, so that an act that ends meanwhile has both its row and its link, or neither.
  const loose = await ctx.db.sql<{ id: string }[]>`select a.id::text as id from audit a where not exists (select from audit_chain c where c.audit_id = a.id) order by a.id`
  for (const { id } of loose) walk.found({ what: 'inserted', seq: null, id: Number(id), text: { zh: `审计记录 ${id} 不在链上:绕过程序写入`, en: `audit row ${id} is not in the chain: it was put in past the program` } })
  if (noted !== undefined && walk.notedAt === null) {
    walk.found({ what: 'cut', seq: null, id: null, text: { zh: '链上没有所记的链头:末尾被截去,或自某处起被重写', en: 'the noted head is not in the chain: its end was cut off, or it was written anew from some row on' } })
  }
  const { rows, notedAt, problems, named } = walk
  const head: Head | null = walk.seq === 0 ? null : { seq: walk.seq, hash: walk.hash }
  const at = ctx.clock.now()
  const done: TrailVerified = { ok: problems === 0, at: at.toISOString(), rows, head, notedAt, problems, named }
  const value: Verified = { ok: done.ok, rows, problems, head, first: named[0]?.text ?? null }
  await ctx.db.orm.insert(setting).values({ key: VERIFIED, value, updatedAt: at }).onConflictDoUpdate({ target: setting.key, set: { value, updatedAt: at } })
  return done
}

function batch(ctx: Pick<Ctx, 'db'>, after: number): Promise<Link[]> {
  return ctx.db.sql<Link[]>`
    select c.seq::text as seq, c.hash, c.audit_id::text as "auditId", a.id::text as id, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
      a.actor::text as actor, a.verb, a.entity, a.entity_id as "entityId", a.reason, a.detail::text as detail
    from audit_chain c left join audit a on a.id = c.audit_id where c.seq > ${after} order by c.seq limit ${BATCH}`
}

class Walk {
  rows = 0
  seq = 0
  hash = GENESIS
  notedAt: number | null = null
  problems = 0
  readonly named: TrailProblem[] = []
  readonly #noted: string | undefined
  /** The link before the last, and the last one's audit row: for telling a row that was pushed in. */
  #before = GENESIS
  #last: number | null = null
  /** How far the numbers were moved by rows pushed in (+) or taken out (-) further up. */
  #shift = 0

  constructor(noted: string | undefined, from?: Head) {
    this.#noted = noted
    if (from === undefined) return
    this.seq = from.seq
    this.hash = from.hash
  }

  found(problem: TrailProblem): void {
    this.problems += 1
    if (this.named.length < NAMED) this.named.push(problem)
  }

  step(link: Link): void {
    const seq = Number(link.seq)
    const auditId = Number(link.auditId)
    const name = { seq, id: auditId }
    if (seq !== this.seq + 1) {
      const [from, to] = [this.seq + 1, seq - 1]
      this.found({ what: 'missing', seq: from, id: null, text: { zh: `链上缺第 ${from === to ? from : `${from} 至 ${to}`} 环`, en: from === to ? `link ${from} is missing` : `links ${from} to ${to} are missing` } })
    } else if (link.id === null) {
      this.found({ what: 'missing', ...name, text: { zh: `第 ${seq} 环的审计记录 ${auditId} 已不在`, en: `audit row ${auditId} of link ${seq} is gone` } })
    } else if (!this.#holds(this.hash, link, this.#shift)) {
      const shift = [1, -1].find((d) => this.#holds(this.hash, link, this.#shift + d))
      if (shift !== undefined) this.#shift += shift // Only the numbers moved; what moved them has been named.
      else if (this.#holds(this.#before, link, this.#shift + 1)) {
        this.#shift += 1
        this.found({ what: 'inserted', seq: this.seq, id: this.#last, text: { zh: `第 ${this.seq} 环(审计记录 ${this.#last})是后来插入的`, en: `link ${this.seq} (audit row ${this.#last}) was pushed in afterwards` } })
      } else this.found({ what: 'changed', ...name, text: { zh: `第 ${seq} 环的审计记录 ${auditId}(${link.verb})被改动,或其前一环已换`, en: `audit row ${auditId} (${link.verb}) of link ${seq} was changed, or the link before it is another one` } })
    }
    if (link.id !== null) this.rows += 1
    if (link.hash === this.#noted) this.notedAt = seq
    this.#before = this.hash
    this.#last = auditId
    this.seq = seq
    this.hash = link.hash
  }

  #holds(before: string, link: Link, shift: number): boolean {
    const { at, actor, verb, entity, entityId, reason, detail } = link
    return linkHash(before, { seq: Number(link.seq) - shift, id: Number(link.auditId), at, actor, verb, entity, entityId, reason, detail }) === link.hash
  }
}
