import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Writable } from 'node:stream'
import type { Sql, TransactionSql } from 'postgres'
import type { Ctx } from '../../db/context.ts'
import type { Config } from '../config/schema.ts'
import { auditHead } from '../audit/index.ts'
import { recordAudit } from '../audit/record.ts'
import { HuoshuiError } from '../domain/error.ts'
import { LAST_BACKUP, WORKER_SIGN } from '../domain/kept.ts'
import { requireRole } from '../domain/permit.ts'
import { layMonths, runIn } from '../history/index.ts'
import { MANIFEST } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { entriesOf, verifyBackup } from './read.ts'
import { schemaOf, tablesOf } from './tables.ts'

export type Restored = { readonly madeAt: string; readonly tables: number; readonly rows: number; readonly evidence: number }

/**
 * Puts a backup into an empty installation of either size: embedded into grown, or the other way, it is the same file.
 * It is read through and checked by its hashes first; then everything is put in one transaction. Throws `conflict`
 * where something is registered already or the program is older than the backup, `bad_input` for a damaged file.
 */
export async function restore({ ctx, config, input: { file } }: { ctx: Ctx; config: Pick<Config, 'data'>; input: { file: string } }): Promise<Restored> {
  requireRole(ctx.actor, ['administrator'])
  const { sql } = ctx.db
  const said = await verifyBackup(file)
  await requireSchema(sql, said)
  await requireEmpty(sql)
  const folder = join(config.data, 'evidence')
  const part = `${folder}.restoring`
  if ((await readdir(folder).catch(() => [])).length > 0) throw notEmpty()
  await rm(part, { recursive: true, force: true })
  const sum = { tables: said.tables.length, rows: said.tables.reduce((n, t) => n + t.rows, 0), evidence: said.evidence.length }
  try {
    // The references of all rows are looked up at the end of their table, and nothing is heard in the meantime.
    await ctx.db.unhurried((db) => db.sql.begin(async (tx) => {
      await empty(tx, said)
      if (said.months != null) await layMonths(runIn(tx), { from: new Date(said.months.from), to: new Date(said.months.to) })
      await putAll(tx, file, said, part)
      await after(tx, said)
      // Workers of another installation: nobody is to miss them here.
      await tx`delete from setting where key like ${`${WORKER_SIGN}%`}`
      // The backup that this installation has is the one it came from.
      await tx`insert into setting (key, value, updated_at) values (${LAST_BACKUP}, ${tx.json(sum)}, ${said.madeAt}::timestamptz) on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at`
      // Bytes take their place before the rows are there for all to see; a crash in between leaves bytes without rows.
      await mkdir(part, { recursive: true, mode: 0o700 })
      await rm(folder, { recursive: true, force: true })
      await rename(part, folder)
    }))
  } finally {
    await rm(part, { recursive: true, force: true })
  }
  const restored = { madeAt: said.madeAt, ...sum }
  await ctx.db.orm.transaction((tx) => recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [{ verb: 'backup.restore', entity: 'backup', detail: restored }]))
  return restored
}

async function requireSchema(sql: Sql, said: Manifest): Promise<void> {
  const ours = await schemaOf(sql)
  const same = ours.length === said.schema.length && ours.every((at, i) => at === said.schema[i])
  if (same) return
  const newer = said.schema.some((at) => !ours.includes(at))
  throw new HuoshuiError('conflict', newer
    ? { zh: '备份由较新的程序生成,请先升级程序再恢复', en: 'a newer program made this backup: upgrade the program, then restore' }
    : { zh: '备份由较旧的程序生成:请先用当时的程序恢复,再升级', en: 'an older program made this backup: restore it with that one, then upgrade' })
}

const notEmpty = (): HuoshuiError => new HuoshuiError('conflict', {
  zh: '只能恢复到空的数据目录:请另设 HUOSHUI_DATA(或空的 DATABASE_URL)后重试,现有数据未改动',
  en: 'a backup goes into an empty installation: name another HUOSHUI_DATA (or an empty DATABASE_URL); nothing here was changed',
})

async function requireEmpty(sql: Sql): Promise<void> {
  const [row] = await sql<{ used: boolean }[]>`select exists (select from channel) or exists (select from person) or exists (select from visit) as used`
  if (row?.used === true) throw notEmpty()
}

/** Regions are sown by the program itself; they come back from the backup. */
async function empty(tx: TransactionSql, said: Manifest): Promise<void> {
  await tx`truncate ${tx(said.tables.map((t) => t.name))} cascade`
}

async function putAll(tx: TransactionSql, file: string, said: Manifest, part: string): Promise<void> {
  const columns = new Map(said.tables.map((t) => [t.name, t.columns]))
  const known = new Set((await tablesOf(tx as unknown as Sql)).map((t) => t.name))
  const open = new Map<string, Writable>()
  const finish = async (): Promise<void> => {
    for (const into of open.values()) await new Promise<void>((resolve, reject) => { into.once('error', reject); into.once('finish', resolve); into.end() })
    open.clear()
  }
  for (const name of columns.keys()) {
    if (!known.has(name)) throw new HuoshuiError('conflict', { zh: `本程序没有数据表 ${name}`, en: `this program has no table ${name}` })
    // What the program does of itself when a row changes has been done already: the backup holds its result.
    await tx`alter table ${tx(name)} disable trigger user`
  }
  for await (const entry of entriesOf(file)) {
    const [kind, name = '', rest = ''] = entry.header.name.split('/')
    if (kind === 'tables') {
      let into = open.get(name)
      if (into === undefined) {
        await finish()
        into = await tx`copy ${tx(name)} (${tx([...(columns.get(name) ?? [])])}) from stdin`.writable()
        open.set(name, into)
      }
      for await (const chunk of entry as AsyncIterable<Buffer>) {
        if (!into.write(chunk)) await once(into, 'drain')
      }
    } else if (kind === 'evidence') {
      await finish()
      const path = join(part, name, rest)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await pipeline(entry, createWriteStream(path, { mode: 0o600 }))
    } else if (entry.header.name === MANIFEST) {
      await finish()
      entry.resume()
    }
  }
  await finish()
}

/** Row counts and the audit chain's end must be those that were saved; numbers go on after the last one given. */
async function after(tx: TransactionSql, said: Manifest): Promise<void> {
  const head = await auditHead(tx as unknown as Sql)
  if (said.auditHead !== undefined && head?.hash !== said.auditHead?.hash) throw new Error(`the audit chain ends in ${head?.hash ?? 'nothing'}, saved was ${said.auditHead?.hash ?? 'nothing'}`)
  for (const t of said.tables) {
    const [count] = await tx<{ n: string }[]>`select count(*) as n from ${tx(t.name)}`
    if (Number(count?.n) !== t.rows) throw new Error(`${t.name}: ${count?.n} rows came back of ${t.rows}`)
    await tx`alter table ${tx(t.name)} enable trigger user`
    for (const column of t.columns) {
      const [own] = await tx<{ sequence: string | null }[]>`select pg_get_serial_sequence(${`public.${t.name}`}, ${column}) as sequence`
      if (own?.sequence != null) await tx`select setval(${own.sequence}, greatest(1, (select coalesce(max(${tx(column)}), 0) + 1 from ${tx(t.name)})), false)`
    }
  }
}
