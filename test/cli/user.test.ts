import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedRegions } from '../../src/registry/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

let t: TestDatabase
let folder: string
beforeAll(async () => {
  t = await testDatabase()
  await seedRegions(t.ctx)
  folder = await mkdtemp(join(tmpdir(), 'huoshui-user-'))
})
afterAll(async () => { await t.close(); await rm(folder, { recursive: true, force: true }) })

const run = (...args: string[]): Promise<{ code: number; out: string; err: string }> => new Promise((resolve) => {
  execFile(process.execPath, ['src/cli/main.ts', 'user', ...args], { env: { ...process.env, DATABASE_URL: t.url, HUOSHUI_DATA: folder } }, (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }))
})

test('accounts by whoever holds the machine: the password alone on stdout, once', async () => {
  const made = await run('add', '王主任', '--role', 'rectification', '--region', '南昌', '--name', '王某')
  expect(made.code).toBe(0)
  expect(made.out.trim()).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
  expect(made.err).toContain('首次登录时必须修改')
  expect((await run('add', '某人', '--role', 'emperor')).code).toBe(2)
  const reset = JSON.parse((await run('reset-password', '王主任', '--json')).out)
  expect(reset).toMatchObject({ username: '王主任' })
  expect(reset.password).not.toBe(made.out.trim())
  expect((await run('disable', '王主任')).code).toBe(0)
  const [row] = JSON.parse((await run('list', '--json')).out)
  expect(row).toMatchObject({ username: '王主任', name: '王某', role: 'rectification', region: '360100', disabled: true, mustChangePassword: true })
  expect(JSON.stringify(row)).not.toContain('scrypt')
  const acts = await t.db.sql`select verb, actor->>'kind' as by from audit where entity = 'user' order by id`
  expect(acts.map((a) => [a['verb'], a['by']])).toEqual([['user.create', 'cli'], ['user.reset_password', 'cli'], ['user.disable', 'cli']])
}, 240_000)
