import type { Ctx } from '../../db/context.ts'
import { isGone, isObserved } from '../domain/outcome.ts'
import type { Outcome } from '../domain/outcome.ts'

/** What a source's answer says of the credential it was asked with. A wall or a broken line says nothing of it. */
export function tells(outcome: Outcome): 'works' | 'refused' | 'nothing' {
  if (outcome === 'credential_expired') return 'refused'
  return (isObserved(outcome) && outcome !== 'attested') || isGone(outcome) ? 'works' : 'nothing'
}

export type CredentialReport = {
  /** Row of table `credential`. */
  readonly row: number
  readonly outcome: Outcome
  /** Instant of the visit. */
  readonly at: Date
  /** Answers of this kind since the last report. Default 1. */
  readonly times?: number
}

/** Keeps a credential's health after visits used it. What was put anew since the visit began is not touched. */
export async function reportCredential({ ctx, input }: { ctx: Pick<Ctx, 'db'>; input: CredentialReport }): Promise<void> {
  const { row, outcome, times = 1 } = input
  const at = input.at.toISOString()
  const told = tells(outcome)
  if (told === 'works') {
    await ctx.db.sql`
      update credential set last_success_at = greatest(last_success_at, ${at}::timestamptz), failures = 0, stopped_since = null
      where id = ${row} and put_at <= ${at}::timestamptz`
  } else {
    await ctx.db.sql`
      update credential set failures = failures + ${times}, last_failure = ${outcome}, last_failure_at = ${at}::timestamptz,
        stopped_since = case when ${told === 'refused'} then coalesce(stopped_since, ${at}::timestamptz) else stopped_since end
      where id = ${row} and put_at <= ${at}::timestamptz`
  }
}
