import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Db } from '../../db/client.ts'
import * as schema from '../../db/schema/index.ts'

/** A statement as it went to the server, its parameters as the driver was given them. */
export type Statement = { readonly text: string; readonly parameters: readonly unknown[] }

/** A node of a plan as PostgreSQL explains it in JSON, with what it did. */
export type PlanNode = {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Shared Hit Blocks': number
  readonly 'Shared Read Blocks': number
  readonly Plans?: readonly PlanNode[]
}

/** The program's database with an ear on both pools. `during` gives back what a piece of work sent, transactions' own words left out. */
export function listeningDb(url: string): Db & { during(work: (db: Db) => Promise<unknown>): Promise<Statement[]> } {
  let heard: Statement[] = []
  const open = () => postgres(url, { max: 4, onnotice: () => undefined, debug: (_, text, parameters) => { heard.push({ text, parameters }) } })
  const sql = open()
  const services = open()
  const db: Db = { orm: drizzle(services, { schema }), sql, unhurried: (work) => work(db), close: async () => { await Promise.all([sql.end(), services.end()]) } }
  return {
    ...db,
    during: async (work) => {
      heard = []
      await work(db)
      return heard.filter(({ text }) => /^\s*(?:select|with|insert|update|delete)\b/i.test(text) && !/\bpg_catalog\b/.test(text))
    },
  }
}

/** A parameter as an untyped literal: the server finds its type as it does a parameter's. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return `'{${value.map((v) => (v === null ? 'null' : `"${String(v).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)).join(',').replaceAll("'", "''")}}'`
  const text = value instanceof Date ? value.toISOString() : String(value)
  return `'${text.replaceAll("'", "''")}'`
}

/** Runs a statement and takes it back, and says how it was done: every node of its plan. */
export async function explain(db: Db, { text, parameters }: Statement): Promise<PlanNode[]> {
  const whole = text.replace(/\$(\d+)/g, (_, n: string) => literal(parameters[Number(n) - 1]))
  let root: PlanNode | undefined
  await db.sql.begin(async (tx) => {
    const [row] = await tx.unsafe<{ 'QUERY PLAN': [{ Plan: PlanNode }] }[]>(`explain (analyze, buffers, timing off, summary off, format json) ${whole}`)
    root = row?.['QUERY PLAN'][0].Plan
    await tx`select 1 / 0`.catch(() => undefined)
  }).catch(() => undefined)
  if (root === undefined) throw new Error(`not explained: ${whole.slice(0, 200)}`)
  return flat(root)
}

const flat = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flat)]

/** Pages touched by the whole statement. */
export const pages = (plan: readonly PlanNode[]): number => (plan[0]?.['Shared Hit Blocks'] ?? 0) + (plan[0]?.['Shared Read Blocks'] ?? 0)
/** Rows that the scans of a relation (a partition's parent by its name's beginning) gave up or threw away. */
export const rowsFrom = (plan: readonly PlanNode[], relation: RegExp): number =>
  plan.filter((n) => n['Relation Name'] !== undefined && relation.test(n['Relation Name'])).reduce((sum, n) => sum + (n['Actual Rows'] + (n['Rows Removed by Filter'] ?? 0)) * n['Actual Loops'], 0)
/** The large relations that were read from end to end. A partition without rows costs nothing. */
export const readWhole = (plan: readonly PlanNode[]): string[] =>
  plan.filter((n) => n['Node Type'] === 'Seq Scan' && /^(?:channel|visit|candidate|observation.*)$/.test(n['Relation Name'] ?? '') && (n['Actual Rows'] > 0 || (n['Rows Removed by Filter'] ?? 0) > 0)).map((n) => n['Relation Name'] ?? '')
export const indexes = (plan: readonly PlanNode[]): Set<string> => new Set(plan.flatMap((n) => (n['Index Name'] === undefined ? [] : [n['Index Name']])))
