import { writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { openDb } from '../../db/client.ts'
import type { Clock } from '../../src/domain/clock.ts'
import { openVisitQueue } from '../../src/queue/index.ts'
import { tick } from '../../src/schedule/index.ts'
import { bounded } from './bustle.ts'
import type { Dice } from './dice.ts'
import type { Disk } from './disk.ts'
import type { Stores } from './engines.ts'
import { browsers } from './processes.ts'
import type { Processes } from './processes.ts'
import type { Proxy } from './proxy.ts'

export type Scene = {
  readonly stores: Stores
  readonly processes: Processes
  readonly sites: readonly Proxy[]
  readonly disk: Disk
  readonly clockFile: string
  readonly clock: Clock
  readonly mark: string
  readonly random: Dice
}

/** One thing that goes wrong: does it, lets it last, mends it, and says what it was. Null: there was nothing to harm. */
export type Disturbance = { readonly name: string; run(scene: Scene): Promise<string | null> }

const HOUR = 3_600_000
const seconds = (r: Dice, low: number, high: number): number => r.between(low * 10, high * 10) * 100

const killProcess = (kind: 'server' | 'worker'): Disturbance => ({
  name: `kill -9 a ${kind}`,
  run: async ({ processes, random }) => {
    const name = random.one(processes.names(kind))
    const down = seconds(random, 0, 3)
    await processes.kill(name, down)
    return `${name}, back after ${down} ms`
  },
})

const weather = (which: 'stores' | 'sites', how: 'slow' | 'cut' | 'silent'): Disturbance => ({
  name: `${how === 'slow' ? 'delay' : how === 'cut' ? 'drop' : 'half-open'} connections to ${which === 'stores' ? 'the datastores' : 'sites'}`,
  run: async ({ stores, sites, random }) => {
    const delay = random.between(100, 800)
    const last = how === 'silent' ? 2000 : seconds(random, 1, 5)
    const struck = which === 'sites'
      ? sites.filter(() => random.share() < 0.5).map((proxy) => ({ name: proxy.host, proxy }))
      : stores.proxies.length === 0 ? [] : [random.one(stores.proxies)]
    if (struck.length === 0) return null
    for (const { proxy } of struck) proxy.set(how, delay)
    await wait(last)
    for (const { proxy } of struck) proxy.set('fair')
    return `${which === 'sites' ? `${struck.length} sites` : (struck[0]?.name ?? '')} for ${last} ms${how === 'slow' ? ` by ${delay} ms` : ''}`
  },
})

const redis = (how: 'kill' | 'restart' | 'freeze'): Disturbance => ({
  name: `${how} Redis`,
  run: async ({ stores, random }) => {
    if (stores.harmRedis === null) return null
    const down = seconds(random, 0, 4)
    await stores.harmRedis(how, down)
    return `for ${down} ms`
  },
})

const killPostgres = (whole: boolean): Disturbance => ({
  name: whole ? 'kill -9 PostgreSQL' : 'kill -9 one backend of PostgreSQL',
  run: async ({ stores, random }) => {
    const down = seconds(random, 0, 3)
    await stores.killPostgres(whole, down)
    return whole ? `down for ${down} ms` : 'it recovers by itself'
  },
})

const ALL: readonly Disturbance[] = [
  killProcess('worker'),
  killProcess('server'),
  killPostgres(true),
  killPostgres(false),
  redis('kill'), redis('restart'), redis('freeze'),
  weather('stores', 'slow'), weather('stores', 'cut'), weather('stores', 'silent'),
  weather('sites', 'slow'), weather('sites', 'cut'), weather('sites', 'silent'),
  {
    name: 'kill -9 the browser',
    run: async ({ mark, random }) => {
      const found = await browsers(mark)
      if (found.length === 0) return null
      const { pid } = random.one(found)
      process.kill(pid, 'SIGKILL')
      return `process ${pid}`
    },
  },
  {
    name: 'fill the disk of the evidence store',
    run: async ({ disk, processes, random }) => {
      const last = seconds(random, 2, 6)
      await disk.fill()
      try {
        // Where only new processes meet the full disk, there must be one.
        if (disk.how === '/dev/full') await processes.kill(random.one(processes.names('worker')), 0)
        await wait(last)
      } finally {
        await disk.empty()
      }
      return `(${disk.how}) for ${last} ms`
    },
  },
  {
    name: 'jump the clock',
    run: async ({ clockFile, random }) => {
      const jump = random.between(-3 * HOUR, 3 * HOUR)
      const last = seconds(random, 2, 6)
      await writeFile(clockFile, String(jump))
      await wait(last)
      await writeFile(clockFile, '0')
      return `by ${Math.round(jump / 60_000)} minutes and back after ${last} ms`
    },
  },
  {
    name: 'two ticks at once',
    run: async ({ stores, clock }) => {
      const url = await stores.directUrl()
      if (url === null) return null
      const db = openDb(url, { max: 4 })
      const queue = await openVisitQueue({ databaseUrl: url, redisUrl: stores.directRedis ?? undefined })
      try {
        const ctx = { db, clock, actor: { kind: 'cli', name: 'chaos' } } as const
        const both = await bounded(Promise.all([tick({ ctx, queue }), tick({ ctx, queue })]), 15_000)
        return `claimed ${both.map((t) => t.enqueued).join(' and ')}`
      } finally {
        void queue.close()
        void db.close()
      }
    },
  },
  {
    name: 'restart everything',
    run: async (scene) => {
      const { processes, stores, random } = scene
      const down = seconds(random, 0, 2)
      await Promise.all([
        ...processes.names().map((name) => processes.kill(name, down)),
        stores.killPostgres(true, down),
        ...(stores.harmRedis === null ? [] : [stores.harmRedis('kill', down)]),
      ])
      return `all processes and datastores killed, back after ${down} ms`
    },
  },
]

/** Every disturbance once in an order of the seed's, then again in another, until the time is over. */
export function* order(random: Dice): Generator<Disturbance, never> {
  for (;;) {
    const left = [...ALL]
    while (left.length > 0) {
      const [next] = left.splice(random.between(0, left.length - 1), 1)
      if (next !== undefined) yield next
    }
  }
}
