import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CHANNELS, isProblem } from '../../../src/channels/index.ts'
import { loadConfig } from '../../../src/config/load.ts'
import { confirmSignal, setBridge } from '../../../src/credentials/index.ts'
import { isObserved } from '../../../src/domain/outcome.ts'
import type { Outcome } from '../../../src/domain/outcome.ts'
import { createFetcher, createGuard } from '../../../src/fetch/index.ts'
import { judgePending } from '../../../src/review/index.ts'
import { createVisitor } from '../../../src/visit/index.ts'
import type { VisitorOptions, VisitSummary } from '../../../src/visit/index.ts'
import { smallBrowser } from '../../platforms/small-browser.ts'
import { servePlatforms } from '../../platforms/shared.ts'
import type { Mode, ServedPlatforms } from '../../platforms/shared.ts'
import { IDS, makeStand, standHandlers } from '../../platforms/stand.ts'
import type { Stand } from '../../platforms/stand.ts'
import { world } from '../harness.ts'
import type { World } from '../harness.ts'
import { ENDED } from './ends.ts'
import type { Ended } from './ends.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = new Date('2026-11-21T12:00:00+08:00')
const fresh = makeStand(new Date('2026-11-20T00:30:00Z'))

let w: World
let served: ServedPlatforms
beforeAll(async () => {
  w = await world({}, { now: START.toISOString() })
  served = await servePlatforms(standHandlers(fresh))
})
afterAll(async () => {
  await served.close()
  await w.close()
})
beforeEach(async () => {
  w.database.ctx.clock.set(START)
  for (const s of Object.values(fresh)) s.mode = 'ok'
  // What the last case left is history: its account may be registered again.
  await w.database.db.sql`update channel set identity_key = id || '-' || identity_key, state = 'merged' where state <> 'merged'`
  await w.database.db.sql`delete from confirmed_signal`
})

async function register({ kind, address }: Ended): Promise<number> {
  const identity = CHANNELS[kind].identify(address)
  if (isProblem(identity)) throw new Error(identity.text.en)
  const [row] = await w.database.db.sql<{ id: number }[]>`
    insert into channel (kind, name, address, address_raw, identity_key, account_id, opened_on)
    values (${kind}, '江西发布', ${identity.address}, ${address}, ${identity.key}, ${identity.accountId ?? null}, '2020-01-01') returning id::int`
  return row!.id
}

/** A visit by a visitor of its own: no host's rest outlasts it, as none would outlast the hours between visits. */
async function visit(id: number): Promise<VisitSummary> {
  const fetcher = createFetcher({ guard: createGuard({ allowNets: ['127.0.0.0/8'] }), pacing: { pace: 0, atOnce: 8, organisationAtOnce: 8 } })
  const log = { warn: () => undefined, info: () => undefined, debug: () => undefined } as unknown as VisitorOptions['log']
  const { ctx, db } = w.database
  const visitor = await createVisitor({ ctx, log, fetcher, browser: smallBrowser(), evidence: w.evidence, bases: served.bases, config: loadConfig({}, { pace: 0, allowNets: ['127.0.0.0/8'] }) })
  const slot = ctx.clock.now()
  try {
    await db.sql`update channel set claimed_slot = ${slot.toISOString()}, claimed_at = now() where id = ${id}`
    const seen = await visitor.visit({ channelId: id, slot, reason: 'first', signal: new AbortController().signal })
    expect(seen.written).toBe(true)
    await judgePending({ ctx })
    return seen
  } finally {
    await visitor.close()
    await fetcher.close()
  }
}

type Standing = { proposal: string; rule: string; state: string; evidence: { kind: string; sha256?: string }[] }
const candidates = (id: number): Promise<Standing[]> =>
  w.database.db.sql<Standing[]>`select proposal, rule, state, evidence from candidate where channel_id = ${id} and closed_at is null`

const later = (ms: number): void => w.database.ctx.clock.advance(ms)
const mode = (state: keyof Stand, to: Mode): void => { fresh[state].mode = to }

describe.each(ENDED.map((e) => [e.kind, e.about, e] as const))('%s %s', (_kind, _about, e) => {
  test('as it is: seen, and no candidate', async () => {
    const id = await register(e)
    expect(await visit(id)).toMatchObject({ outcome: 'ok', newest: e.kind === 'mini_program' ? null : '2026-11-20' })
    expect(await candidates(id)).toEqual([])
  })

  test.each(Object.entries(e.walls) as [Mode, Outcome][])('%s is %s: not observed, and no candidate however long it stands', async (wall, outcome) => {
    const id = await register(e)
    await visit(id)
    mode(e.state, wall)
    for (const wait of [HOUR, 25 * HOUR, 100 * DAY]) {
      later(wait)
      const seen = await visit(id)
      expect(seen, `${wall}: ${seen.detail}`).toMatchObject({ outcome, newest: null })
      expect(isObserved(seen.outcome)).toBe(false)
      expect(await candidates(id)).toEqual([])
    }
  })

  const said = Object.entries(e.dead) as [Mode, NonNullable<Ended['dead'][Mode]>][]
  test.each(said.filter(([, d]) => d.guess === undefined))('%s: gone only when it was said twice, a day apart; back to life, the candidate is withdrawn', async (death, { outcome }) => {
    const id = await register(e)
    await visit(id)
    later(HOUR)
    mode(e.state, death)
    expect((await visit(id)).outcome).toBe(outcome)
    expect(await candidates(id)).toEqual([])
    later(23 * HOUR)
    expect((await visit(id)).outcome).toBe(outcome)
    expect(await candidates(id)).toEqual([])
    later(HOUR)
    expect((await visit(id)).outcome).toBe(outcome)
    const [found, ...others] = await candidates(id)
    expect(others).toEqual([])
    expect(found).toMatchObject({ proposal: 'shut_down', rule: 'gone', state: 'open' })
    // What it rests on was kept as it was received.
    const cited = found!.evidence.flatMap((x) => x.sha256 ?? [])
    expect(cited.length).toBeGreaterThan(0)
    for (const sha256 of cited) expect(await w.evidence.get(sha256)).not.toBeNull()
    later(HOUR)
    mode(e.state, 'ok')
    await visit(id)
    expect(await candidates(id)).toEqual([])
  })

  test.each(said.filter(([, d]) => d.guess === undefined))('%s, then alive, then said again: the day begins anew', async (death, { outcome }) => {
    const id = await register(e)
    mode(e.state, death)
    expect((await visit(id)).outcome).toBe(outcome)
    later(20 * HOUR)
    mode(e.state, 'ok')
    await visit(id)
    later(5 * HOUR)
    mode(e.state, death)
    await visit(id)
    expect(await candidates(id)).toEqual([])
    later(24 * HOUR)
    await visit(id)
    expect(await candidates(id)).toMatchObject([{ rule: 'gone' }])
  })

  test.each(said.filter(([, d]) => d.guess !== undefined))('%s is a guess: nothing until a person has confirmed it, then as any other', async (death, { outcome, guess }) => {
    const id = await register(e)
    await visit(id)
    mode(e.state, death)
    for (const wait of [HOUR, 25 * HOUR, 100 * DAY]) {
      later(wait)
      const seen = await visit(id)
      expect(isObserved(seen.outcome), `${seen.outcome}: ${seen.detail}`).toBe(false)
      expect(seen.detail).toContain(`looks like ${outcome}`)
      expect(await candidates(id)).toEqual([])
    }
    later(HOUR)
    await confirmSignal({ ctx: w.database.ctx, input: { id: guess!, reason: '已人工打开核实' } })
    expect((await visit(id)).outcome).toBe(outcome)
    expect(await candidates(id)).toEqual([])
    later(24 * HOUR)
    await visit(id)
    expect(await candidates(id)).toMatchObject([{ proposal: 'shut_down', rule: 'gone' }])
  })
})

describe.each(ENDED.filter((e) => ['weibo', 'douyin', 'kuaishou', 'feed'].includes(e.kind)).map((e) => [e.kind, e.about, e] as const))('%s %s, without any post', (_kind, _about, e) => {
  test('that never had one: an empty shell, once it was seen twice', async () => {
    const id = await register(e)
    mode(e.state, 'empty')
    expect((await visit(id)).outcome).toBe('ok_empty')
    later(23 * HOUR)
    await visit(id)
    expect(await candidates(id)).toEqual([])
    later(HOUR)
    await visit(id)
    expect(await candidates(id)).toMatchObject([{ proposal: 'shut_down' }])
  })

  test('that was seen to publish: as old as its newest post that was known, never "never published"', async () => {
    const id = await register(e)
    expect((await visit(id)).newest).toBe('2026-11-20')
    mode(e.state, 'empty')
    for (const wait of [HOUR, 25 * HOUR, 5 * DAY]) {
      later(wait)
      expect((await visit(id)).outcome).toBe('ok_empty')
      expect(await candidates(id)).toEqual([])
    }
    later(90 * DAY)
    await visit(id)
    expect(await candidates(id)).toMatchObject([{ proposal: 'shut_down', rule: 'zombie' }])
  })
})

describe('a bridge in front of an account', () => {
  const AT = new Date('2026-11-20T00:30:00Z')
  const stale = () => { fresh.wewe.syncedAt = fresh.rsshub.syncedAt = new Date(AT.getTime() - 60 * DAY) }
  const both = (to: Mode) => () => { fresh.wewe.mode = fresh.rsshub.mode = to }
  const TROUBLES: readonly (readonly [string, () => void, Outcome])[] = [
    ['answers with an error', both('server_error'), 'bridge_stale'],
    ['shows nothing', both('empty'), 'bridge_stale'],
    ['has not looked for weeks', stale, 'bridge_stale'],
  ]
  const BRIDGED = [
    { kind: 'wechat_official', address: IDS.biz, type: 'wewe', source: 'wechat_official.wewe' },
    { kind: 'wechat_official', address: `https://mp.weixin.qq.com/mp/appmsgalbum?action=getalbum&__biz=${IDS.biz}&album_id=${IDS.album}`, type: 'rsshub', source: 'wechat_official.rsshub' },
    { kind: 'weibo', address: `https://weibo.com/u/${IDS.weibo}`, type: 'rsshub', source: 'weibo.rsshub' },
    { kind: 'zhihu', address: `https://zhuanlan.zhihu.com/${IDS.column}`, type: 'rsshub', source: 'zhihu.rsshub' },
  ] as const
  const account = (b: (typeof BRIDGED)[number]): Ended => ({ kind: b.kind, about: '', address: b.address, state: 'weibo', walls: {}, dead: {} })

  beforeEach(async () => {
    fresh.wewe.syncedAt = fresh.rsshub.syncedAt = AT
    await w.database.db.sql`delete from bridge`
    // The platform itself shows nothing: what is known is known by the bridge.
    fresh.weibo.mode = fresh.zhihu.mode = fresh.wechat.mode = 'challenge'
  })

  test.each(BRIDGED.flatMap((b) => TROUBLES.map(([what, make, outcome]) => [b.source, what, b, make, outcome] as const)))('%s %s: our matter, never a candidate', async (source, _what, b, make, outcome) => {
    await setBridge({ ctx: w.database.ctx, keys: { data: '/nonexistent' }, input: { kind: b.kind, type: b.type, url: served.bases[`${b.type}.invalid`]! } })
    const id = await register(account(b))
    expect(await visit(id)).toMatchObject({ outcome: 'ok', newest: '2026-11-20' })
    expect((await w.observations(id, 'account')).at(-1)).toMatchObject({ value: { from: source } })
    make()
    for (const wait of [3 * DAY, 25 * HOUR, 100 * DAY]) {
      later(wait)
      const seen = await visit(id)
      // A wall of the platform's own is the better reason, where there is one.
      expect([outcome, 'challenge']).toContain(seen.outcome)
      expect(seen.newest).toBeNull()
      expect(await candidates(id)).toEqual([])
    }
  })

  test('one that works shows stillness, but an album of it never does', async () => {
    for (const b of BRIDGED) {
      await setBridge({ ctx: w.database.ctx, keys: { data: '/nonexistent' }, input: { kind: b.kind, type: b.type, url: served.bases[`${b.type}.invalid`]! } })
      const id = await register(account(b))
      w.database.ctx.clock.set(new Date(START.getTime() + 120 * DAY))
      fresh.wewe.syncedAt = fresh.rsshub.syncedAt = w.database.ctx.clock.now()
      const seen = await visit(id)
      expect(seen.outcome, `${b.source} ${seen.detail}`).toBe(b.source === 'wechat_official.rsshub' ? 'not_attested' : 'ok')
      expect(await candidates(id), b.source).toMatchObject(b.source === 'wechat_official.rsshub' ? [] : [{ proposal: 'shut_down', rule: 'zombie' }])
      await w.database.db.sql`delete from bridge`
      await w.database.db.sql`update channel set identity_key = id || '-' || identity_key, state = 'merged' where state <> 'merged'`
      w.database.ctx.clock.set(START)
    }
  })
})

test('every state of the stand is walked through', () => {
  expect([...new Set(ENDED.map((e) => e.state))].sort()).toEqual(Object.keys(fresh).filter((s) => s !== 'wewe' && s !== 'rsshub').sort())
})
