/**
 * One, two, four and eight worker processes on Redis and one PostgreSQL: `node bench/workers/index.ts [--counts 1,2,4,8] [--sites 480] [--json FILE]`.
 * Per count: CPU seconds per thousand pages (workers, PostgreSQL and Redis; on few cores this, not speed, is what scales), fairness
 * between organisations of which one holds 60 % of the channels, and politeness as the sites saw it: a fifth of the websites share
 * hosts, so that several workers want the same host at once. Then, from the figures, the machines that a nation needs.
 * PostgreSQL is DATABASE_URL's (an empty database) or the embedded one; Redis is REDIS_URL's or redis-server from PATH. Exit 1 where politeness is broken.
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { round } from '../load/figures.ts'
import { testRedis } from '../../test/helpers/redis.ts'
import { nation, nationLines } from './nation.ts'
import { accountCost, crawlWith, fairAccounts } from './round.ts'
import type { Round } from './round.ts'

const { values } = parseArgs({ options: {
  counts: { type: 'string', default: '1,2,4,8' }, sites: { type: 'string', default: '480' }, seconds: { type: 'string', default: '120' }, concurrency: { type: 'string', default: '32' }, pace: { type: 'string', default: '200' }, accounts: { type: 'string', default: '6000' }, json: { type: 'string' },
} })
const redis = await testRedis()
if (redis === null) {
  console.log('SKIPPED: bench:workers needs a Redis')
  process.exit(0)
}
const say = (line: string): void => void process.stderr.write(`${line}\n`)
try {
  const rounds: Round[] = []
  const pace = Number(values.pace)
  for (const workers of values.counts.split(',').map(Number)) {
    const r = await crawlWith({ workers, redisUrl: redis.url, sites: Number(values.sites), concurrency: Number(values.concurrency), pace, longest: Number(values.seconds) })
    rounds.push(r)
    say(`${workers} workers: ${r.visits} visits, ${r.pages} pages in ${round(r.seconds)} s`)
  }
  console.table(rounds.map((r) => ({
    'workers': r.workers, 'visits': r.visits, 'pages': r.pages, 'pages/s': round(r.pages / r.seconds), 'CPU s/1000 pages': round((r.cpu / r.pages) * 1000, 2), 'of it workers': round((r.cpuWorkers / r.pages) * 1000, 2), 'PostgreSQL': round((r.cpuPostgres / r.pages) * 1000, 2),
    'Redis': round((r.cpuRedis / r.pages) * 1000, 2), 'cores': round(r.cpu / r.seconds, 2), 'MB a worker': round(r.workerMb, 0), 'Jain': round(r.fair.jain, 2), 'small at half': round(r.fair.smallAtHalf, 2), 'most at once': r.book.atOnce, 'p5 gap ms': round(r.book.p5Gap, 0), 'p1': round(r.book.p1Gap, 0), 'least gap ms': round(r.book.leastGap, 0), 'twice': r.twice,
  })))
  const fair: (Awaited<ReturnType<typeof fairAccounts>> & { workers: number })[] = []
  for (const workers of [1, 4]) fair.push({ workers, ...(await fairAccounts({ workers, redisUrl: redis.url, accounts: Number(values.accounts) })) })
  for (const f of fair) console.log(`${values.accounts} attested accounts, 60 % of one organisation and first in line, ${f.workers} workers: ${round(f.perSecond, 0)} a second; when half are done, ${round(f.smallAtHalf * 100, 0)} % of the small organisations' are (Jain ${round(f.jain, 2)})`)
  const accounts = await accountCost({ redisUrl: redis.url, accounts: 3000 })
  say(`accounts: ${round(accounts.attested, 2)} CPU s a thousand attested ones, ${round(accounts.seen, 2)} of a platform`)
  const base = rounds[0]
  const plan = base === undefined ? null : nation({ cpuPer1000Pages: Math.max(...rounds.map((r) => (r.cpu / r.pages) * 1000)), cpuPer1000Attested: accounts.attested, cpuPer1000Seen: accounts.seen, pagesPerSite: base.pages / base.visits, postgresShare: base.cpuPostgres / base.cpu })
  if (plan !== null) console.log(nationLines(plan).join('\n'))
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ at: new Date().toISOString(), rounds, fair, accounts, plan }, null, 1)}\n`)
  for (const r of rounds) {
    // The cap and the pace hold over all workers together.
    const bad = [
      ...(r.book.atOnce > 2 ? [`a host had ${r.book.atOnce} requests at once`] : []),
      ...(r.book.mostIn10s > 10_000 / pace + 2 ? [`a host saw ${r.book.mostIn10s} requests in 10 s`] : []),
      ...(r.twice > 0 ? [`${r.twice} slots were visited twice`] : []),
      ...(r.visits < r.due ? [`${r.due - r.visits} channels were not visited in time`] : []),
    ]
    for (const b of bad) console.error(`BROKEN with ${r.workers} workers: ${b}`)
    if (bad.length > 0) process.exitCode = 1
  }
  for (const f of fair) {
    if (f.smallAtHalf < 0.45) {
      console.error(`BROKEN with ${f.workers} workers: the small organisations wait for the large one (${round(f.smallAtHalf, 2)} at half)`)
      process.exitCode = 1
    }
  }
} finally {
  await redis.close()
}
