import { hostname } from 'node:os'
import type { Ctx } from '../../db/context.ts'
import type { Config } from '../config/schema.ts'
import { WORKER_SIGN } from '../domain/kept.ts'
import { measureDisks } from './disk.ts'
import type { Disk } from './disk.ts'
import type { EvidenceTrouble, EvidenceWrites } from './evidence.ts'
import { jumpFinder, ownOffset } from './own-clock.ts'
import type { Jump, Offset } from './own-clock.ts'

const SLOWEST_MS = 20_000
const FASTEST_MS = 200
/** A worker that went without a word is told of for so long; then it is forgotten. */
const FORGOTTEN_HOURS = 24

/** What a worker says of itself. */
type Said = { readonly host: string; readonly startedAt: string; readonly offset: Offset; readonly jump: Jump | null; readonly disks: readonly Disk[]; readonly evidence: EvidenceTrouble | null }
/** `silentMs`: how long ago it said so, by the database's clock. */
export type Sign = Said & { readonly name: string; readonly silentMs: number }

export type PulseArgs = {
  readonly ctx: Pick<Ctx, 'db'>
  readonly config: Pick<Config, 'data' | 'alarmWorkers' | 'alarmClock'>
  readonly log: { warn(message: string): void }
  readonly evidence: Pick<EvidenceWrites, 'trouble' | 'tryAgain'>
  /** Real time in milliseconds. */
  readonly real?: () => number
  readonly name?: string
}

/** Says every 20 s how this process is, and that it lives; takes its word back on close, so that only one that died is missed. */
export function startPulse({ ctx, config, log, evidence, real = Date.now, name = `${hostname()}:${process.pid}` }: PulseArgs): { close(): Promise<void> } {
  const everyMs = Math.min(SLOWEST_MS, Math.max(FASTEST_MS, (config.alarmWorkers * 60_000) / 3))
  const jumped = jumpFinder(config.alarmClock * 1000, real)
  const startedAt = new Date(real()).toISOString()
  let open = true
  let trouble = ''
  let timer: NodeJS.Timeout | undefined
  const beat = async (): Promise<void> => {
    try {
      await evidence.tryAgain()
      const said: Said = { host: hostname(), startedAt, offset: await ownOffset({ ctx, real }), jump: jumped(), disks: await measureDisks(config), evidence: evidence.trouble }
      await ctx.db.sql`
        insert into setting (key, value, updated_at) values (${WORKER_SIGN + name}, ${ctx.db.sql.json(said)}, clock_timestamp())
        on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at`
      await ctx.db.sql`delete from setting where key like ${`${WORKER_SIGN}%`} and updated_at < now() - ${FORGOTTEN_HOURS}::int * interval '1 hour'`
      trouble = ''
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error)
      if (what !== trouble) log.warn(`pulse: ${what}`)
      trouble = what
    }
    if (open) timer = setTimeout(() => { beating = beat() }, everyMs)
  }
  let beating = beat()
  return {
    close: async () => {
      open = false
      clearTimeout(timer)
      await beating
      await ctx.db.sql`delete from setting where key = ${WORKER_SIGN + name}`.catch((error: unknown) => log.warn(`pulse: ${String(error)}`))
    },
  }
}

/** The workers' last words, those included that died within a day. */
export async function signs({ ctx }: { ctx: Pick<Ctx, 'db'> }): Promise<Sign[]> {
  const rows = await ctx.db.sql<{ name: string; value: Said; silentMs: number }[]>`
    select substr(key, ${WORKER_SIGN.length + 1}::int) as name, value, (extract(epoch from clock_timestamp() - updated_at) * 1000)::float8 as "silentMs"
    from setting where key like ${`${WORKER_SIGN}%`} order by key limit 1000`
  return rows.map(({ value, ...r }) => ({ ...value, ...r }))
}
