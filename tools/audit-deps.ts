/**
 * Asks the registry which of our dependencies have known weaknesses and compares the answer with docs/audit-exceptions.json.
 * Fails on one that is not listed there, or whose day has passed. Where the registry cannot be asked (no network, a mirror
 * that does not audit) it says so aloud and does not fail.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { compare, exceptionList, findingsOf } from './audit/compare.ts'
import type { Finding } from './audit/compare.ts'

const WAIT_MS = 60_000

const exceptions = exceptionList.parse(JSON.parse(readFileSync('docs/audit-exceptions.json', 'utf8')))
const asked = spawnSync('npm', ['audit', '--json', '--fetch-retries=1', `--fetch-timeout=${WAIT_MS / 2}`], { encoding: 'utf8', timeout: WAIT_MS, maxBuffer: 64 * 1024 * 1024 })
const findings = findingsOf(json(asked.stdout))

if (findings === null) {
  console.error(`NOT AUDITED: the registry did not answer (${reason()}). Run npm run audit:deps where it does.`)
} else {
  const { unlisted, expired, excepted, idle } = compare(findings, exceptions, new Date().toISOString().slice(0, 10))
  for (const f of excepted) console.log(`excepted until ${f.until}: ${line(f)}: ${f.why}`)
  for (const e of idle) console.error(`no longer found, take it out of docs/audit-exceptions.json: ${e.advisory} ${e.package}`)
  for (const f of expired) console.error(`the exception ended on ${f.until}: ${line(f)}`)
  for (const f of unlisted) console.error(`neither mended nor excepted: ${line(f)}`)
  console.log(`dependencies audited: ${findings.length} finding(s), ${excepted.length} excepted`)
  if (unlisted.length + expired.length > 0) process.exit(1)
}

function line(f: Finding): string {
  return `${f.severity} ${f.package} ${f.range} ${f.advisory} ${f.title}`
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function reason(): string {
  const said = json(asked.stdout)
  if (said !== null && typeof said === 'object' && 'message' in said) return String(said.message)
  return asked.error?.message ?? (asked.stderr.trim().split('\n').at(-1) || 'no answer that is an audit')
}
