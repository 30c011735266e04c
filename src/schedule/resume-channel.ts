import { sql } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import { assertState, changeChannel } from './channel-state.ts'
import type { ChannelInput, ChannelRow } from './channel-state.ts'

/** Takes visits up again; what fell due meanwhile is due at once. */
export function resumeChannel({ ctx, input }: { ctx: Ctx; input: ChannelInput }): Promise<ChannelRow> {
  return changeChannel(ctx, input, 'channel.resume', async (tx, row, at) => {
    assertState(row, ['active', 'paused'])
    await tx.execute(sql`update channel set state = 'active', updated_at = ${at.toISOString()} where id = ${row.id}`)
  })
}
