import { sql } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import { assertState, changeChannel } from './channel-state.ts'
import type { ChannelInput, ChannelRow } from './channel-state.ts'

/** Makes a channel due now, windows and paused policies notwithstanding. One that is in hand already (`claimed`) is left as it is. */
export function runChannel({ ctx, input }: { ctx: Ctx; input: ChannelInput }): Promise<ChannelRow> {
  return changeChannel(ctx, input, 'channel.run', async (tx, row, at) => {
    assertState(row, ['active'])
    if (!row.claimed) await tx.execute(sql`update channel set next_due_at = ${at.toISOString()}, due_reason = 'run_now' where id = ${row.id}`)
  })
}
