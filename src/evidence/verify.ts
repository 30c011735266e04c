import type { Ctx } from '../../db/context.ts'
import { requireRole } from '../domain/permit.ts'
import type { Text } from '../domain/text.ts'
import { holdPruning } from './hold-pruning.ts'
import { EvidenceCorrupt } from './types.ts'
import type { EvidenceStore } from './types.ts'

const BATCH = 1000
/** Problems that are named; beyond them they are counted. */
const NAMED = 20

export type EvidenceProblem = {
  readonly what: 'missing' | 'changed'
  readonly sha256: string
  /** The pack that holds it, or would by the month of its row. */
  readonly pack: string
  /** An address it was received from, where it is a page's. */
  readonly url: string | null
  readonly text: Text
}

export type EvidenceVerified = {
  readonly ok: boolean
  readonly pieces: number
  readonly missing: number
  readonly changed: number
  /** Packs of which nothing that the register knows is there. */
  readonly missingPacks: readonly string[]
  /** The first problems. */
  readonly named: readonly EvidenceProblem[]
}

type Row = { sha256: string; size: number; month: string; url: string | null }

/**
 * Reads every piece of evidence that the register knows and hashes it anew: what is not there, and what is not what its name
 * says, is named. Nothing is pruned meanwhile: throws `conflict` where a pruning or a backup is under way. For administrators.
 */
export async function verifyEvidence({ ctx, store, progress }: { ctx: Ctx; store: EvidenceStore; progress?: (pieces: number) => void }): Promise<EvidenceVerified> {
  requireRole(ctx.actor, ['administrator'])
  const release = await holdPruning(ctx.db.sql)
  try {
    const sum = { pieces: 0, missing: 0, changed: 0 }
    const named: EvidenceProblem[] = []
    const packs = new Map<string, { pieces: number; missing: number }>()
    // In the order of the hashes, so that pieces of one pack come together.
    for (let rows = await batch(ctx, ''); rows.length > 0; rows = await batch(ctx, rows.at(-1)?.sha256 ?? '')) {
      for (const row of rows) {
        const home = `${row.month}/${row.sha256.slice(0, 1)}.pack`
        const held = packs.get(home) ?? { pieces: 0, missing: 0 }
        packs.set(home, held)
        held.pieces += 1
        sum.pieces += 1
        const problem = await look(store, row, home)
        if (problem === null) continue
        sum[problem.what] += 1
        if (problem.what === 'missing') held.missing += 1
        if (named.length < NAMED) named.push(problem)
      }
      progress?.(sum.pieces)
    }
    const missingPacks = [...packs].filter(([, p]) => p.missing === p.pieces).map(([name]) => name).sort()
    return { ok: sum.missing + sum.changed === 0, ...sum, missingPacks, named }
  } finally {
    await release()
  }
}

async function look(store: EvidenceStore, { sha256, size, url }: Row, home: string): Promise<EvidenceProblem | null> {
  const changed = (pack: string): EvidenceProblem => ({ what: 'changed', sha256, pack, url, text: { zh: `证据 ${sha256} 的内容已被改动或损坏(${pack})`, en: `evidence ${sha256} was changed or damaged (${pack})` } })
  try {
    const bytes = await store.get(sha256)
    if (bytes === null) return { what: 'missing', sha256, pack: home, url, text: { zh: `证据 ${sha256} 缺失(应在 ${home})`, en: `evidence ${sha256} is missing (by its month it would be in ${home})` } }
    return bytes.length === size ? null : changed(home)
  } catch (error) {
    if (error instanceof EvidenceCorrupt) return changed(error.pack)
    throw error
  }
}

function batch(ctx: Ctx, after: string): Promise<Row[]> {
  return ctx.db.sql<Row[]>`
    select e.sha256, e.size, to_char(e.created_at at time zone 'UTC', 'YYYY-MM') as month, (select u.url from evidence_use u where u.sha256 = e.sha256 limit 1) as url
    from evidence e where e.sha256 > ${after} order by e.sha256 limit ${BATCH}`
}
