import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Sql, TransactionSql } from 'postgres'
import { pack } from 'tar-stream'
import type { Pack } from 'tar-stream'
import type { Ctx } from '../../db/context.ts'
import { setting } from '../../db/schema/index.ts'
import type { Config } from '../config/schema.ts'
import { auditHead } from '../audit/index.ts'
import type { Head } from '../audit/index.ts'
import { recordAudit } from '../audit/record.ts'
import { holdPruning } from '../evidence/index.ts'
import { wholeFile } from '../export/whole-file.ts'
import { LAST_BACKUP } from '../domain/kept.ts'
import { requireRole } from '../domain/permit.ts'
import { layoutOf, runIn } from '../history/index.ts'
import { FORMAT, MANIFEST } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { schemaOf, tablesOf } from './tables.ts'
import type { Table } from './tables.ts'

/** Bytes of a table that one entry of the archive holds: what is in memory at once. */
const PIECE = 8 * 1024 * 1024

export type BackedUp = { readonly file: string; readonly tables: number; readonly rows: number; readonly evidence: number; readonly bytes: number; readonly auditHead: Head | null }

/**
 * Writes the register and its evidence into one file (.tar.gz), as they stood at one moment, while everything goes on.
 * The file is whole or not there. Left out: the queue (it follows from the register), sessions, and the key that seals
 * credentials, which belongs in a safe of its own. Throws `forbidden`.
 */
export async function backup({ ctx, config, input: { file }, progress }: { ctx: Ctx; config: Pick<Config, 'data'>; input: { file: string }; progress?: (what: string) => void }): Promise<BackedUp> {
  requireRole(ctx.actor, ['administrator'])
  const folder = join(config.data, 'evidence')
  const release = await holdPruning(ctx.db.sql)
  try {
    const sum = { rows: 0, tables: 0, evidence: 0 }
    let head: Head | null = null
    await wholeFile(file, async (out) => {
      const archive = pack()
      const writing = pipeline(archive, createGzip({ level: 1 }), out)
      // A failed disk ends the pipeline; what is still being put must learn of it.
      writing.catch((error: unknown) => archive.destroy(error instanceof Error ? error : new Error(String(error))))
      const made = await putAll(ctx, folder, archive, progress)
      Object.assign(sum, { rows: made.tables.reduce((n, t) => n + t.rows, 0), tables: made.tables.length, evidence: made.evidence.length })
      head = made.auditHead ?? null
      archive.finalize()
      await writing
    })
    const at = ctx.clock.now()
    await ctx.db.orm.transaction(async (tx) => {
      await tx.insert(setting).values({ key: LAST_BACKUP, value: sum, updatedAt: at }).onConflictDoUpdate({ target: setting.key, set: { value: sum, updatedAt: at } })
      await recordAudit(tx, { actor: ctx.actor, at }, [{ verb: 'backup.make', entity: 'backup', detail: sum }])
    })
    return { file, ...sum, bytes: (await stat(file)).size, auditHead: head }
  } finally {
    await release()
  }
}

async function putAll(ctx: Ctx, folder: string, archive: Pack, progress?: (what: string) => void): Promise<Manifest> {
  const { sql } = ctx.db
  const tables: Manifest['tables'] = []
  const schema = await schemaOf(sql)
  let head: Head | null = null
  let months: Manifest['months'] = null
  // One snapshot for all tables; evidence after it, so that whatever a row cites is there.
  await sql.begin('isolation level repeatable read read only', async (tx) => {
    head = await auditHead(tx as unknown as Sql)
    const layout = (await layoutOf(runIn(tx))).months
    const [first, last] = [layout[0], layout.at(-1)]
    if (first !== undefined && last !== undefined) months = { from: first.from.toISOString(), to: last.from.toISOString() }
    for (const table of await tablesOf(tx as unknown as Sql)) {
      progress?.(table.name)
      tables.push(await putTable(tx, table, archive))
    }
  })
  const evidence: Manifest['evidence'] = []
  for (const name of await packs(folder)) {
    progress?.(name)
    evidence.push(await putPack(folder, name, archive))
  }
  const made: Manifest = { format: FORMAT, program: 'huoshui', schema, madeAt: ctx.clock.now().toISOString(), tables, months, auditHead: head, evidence }
  await put(archive, MANIFEST, Buffer.from(JSON.stringify(made, null, 1)))
  return made
}

async function putTable(tx: TransactionSql, table: Table, archive: Pack): Promise<Manifest['tables'][number]> {
  const [count] = await tx<{ n: string }[]>`select count(*) as n from ${tx(table.name)}`
  const columns = tx([...table.columns])
  // Of a partitioned table only a query can be copied.
  const what = table.partitioned ? tx`(select ${columns} from ${tx(table.name)})` : tx`${tx(table.name)} (${columns})`
  const stream: Readable = await tx`copy ${what} to stdout`.readable()
  const hash = createHash('sha256')
  let bytes = 0
  let part = 0
  let held: Buffer[] = []
  let size = 0
  const flush = async (): Promise<void> => {
    if (size === 0 && part > 0) return
    await put(archive, `tables/${table.name}/${String(part++).padStart(6, '0')}.copy`, Buffer.concat(held))
    held = []
    size = 0
  }
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
    held.push(chunk)
    size += chunk.length
    if (size >= PIECE) await flush()
  }
  await flush()
  return { name: table.name, columns: [...table.columns], rows: Number(count?.n ?? 0), bytes, sha256: hash.digest('hex') }
}

/** A pack as far as it was written when it is opened: records appended meanwhile belong to later rows. */
async function putPack(folder: string, name: string, archive: Pack): Promise<Manifest['evidence'][number]> {
  const path = join(folder, name)
  const { size } = await stat(path)
  const hash = createHash('sha256')
  const entry = archive.entry({ name: `evidence/${name}`, size })
  const source: Readable = size === 0 ? Readable.from([]) : createReadStream(path, { end: size - 1 })
  await pipeline(source, async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      yield chunk
    }
  }, entry)
  return { name, bytes: size, sha256: hash.digest('hex') }
}

async function packs(folder: string): Promise<string[]> {
  const months = (await readdir(folder).catch(() => [])).filter((m) => /^\d{4}-\d{2}$/.test(m)).sort()
  const all = await Promise.all(months.map(async (m) => (await readdir(join(folder, m))).filter((n) => /^[0-9a-f]\.pack$/.test(n)).sort().map((n) => `${m}/${n}`)))
  return all.flat()
}

function put(archive: Pack, name: string, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => archive.entry({ name, size: bytes.length }, bytes, (error) => (error ? reject(error) : resolve())))
}
