import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { scopeOf } from '../../db/scope.ts'
import { HuoshuiError } from '../domain/error.ts'
import { READERS, requireRole } from '../domain/permit.ts'
import { validateTags } from '../standard/index.ts'
import type { TagFinding } from '../standard/index.ts'
import { tagsValue } from '../standard/needs.ts'

const input = z.strictObject({ channel: z.number().int().positive() })

export type TagCheck = {
  readonly channel: { readonly id: number; readonly name: string }
  /** When the pages were read. */
  readonly at: string
  readonly pages: readonly { readonly url: string; readonly kind: 'home' | 'column' | 'article'; readonly tags: readonly TagFinding[] }[]
}

/** 网页标签 of the pages that the probe read last, tag by tag (国办发〔2017〕47号). Throws `not_found` where there are none. */
export async function tagCheck({ ctx, input: given }: { ctx: Ctx; input: z.input<typeof input> }): Promise<TagCheck> {
  requireRole(ctx.actor, READERS)
  const { channel: id } = input.parse(given)
  const { sql } = ctx.db
  const [channel] = await sql<{ id: number; name: string }[]>`select c.id::int, c.name from channel c where c.id = ${id} and ${scopeOf(sql, 'c.region_code', ctx.actor)}`
  if (channel === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${id} 的渠道`, en: `there is no channel ${id}` })
  const [seen] = await sql<{ at: Date; value: unknown }[]>`
    select at, value from observation where channel_id = ${id} and about = 'probe:tags' and at <= ${ctx.clock.now()} order by at desc, id desc limit 1`
  const value = tagsValue.safeParse(seen?.value)
  if (seen === undefined || !value.success) throw new HuoshuiError('not_found', { zh: `“${channel.name}”的网页标签尚未读取`, en: `the tags of ${channel.name} have not been read yet` })
  return { channel, at: seen.at.toISOString(), pages: value.data.pages.map(({ url, kind, metas }) => ({ url, kind, tags: validateTags(metas, kind) })) }
}
