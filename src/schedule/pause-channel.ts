import { sql } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import { assertState, changeChannel } from './channel-state.ts'
import type { ChannelInput, ChannelRow } from './channel-state.ts'

/** Stops visits of a channel until it is resumed; one that waits in the queue is not made. Pausing twice is pausing once. */
export function pauseChannel({ ctx, input }: { ctx: Ctx; input: ChannelInput }): Promise<ChannelRow> {
  return changeChannel(ctx, input, 'channel.pause', async (tx, row, at) => {
    assertState(row, ['active', 'paused'])
    await tx.execute(sql`update channel set state = 'paused', updated_at = ${at.toISOString()}, claimed_slot = null, claimed_at = null where id = ${row.id}`)
  })
}
