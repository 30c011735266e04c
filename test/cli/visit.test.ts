import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { IDS, makeStand, STAND_FEEDS, standHandlers } from '../platforms/stand.ts'
import { servePlatforms } from '../platforms/shared.ts'
import type { ServedPlatforms } from '../platforms/shared.ts'

/** `visit ADDRESS` as a user runs it, in processes of its own, against doubles of the platforms. */
describe('visit ADDRESS', () => {
  let folder: string
  let t: TestDatabase
  let served: ServedPlatforms
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huoshui-visit-cli-'))
    t = await testDatabase()
    served = await servePlatforms(standHandlers(makeStand(new Date('2026-11-20T00:30:00Z'))))
  })
  afterAll(async () => {
    await served.close()
    await t.close()
    await rm(folder, { recursive: true, force: true })
  })
  const run = (args: string[], env: Record<string, string>): Promise<{ code: number; out: string; err: string }> => new Promise((resolve) => {
    const { DATABASE_URL: _, ...own } = process.env
    const bases = Object.entries(served.bases).map(([host, base]) => `${host}=${base}`).join(',')
    const settings = { HUOSHUI_ALLOW_NETS: '127.0.0.0/8', HUOSHUI_BASES: bases, HUOSHUI_DATA: join(folder, 'none'), ...env }
    execFile(process.execPath, ['src/cli/main.ts', ...args, '--json', '--pace', '0', '--now', '2026-11-21T12:00:00+08:00'], { env: { ...own, ...settings } }, (error, out, err) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err })
    })
  })

  test('without any register: it names kind, account, newest date, witness and outcome, and makes no data folder', async () => {
    for (const [address, kind, accountId, where] of [
      [`https://mp.weixin.qq.com/s/${IDS.article}`, 'wechat_official', IDS.biz, 'ct'],
      ['https://v.douyin.com/iAbCdEf/', 'douyin', IDS.secUid, 'create_time'],
      [`https://apps.apple.com/cn/app/id${IDS.track}`, 'app', `ios=${IDS.track} at=ios`, 'ios.currentVersionReleaseDate'],
      [`${STAND_FEEDS}${IDS.feeds.rss}`, 'feed', null, null],
    ] as const) {
      const ran = await run(['visit', address], {})
      expect(ran.code, ran.err).toBe(0)
      expect(ran.out.trim().split('\n')).toHaveLength(1)
      const sight = JSON.parse(ran.out)
      expect(sight).toMatchObject({ kind, accountId, outcome: 'ok', newest: '2026-11-20', witness: { day: '2026-11-20' }, register: 'none', channel: null })
      if (where !== null) expect(sight.witness.where).toBe(where)
    }
    // Rendering keeps its browser there; a database is never made.
    expect(existsSync(join(folder, 'none', 'postgres'))).toBe(false)
  }, 240_000)

  test('what is no address ends with 2 and says in both languages what is wanted', async () => {
    const ran = await run(['visit', 'https://www.bilibili.com/video/BV1xx411c7mD'], {})
    expect(ran.code).toBe(2)
    expect(JSON.parse(ran.out)).toMatchObject({ error: { code: 'bad_input', zh: expect.stringContaining('一篇内容的链接'), en: expect.stringContaining('one article'), details: [{ problem: 'article', kind: 'bilibili' }] } })
    expect(ran.err).toContain('space.bilibili.com')
  })

  test.each(['DATABASE_URL', 'the data folder'])('with the register of %s its bridges are used; nothing is registered', async (which) => {
    const env: Record<string, string> = which === 'DATABASE_URL' ? { DATABASE_URL: t.url } : { HUOSHUI_DATA: join(folder, 'own') }
    const set = await run(['bridge', 'set', 'wewe', served.bases['wewe.invalid']!, '--kind', 'wechat_official'], env)
    expect(set.code, set.err).toBe(0)
    const ran = await run(['visit', IDS.biz], env)
    expect(ran.code, ran.err).toBe(0)
    const sight = JSON.parse(ran.out)
    expect(sight).toMatchObject({ register: 'used', channel: null, outcome: 'ok', newest: '2026-11-20', source: 'wechat_official.wewe' })
    expect(sight.attempts.find((a: { source: string }) => a.source === 'wechat_official.api')).toMatchObject({ skipped: true, why: { zh: expect.any(String), en: expect.stringContaining('appid') } })
    expect(JSON.parse((await run(['status'], env)).out)).toMatchObject({ channels: 0 })
  }, 240_000)

  test('a register that does not open is said, and the address is visited without it', async () => {
    const ran = await run(['visit', `https://weibo.com/u/${IDS.weibo}`], { DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none' })
    expect(ran.code).toBe(0)
    expect(JSON.parse(ran.out)).toMatchObject({ register: 'none', outcome: 'ok', newest: '2026-11-20' })
    expect(ran.err).toContain('the register cannot be used')
  })
})
