import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { DrizzleQueryError } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { createUser } from '../../../src/accounts/index.ts'
import { backup } from '../../../src/backup/index.ts'
import { openLog } from '../../../src/config/log.ts'
import { loadConfig } from '../../../src/config/load.ts'
import { configSchema, envName, isSecret } from '../../../src/config/schema.ts'
import type { ConfigKey } from '../../../src/config/schema.ts'
import { shownSettings } from '../../../src/config/show.ts'
import { CREDENTIALS } from '../../../src/credentials/index.ts'
import { plainError } from '../../../src/domain/error.ts'
import { unzipBytes } from '../../../src/export/zip.ts'
import { ROUTES } from '../../../src/server/api/index.ts'
import { buildApp } from '../../../src/server/app.ts'
import { openAuth } from '../../../src/server/auth/index.ts'
import type { AnyRoute } from '../../../src/server/route.ts'
import { TEST_KEY, Visitor } from '../../helpers/accounts.ts'
import { testDatabase } from '../../helpers/postgres.ts'
import type { TestDatabase } from '../../helpers/postgres.ts'
import { keepSecrets } from './secrets.ts'

const MARK = 'GEHEIM7f3a'
const PASSWORD = `活水-${MARK}-pw`

function captured() {
  const lines: string[] = []
  return { lines, log: openLog({ logLevel: 'debug' }, { write: (line: string) => void lines.push(line) }) }
}

describe('the log', () => {
  test('never shows what a failed statement was sent, however it is logged', () => {
    const { lines, log } = captured()
    const failed = new DrizzleQueryError('select * from session where token = $1', [`${MARK}\n    at evil (x:1)`, MARK], new Error('connection ended'))
    const outer = new Error('the list could not be made', { cause: failed })
    log.error({ err: failed }, 'request failed')
    log.error(failed)
    log.error({ err: failed })
    log.error(failed, 'with words')
    log.error({ err: outer }, outer.message)
    log.warn(`judge: ${failed.message}`)
    log.warn({ part: 'sign-in' }, failed.message)
    const all = lines.join('')
    expect(all).not.toContain(MARK)
    expect(all).toContain('where token = $1')
    expect(all).toContain('connection ended')
    expect(plainError(failed).stack).toContain('leaks.test.ts')
    expect(plainError('word')).toEqual({ message: 'word', stack: '' })
  })
  test('is one document a line, whatever stands in a name', () => {
    const { lines, log } = captured()
    const name = 'x\r\n{"level":60,"msg":"forged"}\u001b[2J\u2028\u0000'
    log.warn(`channel ${name}`)
    log.error({ err: new Error(name), url: name }, name)
    expect(lines).toHaveLength(2)
    for (const line of lines) {
      expect(line.trimEnd()).not.toMatch(/\p{Cc}/u)
      expect(JSON.parse(line).level).toBeLessThan(60)
    }
  })
})

describe('settings', () => {
  const secrets = (Object.keys(configSchema.shape) as ConfigKey[]).filter(isSecret)
  test('that are secret are known as such', () => expect(secrets.map(envName)).toEqual(expect.arrayContaining(['DATABASE_URL', 'REDIS_URL', 'HUOSHUI_KEY', 'HUOSHUI_SMTP'])))
  test.each(secrets.map((key) => [envName(key)]))('%s is not repeated where it is wrong', (name) => {
    const wrong = (() => { try { loadConfig({ [name]: `x:${MARK}` }); return '' } catch (error) { return JSON.stringify([error, String(error), (error as { text: unknown }).text]) } })()
    expect(wrong).toContain(name)
    expect(wrong).not.toContain(MARK)
  })
  test('are shown without their secrets', () => {
    const shown = JSON.stringify(shownSettings(loadConfig({ DATABASE_URL: `postgres://u:${MARK}@h/d`, REDIS_URL: `redis://:${MARK}@h`, HUOSHUI_KEY: TEST_KEY, HUOSHUI_SMTP: `smtp://u:${MARK}@h` })))
    expect(shown).not.toContain(MARK)
    expect(shown).not.toContain(TEST_KEY)
  })
})

describe('marked secrets, put wherever one can be put', () => {
  let t: TestDatabase
  let app: FastifyInstance
  let chief: Visitor
  const { lines, log } = captured()
  /** Everything that was ever secret, besides what carries the mark. */
  const secret: string[] = [MARK, TEST_KEY]
  const leaks = (text: string): string[] => secret.filter((s) => s !== '' && text.includes(s))
  const routes = ROUTES as readonly AnyRoute[]
  const textOf = (payload: Buffer): string => (payload.subarray(0, 2).toString() === 'PK' ? [...unzipBytes(payload).values()].map((b) => Buffer.from(b).toString()).join('\n') : payload.toString())

  beforeAll(async () => {
    t = await testDatabase()
    const { evidence } = await keepSecrets(t)
    await t.db.sql`delete from credential`
    const config = loadConfig({ HUOSHUI_KEY: TEST_KEY, HUOSHUI_SMTP: `smtp://u:${MARK}@127.0.0.1:1` })
    app = await buildApp({ ctx: t.ctx, config, log, evidence, databaseUrl: t.url, consoleFolder: null, auth: await openAuth({ ctx: t.ctx, config, log }) })
    const { password } = await createUser({ ctx: t.ctx, input: { username: 'chief', name: '总管', role: 'administrator', region: null } })
    secret.push(password)
    chief = new Visitor(app)
    await chief.signIn('chief', password)
    expect((await chief.ask('POST', '/api/auth/password', { currentPassword: password, newPassword: PASSWORD })).statusCode).toBe(200)
    for (const { id, fields, kind, oneAccount } of CREDENTIALS.values()) {
      const [own] = await t.db.sql<{ id: number }[]>`insert into channel (kind, name, address, address_raw, identity_key) values (${kind}, ${id}, ${id}, ${id}, ${id}) returning id::int`
      const put = await chief.ask('PUT', `/api/credentials/${id}`, { ...(oneAccount ? { channel: own?.id } : {}), values: Object.fromEntries(fields.map((f) => [f, `${MARK}-${f}`])) })
      expect([id, put.statusCode, put.body.slice(0, 100)]).toEqual([id, 200, expect.anything()])
      expect(leaks(put.body)).toEqual([])
    }
    secret.push((await chief.ask('POST', '/api/tokens', { name: 't', scopes: ['read'], days: 1 })).json().token)
    const { uri, backupCodes } = (await chief.ask('POST', '/api/auth/second-factor', { password: PASSWORD })).json()
    secret.push(new URL(uri).searchParams.get('secret') ?? '', ...backupCodes)
    secret.push(decodeURIComponent(decodeURIComponent(chief.cookies.get('huoshui.session_token') ?? '')).split('.')[0] ?? '')
    expect(secret.every((s) => s.length > 7)).toBe(true)
  }, 120_000)
  afterAll(async () => { await app.close(); await t.close() })

  test.each(routes.filter((r) => r.method === 'GET' && r.answer !== 'events').map((r) => [r.url]))('GET %s shows none', async (url) => {
    const answer = await chief.ask('GET', url.replace(':standard', 'gov-2019').replace(':region', '360100').replace(/:(id|candidate)\b/, '1').replace(/:\w+/g, 'x'))
    expect(answer.statusCode).toBeLessThan(500)
    expect(leaks(textOf(answer.rawPayload))).toEqual([])
  })

  test.each(routes.filter((r) => r.method !== 'GET').map((r) => [`${r.method} ${r.url}`, r] as const))('%s does not repeat a secret that it refuses', async (_name, r) => {
    const sent = { password: [MARK], newPassword: MARK, currentPassword: { a: MARK }, code: `${MARK}x`, values: { cookie: [MARK] }, token: MARK, secret: MARK, key: MARK }
    const answer = await new Visitor(app, '10.9.0.1').ask(r.method as 'POST', r.url.replace(/:\w+/g, '1'), sent)
    expect(leaks(answer.body)).toEqual([])
    const known = await chief.ask(r.method as 'POST', r.url.replace(/:\w+/g, 'nothing'), sent)
    expect(leaks(known.body)).toEqual([])
  })

  test('the audit trail, a backup and the figures hold none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'huoshui-leaks-'))
    try {
      await backup({ ctx: t.ctx, config: { data: folder }, input: { file: join(folder, 'b.tar.gz') } })
      expect(leaks(gunzipSync(await readFile(join(folder, 'b.tar.gz'))).toString('latin1'))).toEqual([])
      expect(leaks(JSON.stringify(await t.db.sql`select * from audit`))).toEqual([])
      expect(leaks((await app.inject({ url: '/metrics' })).body + (await app.inject({ url: '/healthz' })).body)).toEqual([])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('neither does the log, when the database fails under every act of signing in', async () => {
    // Libraries that write past the log are heard too.
    const past = (['error', 'warn', 'log', 'info', 'debug'] as const).map((way) => vi.spyOn(console, way).mockImplementation((...args: unknown[]) => void lines.push(inspect(args, { depth: 8 }))))
    for (const table of ['session', 'account', 'person', 'api_token', 'two_factor', 'sign_in_failure', 'credential', 'audit', 'verification', 'rate_limit']) {
      await t.db.sql.unsafe(`alter table "${table}" rename to "${table}_gone"`)
      try {
        const fresh = new Visitor(app, '10.9.0.2')
        await fresh.signIn('chief', PASSWORD)
        await chief.ask('GET', '/api/channels')
        await chief.ask('POST', '/api/auth/password', { currentPassword: PASSWORD, newPassword: `${PASSWORD}2` })
        await chief.ask('PUT', '/api/credentials/weibo.cookie', { values: { cookie: MARK } })
        await chief.ask('POST', '/api/tokens', { name: 'u', scopes: ['read'], days: 1 })
        for (const token of secret.slice(2)) {
          const answer = await app.inject({ url: '/api/channels', headers: { authorization: `Bearer ${token}` } })
          expect(leaks(answer.body)).toEqual([])
        }
      } finally {
        await t.db.sql.unsafe(`alter table "${table}_gone" rename to "${table}"`)
      }
    }
    const calls = past.flatMap((spy) => spy.mock.calls)
    for (const spy of past) spy.mockRestore()
    expect(calls).toEqual([])
    const all = lines.join('')
    expect(lines.length).toBeGreaterThan(5)
    expect(all).toContain('request failed')
    expect(leaks(all)).toEqual([])
  })
})

test('no list of processes shows the key, the database’s password or a credential', async () => {
  const t = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'huoshui-leaks-'))
  try {
    const url = new URL(t.url)
    const child = spawn(process.execPath, ['src/cli/main.ts', 'credential', 'set', 'weibo.cookie', 'cookie=-'], { env: { ...process.env, DATABASE_URL: t.url, HUOSHUI_KEY: TEST_KEY, HUOSHUI_DATA: folder } })
    child.stdin.end(`${MARK}\n`)
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => { said += chunk.toString() })
    child.stderr.on('data', (chunk: Buffer) => { said += chunk.toString() })
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const seen = new Set<string>()
    while (child.exitCode === null && child.signalCode === null) {
      for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
        const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
        if (line !== '') seen.add(line)
      }
    }
    expect([await ended, said.slice(0, 500)]).toEqual([0, expect.stringContaining('weibo.cookie')])
    const all = [...seen].join('\n')
    expect(all).toContain('credential\0set\0weibo.cookie')
    for (const word of [MARK, TEST_KEY, url.password]) {
      expect(word.length).toBeGreaterThan(7)
      expect([word === url.password, all.includes(word), said.includes(word)]).toEqual([word === url.password, false, false])
    }
  } finally {
    await t.close()
    await rm(folder, { recursive: true, force: true })
  }
}, 120_000)
