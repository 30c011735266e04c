import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, vi } from 'vitest'
import { buildProgram } from '../../src/cli/program.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { Config } from '../../src/config/schema.ts'
import { ALARM_CODES } from '../../src/domain/alarm.ts'
import type { Alarm, AlarmCode } from '../../src/domain/alarm.ts'
import { TEST_KEY } from '../helpers/accounts.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { testServer } from '../helpers/server.ts'

/** An installation: a database, a data folder, the real server on them, and the command line beside it. */
export type Installation = {
  readonly t: TestDatabase
  readonly folder: string
  readonly config: Config
  /** What is raised now, as /healthz, /metrics, /api/watcher and `huoshui status` say it alike. */
  raised(): Promise<Alarm[]>
  codes(): Promise<AlarmCode[]>
  close(): Promise<void>
}

export const silent = pino({ level: 'silent' })

/** Alarms seen raised and seen gone again by any installation of this file. */
export const proven = new Map<AlarmCode, { raised: boolean; gone: boolean }>()

export async function install(env: Record<string, string> = {}, urls: { queue?: (url: string) => string } = {}): Promise<Installation> {
  const t = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'huoshui-watcher-'))
  const settings = { HUOSHUI_DATA: folder, HUOSHUI_LOG_LEVEL: 'silent', HUOSHUI_BROWSER: 'false', HUOSHUI_PACE: '0', HUOSHUI_KEY: TEST_KEY, ...env }
  const app = await testServer({ ...t, url: urls.queue?.(t.url) ?? t.url }, { env: settings })
  const raised = async (): Promise<Alarm[]> => {
    const health = await app.inject('/healthz')
    const troubles = (health.json() as { troubles: Alarm[] }).troubles
    const codes = [...new Set(troubles.map((a) => a.code))].toSorted()
    const fatal = codes.some((c) => c === 'database' || c === 'queue')
    expect({ status: health.statusCode, ok: (health.json() as { ok: boolean }).ok }).toEqual({ status: fatal ? 503 : 200, ok: !fatal })
    for (const a of troubles) {
      expect(a.zh).toMatch(/\p{Script=Han}/u)
      expect(a.en).not.toMatch(/\p{Script=Han}|\{\w+\}|NaN|undefined/u)
    }
    return troubles
  }
  const metricCodes = async (): Promise<string[]> => {
    const { body } = await app.inject('/metrics')
    expect(body).toMatch(/^# HELP huoshui_alarm \S/m)
    expect(body).toMatch(/^# TYPE huoshui_alarm gauge$/m)
    const lines = [...body.matchAll(/^huoshui_alarm\{code="(\w+)"\} ([01])$/gm)]
    expect(lines.map((l) => l[1])).toEqual(ALARM_CODES)
    return lines.filter((l) => l[2] === '1').map((l) => l[1] ?? '').toSorted()
  }
  return {
    t, folder, config: loadConfig(settings, {}),
    raised,
    codes: async () => {
      const codes = [...new Set((await raised()).map((a) => a.code))].toSorted()
      const metrics = await metricCodes()
      // Without a database the others answer with an error.
      if (codes.includes('database')) return codes.filter((c) => metrics.includes(c))
      const watcher = (await app.inject('/api/watcher')).json() as { alarms: Alarm[] }
      const told = [metrics, watcher.alarms.map((a) => a.code), await statusCodes({ ...settings, DATABASE_URL: t.url }, t.ctx.clock.now())]
      // One that comes or goes between the questions is not yet said by all: who waits for it asks again. (The queue of `status` is its own.)
      return codes.filter((c) => told.slice(0, c === 'queue' ? 2 : 3).every((all) => all.includes(c)))
    },
    close: async () => {
      await app.close()
      await t.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** `huoshui status --json`, in this process. */
async function statusCodes(env: Record<string, string>, now: Date): Promise<AlarmCode[]> {
  let out = ''
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation(((text: string, done?: () => void) => {
    out += text
    done?.()
    return true
  }) as typeof process.stdout.write)
  try {
    await (await buildProgram(['status'])).parseAsync(['status', '--json', '--now', now.toISOString()], { from: 'user' })
  } finally {
    spy.mockRestore()
    vi.unstubAllEnvs()
  }
  const { alarms } = JSON.parse(out) as { alarms?: Alarm[] }
  return [...new Set((alarms ?? []).map((a) => a.code))].toSorted()
}

/** Not raised before, raised once caused, gone once mended; all by asking the running server. */
export async function prove(at: Installation, codes: readonly AlarmCode[], cause: () => Promise<unknown>, mend: () => Promise<unknown>): Promise<Alarm[]> {
  const before = await at.codes()
  expect(before.filter((c) => codes.includes(c))).toEqual([])
  await cause()
  const wanted = (seen: readonly AlarmCode[]): AlarmCode[] => codes.filter((c) => seen.includes(c))
  await expect.poll(async () => wanted(await at.codes()), { timeout: 60_000, interval: 100 }).toEqual([...codes])
  const said = (await at.raised()).filter((a) => codes.includes(a.code))
  for (const c of codes) proven.set(c, { raised: true, gone: false })
  await mend()
  await expect.poll(async () => wanted((await at.raised()).map((a) => a.code)), { timeout: 60_000, interval: 100 }).toEqual([])
  expect(wanted(await at.codes())).toEqual([])
  for (const c of codes) proven.set(c, { raised: true, gone: true })
  return said
}
