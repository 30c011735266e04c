import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { listDuplicates } from '../../src/credentials/index.ts'
import { importLedger } from '../../src/registry/index.ts'
import { createVisitor } from '../../src/visit/index.ts'
import type { VisitorOptions } from '../../src/visit/index.ts'
import { smallBrowser } from '../platforms/small-browser.ts'
import { servePlatforms } from '../platforms/shared.ts'
import type { ServedPlatforms } from '../platforms/shared.ts'
import { IDS, makeStand, standHandlers } from '../platforms/stand.ts'
import { world } from '../visit/harness.ts'
import type { World } from '../visit/harness.ts'

const SECOND = '9876543210'
const stand = makeStand(new Date('2026-05-30T00:30:00Z'))
const LEDGER = [
  ['新浪微博', '江西发布', `https://weibo.com/u/${IDS.weibo}`, '甲市人民政府'],
  ['新浪微博', '江西政务', `https://weibo.com/u/${SECOND}`, '甲市人民政府'],
  ['抖音', '江西发布', `https://www.douyin.com/user/${IDS.secUid}`, '甲市人民政府'],
  ['抖音', '江西发布抖音', 'https://v.douyin.com/iAbCdEf/', '甲市教育局'],
  ['哔哩哔哩', '赣鄱之声', `https://space.bilibili.com/${IDS.bilibili}`, '甲市教育局'],
  ['微信公众号', '江西发布', `https://mp.weixin.qq.com/s?__biz=${IDS.biz}&mid=1&idx=1&sn=${IDS.article}`, '甲市人民政府'],
  ['快手', '江西发布', `https://www.kuaishou.com/profile/${IDS.kuaishou}`, '甲市人民政府'],
] as const

let w: World
let served: ServedPlatforms
let folder: string
const numbers = new Map<string, number>()
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huoshui-duplicates-'))
  w = await world()
  Object.assign(stand.weibo.accounts, { [SECOND]: { id: SECOND, name: '江西政务', posts: stand.weibo.accounts[IDS.weibo]!.posts } })
  served = await servePlatforms(standHandlers(stand))
  const file = join(folder, 'ledger.csv')
  await writeFile(file, `\ufeff渠道类型,渠道名称,网址/账号,主办单位,行政区划代码\r\n${LEDGER.map((r) => [...r, '360100'].join(',')).join('\r\n')}\r\n`)
  await importLedger({ ctx: w.database.ctx, input: { file } })
  for (const r of await w.database.db.sql<{ id: number; kind: string; address: string }[]>`select id::int, kind, address from channel`) numbers.set(`${r.kind} ${r.address}`, r.id)
})
afterAll(async () => {
  await served.close()
  await w.close()
  await rm(folder, { recursive: true, force: true })
})

const id = (kind: string, part: string): number => [...numbers].find(([k]) => k.startsWith(`${kind} `) && k.includes(part))![1]

async function visitAll(): Promise<void> {
  const { ctx, db } = w.database
  const log = { warn: () => undefined, info: () => undefined, debug: () => undefined } as unknown as VisitorOptions['log']
  const visitor = await createVisitor({ ctx, log, browser: smallBrowser(), evidence: w.evidence, bases: served.bases, config: loadConfig({}, { pace: 0, allowNets: ['127.0.0.0/8'] }) })
  const slot = ctx.clock.now()
  for (const channelId of numbers.values()) {
    await db.sql`update channel set claimed_slot = ${slot.toISOString()}, claimed_at = now() where id = ${channelId}`
    await visitor.visit({ channelId, slot, reason: 'first', signal: new AbortController().signal })
  }
  await visitor.close()
}

const command = (...more: string[]): Promise<string> => new Promise((resolve, reject) => {
  execFile(process.execPath, ['src/cli/main.ts', 'channel', 'duplicates', ...more], { env: { ...process.env, DATABASE_URL: w.database.url, HUOSHUI_DATA: folder } }, (error, out) => (error === null ? resolve(out) : reject(error)))
})

test('before any visit only what the register itself shows is found', async () => {
  expect(numbers.size).toBe(LEDGER.length)
  expect(await listDuplicates({ ctx: w.database.ctx })).toMatchObject([{ rule: 'one_per_unit', kind: 'weibo', channels: [id('weibo', IDS.weibo), id('weibo', SECOND)] }])
})

test('after visits: one account behind two addresses, a name that differs; said by the command in both languages', async () => {
  await visitAll()
  const found = JSON.parse(await command('--json')) as { rule: string; kind: string; channels: number[]; text: { zh: string; en: string } }[]
  expect(found.map(({ rule, kind, channels }) => ({ rule, kind, channels }))).toEqual([
    { rule: 'same_account', kind: 'douyin', channels: [id('douyin', '/user/'), id('douyin', 'v.douyin.com')] },
    { rule: 'one_per_unit', kind: 'weibo', channels: [id('weibo', IDS.weibo), id('weibo', SECOND)] },
    { rule: 'name_mismatch', kind: 'bilibili', channels: [id('bilibili', '/')] },
  ])
  expect(found[2]!.text).toEqual({ zh: '登记名称“赣鄱之声”与平台显示的“江西发布”不符', en: 'registered as “赣鄱之声”, shown by the platform as “江西发布”' })
  const printed = await command()
  for (const text of ['same_account', '同一账号登记了 2 次', 'one account is registered 2 times', '原则上只开设一个', '赣鄱之声']) expect(printed).toContain(text)
})

test('a renaming and a move are found when they happen, and gone when the ledger is right again', async () => {
  w.database.ctx.clock.advance(86_400_000)
  stand.kuaishou.mode = 'renamed'
  stand.wechat.mode = 'moved'
  stand.wechat.accounts[IDS.newBiz]!.mode = 'ok'
  stand.wechat.transferTo = `https://mp.weixin.qq.com/s/${IDS.newArticle}`
  await visitAll()
  const found = await listDuplicates({ ctx: w.database.ctx })
  expect(found.filter((d) => d.rule === 'name_mismatch').map((d) => d.kind).sort()).toEqual(['bilibili', 'kuaishou'])
  expect(found.find((d) => d.rule === 'moved')).toMatchObject({ kind: 'wechat_official', channels: [id('wechat_official', '')], text: { zh: expect.stringContaining(stand.wechat.transferTo) } })
  // A wall in between takes nothing of it back.
  w.database.ctx.clock.advance(86_400_000)
  stand.wechat.mode = 'challenge'
  await visitAll()
  expect((await listDuplicates({ ctx: w.database.ctx })).filter((d) => d.rule === 'moved')).toHaveLength(1)
  w.database.ctx.clock.advance(86_400_000)
  stand.wechat.mode = 'ok'
  stand.kuaishou.mode = 'ok'
  await w.database.db.sql`update channel set name = '江西发布' where id = ${id('bilibili', '/')}`
  await visitAll()
  expect((await listDuplicates({ ctx: w.database.ctx })).map((d) => d.rule)).toEqual(['same_account', 'one_per_unit'])
})
