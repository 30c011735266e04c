import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fieldValues, readLines } from '../../src/cli/text/fields.ts'
import { KEY_A, KEY_B, SECRET, place } from './fixtures.ts'
import type { Place } from './fixtures.ts'

let p: Place
beforeAll(async () => { p = await place() })
afterAll(() => p.close())

type Ran = { code: number; out: string; err: string }
const run = (args: string[], more: { stdin?: string; env?: Record<string, string> } = {}): Promise<Ran> => new Promise((resolve) => {
  const child = execFile(process.execPath, ['src/cli/main.ts', ...args], { env: { ...process.env, DATABASE_URL: p.url, HUOSHUI_DATA: p.data, ...more.env } }, (error, out, err) => {
    resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err })
  })
  child.stdin?.end(more.stdin ?? '')
})

test('set from standard input, list, rotate, remove; the secret is in no output', async () => {
  const set = await run(['credential', 'set', 'weibo.cookie', 'cookie=-', '--valid-until', '2027-01-31', '--json'], { stdin: `${SECRET}\n` })
  expect(set).toMatchObject({ code: 0 })
  expect((await stat(join(p.data, 'key'))).mode & 0o777).toBe(0o600)
  const list = await run(['credential', 'list', '--json', '--now', '2026-06-01'])
  expect(JSON.parse(list.out)).toMatchObject([{ id: 'weibo.cookie', scope: 'all', state: 'untried', validUntil: '2027-01-31' }])
  const shown = await run(['credential', 'list'])
  const rotated = await run(['credential', 'rotate-key', '--json'])
  expect(JSON.parse(rotated.out)).toMatchObject({ sealed: 1, from: 'file' })
  const wrong = await run(['credential', 'set', 'weibo.cookie', SECRET, '--json'])
  expect(wrong.code).toBe(2)
  const unopened = await run(['credential', 'set', 'weibo.api', `access_token=${SECRET}`, '--json'], { env: { HUOSHUI_KEY: KEY_A } })
  expect(unopened).toMatchObject({ code: 6 })
  expect(unopened.err).toContain('密钥不对')
  const removed = await run(['credential', 'remove', 'weibo.cookie', '--json'])
  expect(removed.code).toBe(0)
  for (const r of [set, list, shown, rotated, wrong, unopened, removed]) expect(r.out + r.err).not.toContain(SECRET)
})

test('a key given by HUOSHUI_KEY is rotated from standard input', async () => {
  const env = { HUOSHUI_KEY: KEY_A }
  expect((await run(['credential', 'set', 'weibo.cookie', 'cookie=-'], { stdin: SECRET, env })).code).toBe(0)
  expect((await run(['credential', 'rotate-key', '--to', KEY_B], { env })).code).toBe(2)
  const done = await run(['credential', 'rotate-key', '--to', '-', '--json'], { stdin: `${KEY_B}\n`, env })
  expect(JSON.parse(done.out)).toMatchObject({ sealed: 1, from: 'environment' })
  expect(done.out + done.err).not.toContain(KEY_B)
  expect((await run(['credential', 'remove', 'weibo.cookie'])).code).toBe(0)
})

test('bridge, signal and channel duplicates answer in JSON', async () => {
  expect(JSON.parse((await run(['bridge', 'set', 'rsshub', '-', '--kind', 'weibo', '--json'], { stdin: `http://rss.example/?key=${SECRET}\n` })).out)).toMatchObject({ scope: 'kind', url: 'http://rss.example/' })
  const list = await run(['bridge', 'list', '--json'])
  expect(JSON.parse(list.out)).toMatchObject([{ type: 'rsshub', accessCode: true }])
  expect(list.out + (await run(['bridge', 'list'])).out).not.toContain(SECRET)
  expect((await run(['bridge', 'remove', 'rsshub', '--kind', 'weibo'])).code).toBe(0)
  expect((await run(['bridge', 'remove', 'rsshub', '--kind', 'weibo'])).code).toBe(3)
  const guesses = JSON.parse((await run(['signal', 'list', '--guesses', '--json'])).out) as { id: string }[]
  expect(guesses.length).toBeGreaterThan(3)
  expect(JSON.parse((await run(['signal', 'confirm', guesses[0]!.id, '--reason', '在已注销账号上见到', '--json'])).out)).toEqual({ id: guesses[0]!.id, confirmed: true })
  expect(JSON.parse((await run(['channel', 'duplicates', '--json'])).out)).toEqual([])
})

test('values by line, in the order of the fields; a pair that is none is named by its place', async () => {
  expect(await fieldValues(['appid=wx1', 'secret=-', 'more=a=b'], Readable.from(['one\n']))).toEqual({ appid: 'wx1', secret: 'one', more: 'a=b' })
  expect(await fieldValues(['a=-', 'b=-'], Readable.from(['x\r\ny']))).toEqual({ a: 'x', b: 'y' })
  await expect(fieldValues(['a=-', 'b=-'], Readable.from(['x\n']))).rejects.toMatchObject({ code: 'bad_input' })
  const e = await fieldValues(['a=1', SECRET]).catch((error: unknown) => error)
  expect(String(e)).toContain('field 2')
  expect(String(e)).not.toContain(SECRET)
  expect(await readLines(0)).toEqual([])
})
