import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { requireInScope, requireWholeRegister } from '../../db/scope.ts'
import type { Actor } from '../domain/actor.ts'
import { HuoshuiError } from '../domain/error.ts'
import type { CredentialInfo } from './catalogue.ts'

/** From the widest to the most particular. */
export const CREDENTIAL_SCOPES = ['all', 'organisation', 'channel'] as const
export type CredentialScope = (typeof CREDENTIAL_SCOPES)[number]
export type Target = { readonly scope: CredentialScope; readonly target: string }

export const targetInput = {
  organisation: z.coerce.number().int().positive().optional(),
  channel: z.coerce.number().int().positive().optional(),
}

type Given = { readonly organisation?: number | undefined; readonly channel?: number | undefined }

/** For whom it is, as given. Throws `bad_input` for both an organisation and a channel. */
export function targetOf({ organisation, channel }: Given): Target {
  if (organisation !== undefined && channel !== undefined) {
    throw new HuoshuiError('bad_input', { zh: '单位与渠道只能指定其一', en: 'name an organisation or a channel, not both' })
  }
  if (channel !== undefined) return { scope: 'channel', target: String(channel) }
  return organisation === undefined ? { scope: 'all', target: '' } : { scope: 'organisation', target: String(organisation) }
}

/**
 * Holds the actor to its region and the target to the register. A key of one account is for one channel: given for an
 * organisation, it goes to that organisation's only channel of the kind. Throws `not_found`, `forbidden`, `bad_input`.
 */
export async function settle(tx: Tx, actor: Actor, given: Target, info: CredentialInfo): Promise<Target> {
  await requireTarget(tx, actor, given)
  if (given.scope === 'channel') {
    const [row] = await tx.execute<{ kind: string }>(sql`select kind from channel where id = ${Number(given.target)}`)
    if (row?.kind === info.kind) return given
    throw new HuoshuiError('bad_input', {
      zh: `渠道 ${given.target} 的类型是 ${row?.kind ?? ''},${info.id} 用于 ${info.kind}`,
      en: `channel ${given.target} is of kind ${row?.kind ?? ''}; ${info.id} is for ${info.kind}`,
    })
  }
  if (!info.oneAccount) return given
  if (given.scope === 'all') {
    throw new HuoshuiError('bad_input', { zh: `${info.id} 只对应一个账号:请用 --channel 指定渠道`, en: `${info.id} opens one account only: name its channel with --channel` })
  }
  const rows = await tx.execute<{ id: string }>(sql`select id from channel where organisation_id = ${Number(given.target)} and kind = ${info.kind} and state <> 'merged' order by id limit 20`)
  const [only] = rows
  if (only !== undefined && rows.length === 1) return { scope: 'channel', target: String(only.id) }
  const listed = rows.map((r) => r.id).join('、') || '–'
  throw new HuoshuiError('bad_input', {
    zh: `${info.id} 只对应一个账号,而该单位有 ${rows.length} 个 ${info.kind} 渠道(${listed}):请用 --channel 指定`,
    en: `${info.id} opens one account only, and the organisation has ${rows.length} channels of kind ${info.kind} (${listed}): name one with --channel`,
  })
}

/** Throws `not_found` where the target is not in the register, `forbidden` where it lies outside the actor's region. */
export async function requireTarget(tx: Tx, actor: Actor, { scope, target }: { readonly scope: CredentialScope; readonly target: string }): Promise<void> {
  if (scope === 'all') return requireWholeRegister(actor)
  const [row] = await tx.execute<{ region: string | null }>(sql`select region_code as region from ${sql.identifier(scope)} where id = ${Number(target)}`)
  if (row === undefined) {
    throw new HuoshuiError('not_found', scope === 'channel'
      ? { zh: `没有编号为 ${target} 的渠道`, en: `there is no channel ${target}` }
      : { zh: `没有编号为 ${target} 的单位`, en: `there is no organisation ${target}` })
  }
  return requireInScope(tx, actor, row.region)
}
