import type { TransactionSql } from 'postgres'
import type { Ctx } from '../../db/context.ts'
import type { Due } from './due.ts'

type Sql = Ctx['db']['sql'] | TransactionSql

/** A channel's claimed moment: what one visit is made for. */
export type Slot = { readonly channelId: number; readonly slot: Date }

/** Is this visit still to be made? Not if another worker has made it, or the channel was paused or closed meanwhile. */
export async function slotIsOpen(sql: Sql, { channelId, slot }: Slot): Promise<boolean> {
  const rows = await sql`select 1 from channel where id = ${channelId} and claimed_slot = ${slot.toISOString()} and state = 'active'`
  return rows.length > 0
}

/**
 * Ends a slot: call it in the transaction that inserts the visit (`on conflict (channel_id, slot) do nothing`), so that both are
 * true or neither. Returns whether the claim was still this one.
 */
export async function completeSlot(sql: Sql, { channelId, slot }: Slot, next: Due): Promise<boolean> {
  const rows = await sql`
    update channel set claimed_slot = null, claimed_at = null, next_due_at = ${next.at.toISOString()}, due_reason = ${next.reason}
    where id = ${channelId} and claimed_slot = ${slot.toISOString()} returning id`
  return rows.length > 0
}
