import type { Sql } from 'postgres'

/** What a check allows, where any text would not do; `one` row where the table holds but one. */
const ALLOWED: Readonly<Record<string, readonly unknown[]>> = {
  'channel.state': ['active', 'paused', 'closed', 'merged'],
  'person.role': ['administrator', 'operations', 'rectification', 'unit_contact', 'read_only'],
  'setup_code.one': [true],
}
/** Written by the database itself when the audit trail is. */
const OF_ITSELF = ['audit_chain']

type Column = { name: string; type: string; array: boolean; identity: boolean; null: boolean; generated: boolean; parent: string | null; parent_column: string | null }
export type TableShape = { readonly name: string; readonly columns: readonly Column[] }

/** Every table of the program's own schema as it is now, those before others that refer to them; partitions are none. */
export async function shapes(sql: Sql): Promise<TableShape[]> {
  const rows = await sql<(Column & { table: string })[]>`
    select c.relname as "table", a.attname as name, coalesce(e.typname, t.typname) as type, e.typname is not null as array, a.attidentity <> '' or coalesce(pg_get_expr(d.adbin, d.adrelid) like 'nextval%', false) as identity,
           not a.attnotnull as null, a.attgenerated <> '' as generated, f.parent, f.parent_column
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      left join lateral (select p.relname as parent, pa.attname as parent_column from pg_constraint k join pg_class p on p.oid = k.confrelid join pg_attribute pa on pa.attrelid = p.oid and pa.attnum = k.confkey[1]
                          where k.conrelid = c.oid and k.contype = 'f' and k.conkey[1] = a.attnum limit 1) f on true
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by c.relname, a.attnum`
  const left = new Map([...Map.groupBy(rows, (r) => r.table)].map(([name, columns]) => [name, { name, columns }]))
  const sorted: TableShape[] = []
  while (left.size > 0) {
    const ready = [...left.values()].filter((t) => t.columns.every((c) => c.parent === null || c.parent === t.name || !left.has(c.parent)))
    if (ready.length === 0) throw new Error(`a circle: ${[...left.keys()].join(', ')}`)
    for (const t of ready) {
      left.delete(t.name)
      sorted.push(t)
    }
  }
  return sorted
}

/** A value of the column's type, another for each `n`. */
function valueOf({ type, name }: Column, table: string, n: number): unknown {
  const allowed = ALLOWED[`${table}.${name}`]
  if (allowed !== undefined) return allowed[n % allowed.length]
  switch (type) {
    case 'text': case 'varchar': return `${table} ${name} 第${n}行 "\\N"\t${n}`
    case 'int8': case 'int4': case 'int2': return n
    case 'float4': case 'float8': case 'numeric': return n + 0.5
    case 'bool': return n % 2 === 0
    case 'timestamptz': case 'timestamp': return new Date(Date.UTC(2025, n, 1 + n, 15, 59, 59, 123)).toISOString()
    case 'date': return `2025-0${1 + (n % 9)}-1${n % 10}`
    case 'jsonb': return { n, zh: '条款', list: [n, null, 'x'] }
    default: throw new Error(`no value for ${table}.${name} ${type}`)
  }
}

/** Puts rows `from` to `to` into every table, by what the catalogue says of it: types, references, what is not null. Each value appears once, every third row leaves out what may be left out. */
export async function fill(sql: Sql, from: number, to: number): Promise<void> {
  for (const { name: table, columns } of await shapes(sql)) {
    if (OF_ITSELF.includes(table)) continue
    const last = columns.some((c) => ALLOWED[`${table}.${c.name}`]?.length === 1) ? Math.min(from, to) : to
    if (last === from && from > 0) continue
    for (let n = from; n <= last; n++) {
      const given: Record<string, unknown> = {}
      for (const c of columns) {
        if (c.generated || c.identity) continue
        if (c.parent === table) continue
        if (c.parent !== null && c.parent_column !== null) {
          const parents = await sql`select ${sql(c.parent_column)} as v from ${sql(c.parent)} order by 1 offset ${n} limit 1`
          given[c.name] = parents[0]?.['v'] ?? null
          continue
        }
        // An observation names the visit or the run that saw it.
        if (c.null && n % 3 === 2 && c.name !== 'visit_id') continue
        const value = valueOf(c, table, n)
        given[c.name] = c.type === 'jsonb' ? sql.json(value as never) : c.array ? [value] : value
      }
      await sql`insert into ${sql(table)} ${sql(given as Record<string, never>)}`
    }
  }
}

/** Every row of every table as JSON, in an order of its own. */
export async function contents(sql: Sql): Promise<Record<string, Record<string, unknown>[]>> {
  const out: Record<string, Record<string, unknown>[]> = {}
  for (const { name } of await shapes(sql)) {
    const rows = await sql<{ row: Record<string, unknown> }[]>`select to_jsonb(x) as row from ${sql(name)} x order by x::text`
    out[name] = rows.map((r) => r.row)
  }
  return out
}

/** The schema as the catalogue tells it: columns, constraints, indexes, triggers and functions. */
export async function schemaText(sql: Sql): Promise<string[]> {
  const rows = await sql<{ line: string }[]>`
    with own as (select c.oid, c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition)
    select o.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end || ' ' || a.attidentity::text || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
      from own o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped left join pg_attrdef d on d.adrelid = o.oid and d.adnum = a.attnum
    union all select o.relname || ' constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid) from own o join pg_constraint k on k.conrelid = o.oid and k.contype <> 'n'
    union all select pg_get_indexdef(i.indexrelid) from own o join pg_index i on i.indrelid = o.oid
    union all select pg_get_triggerdef(g.oid) from own o join pg_trigger g on g.tgrelid = o.oid and not g.tgisinternal
    union all select pg_get_functiondef(p.oid) from pg_proc p where p.pronamespace = 'public'::regnamespace
    order by 1`
  return rows.map((r) => r.line)
}
