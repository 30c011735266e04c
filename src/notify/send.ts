import type { Ctx } from '../../db/context.ts'
import { recordAudit } from '../audit/record.ts'
import { requireRole } from '../domain/permit.ts'

/** One way of sending. Rejects when it did not go out. */
export type Send = (letter: { readonly address: string; readonly subject: string; readonly body: string }) => Promise<void>
export type Senders = Readonly<Partial<Record<'email' | 'wecom' | 'dingtalk', Send>>>

/** Milliseconds after the first, second … failure; after the last one the letter is failed, and stays visible. */
const BACK_OFF = [60_000, 300_000, 1_800_000, 7_200_000, 21_600_000] as const
const BATCH = 20
/** A letter in hand is nobody else's for so long, should its process die. */
const LEASE_MS = 600_000

type Row = { id: number; way: keyof Senders; address: string; subject: string; body: string; attempts: number }

/** Sends what is due in the outbox. A letter is claimed before it goes, so that two processes do not send it twice. */
export async function sendLetters({ ctx, senders }: { ctx: Ctx; senders: Senders }): Promise<{ sent: number; retried: number; failed: number }> {
  requireRole(ctx.actor, ['operations'])
  const sum = { sent: 0, retried: 0, failed: 0 }
  const { sql } = ctx.db
  for (;;) {
    const now = ctx.clock.now()
    const rows = await sql<Row[]>`
      update outbox o set next_attempt_at = ${new Date(now.getTime() + LEASE_MS)}, attempts = o.attempts + 1
        from subscription s where s.id = o.subscription_id and o.id in (
          select id from outbox where state = 'waiting' and next_attempt_at <= ${now} order by next_attempt_at, id limit ${BATCH} for update skip locked)
      returning o.id::int, s.way, s.address, o.subject, o.body, o.attempts`
    for (const row of rows) sum[await sendOne(ctx, senders, row)] += 1
    if (rows.length < BATCH) break
  }
  if (sum.sent + sum.failed > 0) {
    await ctx.db.orm.transaction((tx) => recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [{ verb: 'outbox.send', entity: 'outbox', detail: sum }]))
  }
  return sum
}

async function sendOne(ctx: Ctx, senders: Senders, row: Row): Promise<'sent' | 'retried' | 'failed'> {
  const { sql } = ctx.db
  try {
    const send = senders[row.way]
    if (send === undefined) throw new Error(`no sender is set up for ${row.way}`)
    await send(row)
    await sql`update outbox set state = 'sent', sent_at = ${ctx.clock.now()}, last_error = null where id = ${row.id}`
    return 'sent'
  } catch (error) {
    const wait = BACK_OFF[row.attempts - 1]
    const why = (error instanceof Error ? error.message : String(error)).replaceAll(row.address, '…').slice(0, 500)
    await sql`
      update outbox set state = ${wait === undefined ? 'failed' : 'waiting'}, last_error = ${why}, next_attempt_at = ${new Date(ctx.clock.now().getTime() + (wait ?? 0))} where id = ${row.id}`
    return wait === undefined ? 'failed' : 'retried'
  }
}
