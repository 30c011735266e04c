/**
 * Hostile input by the thousand, seeded: `npm run test:hostile [-- --cases 10000 --seed 1 --only FAMILY --json FILE]`. Prints a table; exits 1
 * where anything came out that may not: a throw, a false date, a false word of an end, more than is kept.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { play } from './play.ts'

const { values } = parseArgs({ options: { cases: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' }, only: { type: 'string' }, json: { type: 'string' } } })
const began = performance.now()
const played = await play(Number(values.cases), Number(values.seed), values.only)
console.log(`${'family'.padEnd(26)}${'cases'.padStart(8)}${'failed'.padStart(8)}${'slowest ms'.padStart(12)}${'its seed'.padStart(10)}`)
for (const p of played) {
  console.log(`${p.id.padEnd(26)}${String(p.cases).padStart(8)}${String(p.failed.length).padStart(8)}${p.slowestMs.toFixed(0).padStart(12)}${String(p.slowestSeed).padStart(10)}`)
  for (const f of p.failed.slice(0, 5)) console.log(`    seed ${f.seed}: ${f.why.slice(0, 300)}`)
}
console.log(`${played.reduce((n, p) => n + p.cases, 0)} cases in ${((performance.now() - began) / 1000).toFixed(0)} s`)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(played)}\n`)
process.exitCode = played.every((p) => p.failed.length === 0) ? 0 : 1
