import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { PgArray, PgJsonb, PgText } from 'drizzle-orm/pg-core'
import * as schema from '../../../db/schema/index.ts'
import type { TestDatabase } from '../../helpers/postgres.ts'

/** Runs, where anything of it becomes markup, a script or an address that is followed. */
export const HOSTILE = `<img src=x onerror="window.__struck=1"><svg onload=window.__struck=1></svg><script>window.__struck=1</script>"'\`><a href="javascript:window.__struck=1">x</a>{{7*7}}`
/** The same as an address. */
const ADDRESS = 'javascript:window.__struck=1//'

/** Columns whose text is the program's own: names of states and kinds, keys, codes, digests. All others may come from outside. */
const OWN = new Set([
  'id', 'code', 'key', 'scope', 'target', 'type', 'kind', 'state', 'proposal', 'rule', 'edition', 'step', 'from_state', 'to_state', 'outcome', 'last_outcome', 'about', 'source', 'reason_code', 'due_reason', 'url_key', 'identity_key',
  'region_code', 'parent_code', 'filing_status', 'running_status', 'function_type', 'class', 'role', 'region', 'way', 'mode', 'verb', 'entity', 'entity_id', 'verdict', 'answer', 'indicator', 'indicator_id', 'standard', 'params_digest', 'evaluators',
  'sha256', 'sealed', 'key_id', 'credential_id', 'user_id', 'account_id', 'provider_id', 'password', 'email', 'username', 'token', 'digest', 'scopes', 'secret', 'backup_codes', 'value', 'identifier', 'name_digest', 'page', 'query', 'assignee', 'trigger', 'vantage',
  'evidence', 'kinds', 'fields', 'every', 'result', 'seed', 'last_failure',
])
/** JSON that is the program's own from end to end. */
const OWN_JSON = new Set(['settings', 'scope', 'targets', 'params', 'threshold', 'answers', 'filter'])
/** The same for keys inside JSON. */
const OWN_KEYS = new Set([...OWN, 'answers', 'finalSha256', 'role', 'region', 'proposal', 'newest', 'since', 'at', 'until', 'deadline', 'from', 'to', 'unit', 'day', 'date', 'status', 'fetchedAt', 'newestOn', 'statedOn', 'witness', 'class', 'regions'])
/** Tables that no page shows. */
const SILENT = new Set(['region', 'account', 'verification', 'two_factor', 'rate_limit', 'sign_in_failure', 'installation_secret', 'setup_code', 'pacing', 'setting', 'campaign', 'sample', 'audit_chain'])

/** Strikes every field of the register that comes from a page, a ledger, a unit or a person. Tells which columns were struck. */
export async function strike(t: TestDatabase): Promise<string[]> {
  const struck: string[] = []
  // The trail lets nobody change it: here it is shown what a page makes of one that says such things.
  await t.db.sql`alter table audit disable trigger audit_stands`
  for (const table of Object.values(schema)) {
    const name = getTableName(table)
    if (SILENT.has(name)) continue
    for (const column of Object.values(getTableColumns(table))) {
      if (is(column, PgJsonb) ? OWN_JSON.has(column.name) : OWN.has(column.name)) continue
      const where = `${name}.${column.name}`
      if (is(column, PgText)) {
        const text = /url|address|link/.test(column.name) ? ADDRESS + HOSTILE : HOSTILE
        // What there may be one of only keeps its own end.
        await t.db.sql.unsafe(`update "${name}" t set "${column.name}" = $1 || right(md5(t::text), 6)`, [text])
        struck.push(where)
      } else if (is(column, PgJsonb)) {
        const rows = await t.db.sql.unsafe(`select ctid::text as at, "${column.name}" as value from "${name}" where "${column.name}" is not null`) as unknown as { at: string; value: unknown }[]
        for (const row of rows) await t.db.sql`update ${t.db.sql(name)} set ${t.db.sql(column.name)} = ${t.db.sql.json(poisoned(row.value) as never)} where ctid = ${row.at}::tid`
        struck.push(where)
      } else if (is(column, PgArray)) struck.push(where)
    }
  }
  await t.db.sql`alter table audit enable trigger audit_stands`
  return struck
}

function poisoned(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return OWN_KEYS.has(key) ? value : (/url|address|link/i.test(key) ? ADDRESS : '') + HOSTILE
  if (Array.isArray(value)) return value.map((v) => poisoned(v, key))
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, poisoned(v, k)]))
  return value
}
