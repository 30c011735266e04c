import type { Sql } from 'postgres'

/** What lives for the moment only: pacing's slots, sessions and what guards the door. They begin anew. */
const PASSING = ['pacing', 'session', 'verification', 'rate_limit', 'sign_in_failure', 'setup_code']

/** `partitioned`: its rows stand in partitions, which are no tables of their own here. */
export type Table = { readonly name: string; readonly columns: readonly string[]; readonly partitioned: boolean }

/** The tables worth keeping, those before others that refer to them. */
export async function tablesOf(sql: Sql): Promise<Table[]> {
  const tables = await sql<Table[]>`
    select c.relname as name, c.relkind = 'p' as partitioned, array_agg(a.attname order by a.attnum)::text[] as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all(${PASSING}) group by c.relname, c.relkind order by c.relname`
  const needs = await sql<{ child: string; parent: string }[]>`
    select distinct c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent from pg_constraint c where c.contype = 'f' and c.conrelid <> c.confrelid`
  const left = new Map(tables.map((t) => [t.name, t]))
  const sorted: Table[] = []
  while (left.size > 0) {
    const ready = [...left.values()].filter((t) => !needs.some((n) => n.child === t.name && left.has(n.parent)))
    if (ready.length === 0) throw new Error(`tables refer to each other in a circle: ${[...left.keys()].join(', ')}`)
    for (const t of ready) {
      left.delete(t.name)
      sorted.push(t)
    }
  }
  return sorted
}

/** The migrations a database has, as the journal names them. */
export async function schemaOf(sql: Sql): Promise<number[]> {
  const rows = await sql<{ at: string }[]>`select created_at::text as at from drizzle.__drizzle_migrations order by created_at`
  return rows.map((r) => Number(r.at))
}
