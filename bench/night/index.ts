/**
 * A night over a province: `node bench/night/index.ts [--minutes 3] [--concurrency 16] [--only real|simulation] [--json FILE]`. 42,355 accounts
 * and groups and 15,000 websites, all due at 20:00; one website in ten under an availability week; sites slow, broken, walled and
 * nameless as a seed draws. First so many real minutes of `huoshui serve` (embedded PostgreSQL), asked by the console each second;
 * then the whole night by a virtual clock with what visits were measured to take. Exit 1 where politeness or a bar is broken.
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { PROVINCE } from '../load/register.ts'
import { realNight } from './real.ts'
import type { Took } from './real.ts'
import { lines, summarise } from './report.ts'
import { simulate, simulationLines } from './simulate.ts'

const { values } = parseArgs({ options: {
  minutes: { type: 'string', default: '3' }, concurrency: { type: 'string', default: '16' }, pace: { type: 'string', default: '1000' }, probes: { type: 'string', default: '4' }, scale: { type: 'string', default: '1' },
  browser: { type: 'boolean', default: false }, 'no-console': { type: 'boolean', default: false }, only: { type: 'string' }, json: { type: 'string' },
} })
const scale = Number(values.scale)
const size = { websites: Math.round(PROVINCE.websites * scale), accounts: Math.round(PROVINCE.accounts * scale), organisations: Math.max(10, Math.round(PROVINCE.organisations * scale)) }
const concurrency = Number(values.concurrency)
const pace = Number(values.pace)
const say = (line: string): void => void process.stderr.write(`${line}\n`)
const broken: string[] = []
const hold = (ok: boolean, what: string): void => { if (!ok) broken.push(what) }

let took: readonly Took[] = []
const result: Record<string, unknown> = { at: new Date().toISOString(), concurrency, pace, size }
if (values.only !== 'simulation') {
  const real = await realNight({ minutes: Number(values.minutes), size, concurrency, pace, probes: Number(values.probes), browser: values.browser, console: !values['no-console'], say })
  took = real.took
  const summary = summarise(real)
  result['real'] = { summary, samples: real.samples }
  console.log(`\nReal time\n${lines(summary).join('\n')}`)
  hold(summary.twice === 0, 'a channel was visited twice for one slot')
  // A request's beginning is ours; when it arrives is also a matter of the loop and the network: a late one is followed by one in time.
  hold(pace === 0 || summary.politeness.p5Gap >= 0.95 * pace, `five gaps in a hundred were under ${0.95 * pace} ms`)
  hold(pace === 0 || summary.politeness.leastGap >= 0.5 * pace, `a gap was under ${0.5 * pace} ms`)
  hold(pace === 0 || summary.politeness.mostIn10s <= 10_000 / pace + 1, 'a host saw more requests in 10 s than the pace allows')
  hold(summary.politeness.atOnce <= 2, 'a host had more than 2 requests at once')
  hold(summary.memory_mb.total_peak <= 4000, 'more than 4 GB were used')
  hold(summary.whole_night_hours.worst <= 10, 'the night does not end by 06:00, extrapolated')
}
if (values.only !== 'real') {
  const simulated = await simulate({ took, size, concurrency, pace, say })
  result['simulation'] = simulated
  console.log(`\nBy the virtual clock\n${simulationLines(simulated).join('\n')}`)
  hold(simulated.atOnce <= 2, 'simulation: a host had more than 2 requests at once')
  hold(simulated.leastGap >= pace, 'simulation: two requests to a host were closer than the pace')
  hold(simulated.neverVisited === 0, 'simulation: a due channel was not visited')
  hold(simulated.outsideWindow === 0, 'simulation: a visit began outside the window')
  hold(simulated.doneHours <= 10, 'simulation: not done by 06:00')
}
result['broken'] = broken
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(result, null, 1)}\n`)
for (const b of broken) console.error(`BROKEN: ${b}`)
process.exitCode = broken.length === 0 ? 0 : 1
