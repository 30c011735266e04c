import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../db/context.ts'
import type { Tx } from '../../../db/client.ts'
import { region } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import { RegionBook } from './book.ts'
import { shippedRegions } from './data.ts'
import type { Region } from './data.ts'

/** Enters the shipped regions, and corrects those that differ. Doing it again changes nothing. */
export async function seedRegions(ctx: Ctx): Promise<{ changed: number }> {
  return ctx.db.orm.transaction(async (tx) => {
    const rows = shippedRegions().map(({ code, name, level, parent }) => ({ code, name, level, parent }))
    const done = await tx.execute(sql`
      insert into region (code, name, level, parent_code)
      select code, name, level, parent from json_to_recordset(${JSON.stringify(rows)}::json) as r(code text, name text, level smallint, parent text)
      on conflict (code) do update set name = excluded.name, level = excluded.level, parent_code = excluded.parent_code
      where (region.name, region.level, region.parent_code) is distinct from (excluded.name, excluded.level, excluded.parent_code)
      returning 1`)
    const changed = done.length
    if (changed > 0) {
      await recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [{ verb: 'region.seed', entity: 'region', detail: { changed } }])
    }
    return { changed }
  })
}

/** All regions of the register, with the shipped zones' other names. */
export async function loadRegions(tx: Tx | Ctx['db']['orm']): Promise<RegionBook> {
  const aliases = new Map(shippedRegions().filter((z) => z.aliases.length > 0).map((z) => [z.code, z.aliases]))
  const rows = await tx.select().from(region).orderBy(region.level, region.code)
  return new RegionBook(rows.map((r) => ({
    code: r.code,
    name: r.name,
    level: asLevel(r.level),
    parent: r.parentCode,
    aliases: aliases.get(r.code) ?? [],
  })))
}

function asLevel(level: number): Region['level'] {
  return level === 1 || level === 2 || level === 3 ? level : 4
}
