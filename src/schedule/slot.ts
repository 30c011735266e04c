import type { TransactionSql } from 'postgres'
import type { Ctx } from '../../db/context.ts'
import type { Due } from './due.ts'

type Sql = Ctx['db']['sql'] | TransactionSql

/** A channel's claimed moment: what one visit is made for. */
export type Slot = { readonly channelId: number; readonly slot: Date }

/** Is this visit still to be made? Not if another worker has made it, or the channel was paused or closed meanwhile (closing takes the claim away). */
export async function slotIsOpen(sql: Sql, { channelId, slot }: Slot): Promise<boolean> {
  const rows = await sql`select 1 from channel where id = ${channelId} and claimed_slot = ${slot.toISOString()} and state <> 'paused'`
  return rows.length > 0
}

/**
 * Ends a slot: call it in the transaction that inserts the visit (`on conflict (channel_id, slot) do nothing`), so that both are
 * true or neither. A shut or merged channel is next looked at in 30 days. Returns whether the claim was still this one.
 */
export async function completeSlot(sql: Sql, { channelId, slot }: Slot, next: Due): Promise<boolean> {
  const rows = await sql`
    update channel set claimed_slot = null, claimed_at = null, due_reason = case when state in ('closed', 'merged') then 'watch' else ${next.reason} end,
      next_due_at = case when state in ('closed', 'merged') then greatest(${next.at.toISOString()}::timestamptz, claimed_slot + interval '30 days') else ${next.at.toISOString()}::timestamptz end
    where id = ${channelId} and claimed_slot = ${slot.toISOString()} returning id`
  return rows.length > 0
}
