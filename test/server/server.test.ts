import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { createUser, needsSetup } from '../../src/accounts/index.ts'
import { disposition } from '../../src/server/open-routes.ts'
import { serve } from '../../src/server/index.ts'
import { TEST_KEY } from '../helpers/accounts.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { testServer } from '../helpers/server.ts'

describe('the server', () => {
  let t: TestDatabase
  let folder: string
  beforeAll(async () => {
    t = await testDatabase()
    folder = await mkdtemp(join(tmpdir(), 'huoshui-server-'))
    await mkdir(join(folder, 'console/assets'), { recursive: true })
    await writeFile(join(folder, 'console/index.html'), '<meta name="csp-nonce" content="{{nonce}}" /><script type="module" src="/assets/main.js"></script>')
    await writeFile(join(folder, 'console/assets/main.js'), 'export {}')
    await writeFile(join(folder, 'secret'), 'the key of the house')
    const [channel] = await t.db.sql<{ id: number }[]>`
      insert into channel (kind, name, address, address_raw, identity_key, last_visit_at) values
        ('weibo', ${'<script>alert(1)</script>"\'&'}, 'https://weibo.com/u/1', 'x', 'k1', ${t.ctx.clock.now()}) returning id::int`
    await t.db.sql`insert into candidate (channel_id, proposal, rule, clause, edition, days_over, evidence, answers, opened_at, judged_at)
      values (${channel?.id ?? 0}, 'shut_down', 'zombie', ${t.db.sql.json({ zh: '三个月未更新', en: 'three months' })}, 'e', 40, '[]', '[]', now(), now())`
  })
  afterAll(async () => { await t.close(); await rm(folder, { recursive: true, force: true }) })

  test('health says in words what is wrong, and fails only when the work cannot be done', async () => {
    const app = await testServer(t)
    const well = await app.inject('/healthz')
    expect([well.statusCode, well.json().ok]).toEqual([200, true])
    await app.close()
    const gone = await testDatabase()
    const dead = await testServer(gone)
    await gone.close()
    const ill = await dead.inject('/healthz')
    expect(ill.statusCode).toBe(503)
    expect(ill.json()).toMatchObject({ ok: false, troubles: [{ zh: expect.stringContaining('数据库') }] })
    await dead.close()
  })

  test('metrics are Prometheus’s text', async () => {
    const app = await testServer(t)
    const { body } = await app.inject('/metrics')
    expect(body).toMatch(/^huoshui_channels 1$/m)
    expect(body).toMatch(/^huoshui_candidates_open 1$/m)
    await app.close()
  })

  test('every answer carries the headers that shut a browser’s back doors; nothing is kept by it but what has a hash in its name', async () => {
    const app = await testServer(t, { consoleFolder: join(folder, 'console') })
    for (const url of ['/', '/channels/1', '/api/session', '/api/channels', '/api/nothing', '/assets/main.js', '/assets/none.js', '/healthz']) {
      const { headers } = await app.inject(url)
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin', 'cross-origin-opener-policy': 'same-origin' })
      expect(headers['content-security-policy']).toMatch(/default-src 'none'/)
      expect(headers['access-control-allow-origin']).toBeUndefined()
      expect([url, headers['cache-control']]).toEqual([url, url === '/assets/main.js' ? 'public, max-age=31536000, immutable' : expect.stringContaining(url.startsWith('/assets') ? '' : 'no-store')])
    }
    await app.close()
  })

  test('the page has a fresh nonce each time, and no script of its policy may stand in it', async () => {
    const app = await testServer(t, { consoleFolder: join(folder, 'console') })
    const nonces = await Promise.all([1, 2].map(async () => {
      const answer = await app.inject('/somewhere')
      const policy = String(answer.headers['content-security-policy'])
      expect(policy).toMatch(/script-src 'self';/)
      expect(policy).not.toMatch(/script-src[^;]*(unsafe|nonce|\*)/)
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
      expect(answer.body).toContain(nonce)
      return nonce
    }))
    expect(nonces[0]).toMatch(/^[A-Za-z0-9+/=]{24}$/)
    expect(nonces[0]).not.toBe(nonces[1])
    await app.close()
  })

  test('nothing beside the build is handed out, however the path is written', async () => {
    const app = await testServer(t, { consoleFolder: join(folder, 'console') })
    await app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = app.server.address() as AddressInfo
    // By hand: a client of HTTP would tidy the path before it sends it.
    const raw = (path: string) => new Promise<string>((resolve, reject) => {
      let got = ''
      const socket = connect(port, '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`))
      socket.on('data', (d) => { got += String(d) }).on('end', () => resolve(got)).on('error', reject)
    })
    expect(await raw('/assets/main.js')).toContain('export {}')
    for (const path of ['/assets/../../secret', '/assets/..%2f..%2fsecret', '/assets/%2e%2e/%2e%2e/secret', '/assets/..\\..\\secret', '/assets/....//....//secret', '/assets//etc/passwd', '/assets/%00', '/assets/.%2e/.%2e/secret', '/../secret']) {
      const answer = await raw(path)
      expect([path, answer.includes('the key of the house'), answer.includes('root:')]).toEqual([path, false, false])
    }
    await app.close()
  })

  test.each(['a\r\nSet-Cookie: x=1.csv', 'a"; filename="b.exe', 'a\u2028b.csv', '../../etc/passwd', '审计 2026.csv', "a'b*(c).csv", 'a\u0000.csv', '\\\\host\\share.csv', '😀.csv', '\u202Efdp.exe'])('a file’s name cannot break out of its header: %j', (filename) => {
    const header = disposition(filename)
    expect(header).toMatch(/^attachment; filename="[\x20\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[A-Za-z0-9!#$&+\-.^_`|~%]*$/)
    // Nor turn its ending round for the eye.
    expect(header).not.toMatch(/[/\\]|%2F|%5C|%E2%80%A[89E]/i)
  })

  test('says the set-up code at the first start alone, warns of a port open to the network, and says which port is taken', async () => {
    const said: string[] = []
    const args = { ctx: t.ctx, config: loadConfig({ HUOSHUI_LOG_LEVEL: 'silent', HUOSHUI_KEY: TEST_KEY, HUOSHUI_DATA: folder }, {}), log: pino({ level: 'silent' }), databaseUrl: t.url, say: (line: { zh: string; en: string }) => void said.push(line.zh, line.en) }
    expect(await needsSetup({ db: t.db })).toBe(true)
    const first = await serve({ ...args, host: '127.0.0.1', port: 0 })
    expect(said.join()).toMatch(/初始化码 [a-z2-9]{4}(-[a-z2-9]{4}){3} /)
    expect(said.join()).not.toContain('TLS')
    const port = Number(new URL(first.url).port)
    await expect(serve({ ...args, host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'conflict' })
    await first.close()
    await createUser({ ctx: t.ctx, input: { username: 'first', name: 'x', role: 'administrator' } })
    said.length = 0
    const second = await serve({ ...args, host: '0.0.0.0', port: 0 })
    expect(said.join()).not.toContain('初始化码')
    expect(said.join()).toContain('TLS')
    await second.close()
    said.length = 0
    const third = await serve({ ...args, config: { ...args.config, trustProxy: true }, host: '0.0.0.0', port: 0 })
    expect(said.join()).not.toContain('TLS')
    await third.close()
  })

  test('a key that is not the installation’s does not start', async () => {
    const config = loadConfig({ HUOSHUI_LOG_LEVEL: 'silent', HUOSHUI_KEY: Buffer.alloc(32, 9).toString('base64'), HUOSHUI_DATA: folder }, {})
    await expect(serve({ ctx: t.ctx, config, log: pino({ level: 'silent' }), databaseUrl: t.url, say: () => undefined, host: '127.0.0.1', port: 0 })).rejects.toMatchObject({ code: 'unavailable' })
  })
})
