import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

type Ran = { code: number; out: string; err: string }

/** The command line as a user runs it, in processes of its own. */
describe('the command line', () => {
  let t: TestDatabase
  let folder: string
  const run = (args: string[], env: Record<string, string> = {}): Promise<Ran> => new Promise((resolve) => {
    execFile(process.execPath, ['src/cli/main.ts', ...args], { env: { ...process.env, DATABASE_URL: t.url, HUOSHUI_DATA: folder, HUOSHUI_ALLOW_NETS: '127.0.0.0/8', ...env } }, (error, out, err) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err })
    })
  })
  beforeAll(async () => {
    t = await testDatabase()
    folder = await mkdtemp(join(tmpdir(), 'huoshui-cli-'))
  })
  afterAll(async () => {
    await t.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('a ledger goes in, dry first, and comes out the same; --json is one document on one line', async () => {
    const file = join(folder, '台账.csv')
    await writeFile(file, '\ufeff渠道类型,渠道名称,网址/账号,主办单位,行政区划代码\r\n网站,某市政府网,http://127.0.0.1:9/,某市人民政府,360100\r\n新浪微博,某发布,https://weibo.com/u/1234567890,某市人民政府,360100\r\n')
    const dry = await run(['ledger', 'import', file, '--dry-run', '--json'])
    expect(dry).toMatchObject({ code: 0 })
    expect(dry.out.trim().split('\n')).toHaveLength(1)
    expect(JSON.parse(dry.out)).toMatchObject({ dryRun: true, imported: false, rows: 2, errors: [] })
    expect(await t.db.sql`select 1 from channel`).toHaveLength(0)
    expect(JSON.parse((await run(['ledger', 'import', file, '--json'])).out)).toMatchObject({ imported: true, created: 2 })
    const out = join(folder, 'out.xlsx')
    expect((await run(['ledger', 'export', '--out', out])).code).toBe(0)
    expect(JSON.parse((await run(['ledger', 'import', out, '--json'])).out)).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
  })

  test('a bad ledger ends with 2, names the row, and writes nothing', async () => {
    const file = join(folder, 'bad.csv')
    await writeFile(file, '渠道类型,渠道名称,网址/账号\n电报,x,y\n')
    const ran = await run(['ledger', 'import', file, '--json'])
    expect(ran.code).toBe(2)
    expect(JSON.parse(ran.out)).toMatchObject({ imported: false, errors: [{ row: 2, value: '电报' }] })
  })

  test('crawl --once answers in its contract, and a refused site is no candidate', async () => {
    const ran = await run(['crawl', '--once', '--json', '--pace', '0', '--now', '2026-06-01T12:00:00+08:00'], { HUOSHUI_BROWSER: 'false', HUOSHUI_BASES: 'weibo.com=http://127.0.0.1:9,m.weibo.cn=http://127.0.0.1:9' })
    expect(ran.code).toBe(0)
    const answer = JSON.parse(ran.out)
    expect(Object.keys(answer)).toEqual(['channels', 'pages', 'bytes', 'seconds', 'cpu_seconds', 'outcomes', 'candidates'])
    expect(answer).toMatchObject({ channels: 2, candidates: 0 })
    expect(answer.cpu_seconds).toBeGreaterThan(0)
    expect(JSON.parse((await run(['candidates', '--json'])).out)).toEqual([])
    expect(JSON.parse((await run(['columns', '--json'])).out)).toEqual([])
  })

  test('visit of an unregistered address tells what was seen and registers nothing', async () => {
    const ran = await run(['visit', 'http://127.0.0.1:9/', '--json', '--pace', '0'])
    expect(ran.code).toBe(0)
    expect(JSON.parse(ran.out)).toMatchObject({ kind: 'website', outcome: 'refused', newest: null })
    expect(await t.db.sql`select 1 from channel`).toHaveLength(2)
  })

  test('a private address is refused unless its range is opened', async () => {
    const ran = await run(['visit', 'http://127.0.0.1:9/', '--json'], { HUOSHUI_ALLOW_NETS: '' })
    expect(JSON.parse(ran.out)).toMatchObject({ outcome: 'address_denied' })
  })

  test('read answers each line of a manifest, an unreadable file too', async () => {
    await writeFile(join(folder, 'a.html'), '<html><head><meta name="PubDate" content="2026-05-20 10:00"></head><body><h1>关于印发某办法的通知</h1><p>发布日期:2026-05-20</p><p>正文</p></body></html>')
    await writeFile(join(folder, 'cases.jsonl'), '{"id":"a","path":"a.html","kind":"article"}\n{"id":"b","path":"none.html","kind":"article"}\n')
    const ran = await run(['read', '--manifest', join(folder, 'cases.jsonl')])
    const lines = ran.out.trim().split('\n').map((l) => JSON.parse(l))
    expect(lines[0]).toMatchObject({ id: 'a', date: '2026-05-20' })
    expect(lines[1]).toMatchObject({ id: 'b', date: null, error: expect.any(String) })
    expect((await run(['read', '--manifest', join(folder, 'nowhere.jsonl')])).code).toBe(2)
  })

  test('wrong settings and options are named in both languages and nothing starts', async () => {
    const port = await run(['status'], { HUOSHUI_PORT: 'eighty' })
    expect(port.code).toBe(2)
    expect(port.err).toMatch(/配置有误.*HUOSHUI_PORT[^]*Wrong settings.*HUOSHUI_PORT/)
    expect((await run(['status', '--now', 'yesterday'])).code).toBe(2)
    expect((await run(['nonsense'])).code).toBe(2)
    expect((await run(['candidates', '--proposal', 'delete'])).code).toBe(2)
    expect((await run(['candidates', '--out', join(folder, 'x.pdf')])).code).toBe(2)
    const dead = await run(['status'], { DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:9/none' })
    expect(dead.code).toBe(6)
    expect(dead.err).not.toContain('secret')
  })

  test('policies and channels are handled from the command line', async () => {
    expect((await run(['policy', 'set', 'kind', 'weibo', 'marginDays=3', 'paused=true'])).code).toBe(0)
    expect(JSON.parse((await run(['policy', 'list', '--json'])).out)).toMatchObject([{ scope: 'kind', target: 'weibo', settings: { marginDays: 3, paused: true } }])
    expect((await run(['policy', 'set', 'kind', 'telegram', 'marginDays=3'])).code).toBe(3)
    expect((await run(['policy', 'set', 'all', 'marginDays=many'])).code).toBe(2)
    const [{ id } = { id: 0 }] = await t.db.sql<{ id: number }[]>`select id::int from channel limit 1`
    expect((await run(['channel', 'pause', String(id)])).code).toBe(0)
    expect((await run(['channel', 'run', String(id)])).code).toBe(4)
    expect((await run(['channel', 'resume', String(id)])).code).toBe(0)
    expect((await run(['channel', 'run', '99999'])).code).toBe(3)
  })

  test('subscribers are entered by name, and an address that is none is refused', async () => {
    expect((await run(['notify', 'subscribe', '值班', '--way', 'email', '--address', 'duty@example.gov.cn', '--role', 'operations'])).code).toBe(0)
    expect((await run(['notify', 'subscribe', '坏的', '--way', 'wecom', '--address', 'https://127.0.0.1/hook', '--role', 'operations'])).code).toBe(2)
    expect((await run(['notify', 'subscribe', '坏的', '--way', 'pigeon', '--address', 'x@y.cn', '--role', 'operations'])).code).toBe(2)
    expect(JSON.parse((await run(['notify', 'list', '--json'])).out)).toMatchObject([{ name: '值班', way: 'email', mode: 'digest' }])
    expect(JSON.parse((await run(['notify', 'letters', '--json'])).out)).toEqual([])
  })

  test('the template is a workbook that imports without an error', async () => {
    const file = join(folder, 'template.xlsx')
    expect((await run(['ledger', 'template', '--out', file])).code).toBe(0)
    expect((await readFile(file)).subarray(0, 2).toString()).toBe('PK')
    expect(JSON.parse((await run(['ledger', 'import', file, '--dry-run', '--json'])).out)).toMatchObject({ errors: [] })
  })
})
