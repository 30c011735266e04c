import { describe, expect, test } from 'vitest'
import knowledge from '../fixtures/knowledge.ts'
import video from '../fixtures/video.ts'
import wechat from '../fixtures/wechat_official.ts'
import weibo from '../fixtures/weibo.ts'
import { CHANNELS } from '../../../src/channels/index.ts'
import { dayInChina } from '../../../src/domain/date.ts'
import { isGone, isObserved } from '../../../src/domain/outcome.ts'
import { always, ask, daysAgo, NOW, type Adapter, type Shown } from './kit.ts'

const ADAPTERS: readonly Adapter[] = [...wechat, ...weibo, ...video, ...knowledge]
const post = (id: string, at: Date | null, more: Partial<Shown> = {}): Shown => ({ id, title: `第${id}条`, at, ...more })
const has = (a: Adapter, what: NonNullable<Adapter['lacks']>[number]): boolean => a.lacks?.includes(what) !== true

/** A case holds only for what the source can show. */
const when = (holds: boolean, name: string, run: () => Promise<void>): void => {
  if (holds) test(name, run)
}

test('every source that reads a platform has its fixtures here', () => {
  const fed = new Set([...ADAPTERS.map((a) => a.source), 'app.stores', 'mini_program.status', 'attestation'])
  const bare = Object.values(CHANNELS).flatMap((k) => k.sources.map((s) => s.id)).filter((id) => !fed.has(id) && !id.endsWith('.feed') && !id.endsWith('.rsshub'))
  expect(bare).toEqual([])
})

describe.each(ADAPTERS.map((a, i) => [`${a.source} ${i}`, a] as const))('%s', (_name, adapter) => {
  const still = adapter.reach === 'timeline'

  test('fresh posts are seen, with their day in China and their witness', async () => {
    // 16:30 UTC is half past midnight of the next day in China.
    const { result } = await ask(adapter, adapter.list({ posts: [post('1', new Date('2026-11-21T16:30:05Z'))] }))
    expect(result).toMatchObject({ outcome: 'ok', newest: '2026-11-22', source: adapter.source, existence: 'exists' })
    expect(result.witness?.day).toBe('2026-11-22')
    expect(result.witness?.raw).not.toBe('')
    expect(result.posts[0]?.instant?.toISOString().slice(0, 16)).toBe('2026-11-21T16:30')
  })

  test('old posts: a timeline shows stillness, a lower bound does not', async () => {
    const { result } = await ask(adapter, adapter.list({ posts: [post('1', daysAgo(120))] }))
    if (still) expect(result).toMatchObject({ outcome: 'ok', newest: dayInChina(daysAgo(120)) })
    else {
      expect(isObserved(result.outcome)).toBe(false)
      expect(result).toMatchObject({ newest: null, lowerBound: dayInChina(daysAgo(120)), existence: 'exists' })
    }
  })

  when(adapter.single !== true, 'the newest is the maximum, whatever comes first', async () => {
    const { result } = await ask(adapter, adapter.list({ posts: [post('1', daysAgo(9)), post('2', daysAgo(2)), post('3', daysAgo(5))] }))
    expect(result).toMatchObject({ outcome: 'ok', newest: dayInChina(daysAgo(2)) })
  })

  when(has(adapter, 'pinned'), 'a pinned post does not stand for the newest, and a newer one counts', async () => {
    const older = await ask(adapter, adapter.list({ posts: [post('1', daysAgo(400), { pinned: true }), post('2', daysAgo(3))] }))
    expect(older.result).toMatchObject({ outcome: 'ok', newest: dayInChina(daysAgo(3)) })
    expect(older.result.posts.find((p) => p.pinned)?.date).toBe(dayInChina(daysAgo(400)))
    const newer = await ask(adapter, adapter.list({ posts: [post('1', daysAgo(1), { pinned: true }), post('2', daysAgo(40))] }))
    expect(newer.result).toMatchObject({ outcome: 'ok', newest: dayInChina(daysAgo(1)) })
  })

  when(has(adapter, 'pinned'), 'a first page of pinned posts only is not stillness', async () => {
    const pinned = [1, 2, 3].map((n) => post(String(n), daysAgo(100 * n), { pinned: true }))
    const { result } = await ask(adapter, adapter.list({ posts: pinned, more: true, pageTwo: [post('9', daysAgo(2))] }))
    if (has(adapter, 'second_page')) expect(result).toMatchObject({ outcome: 'ok', newest: dayInChina(daysAgo(2)) })
    else expect(result).toMatchObject({ newest: null, lowerBound: dayInChina(daysAgo(100)) })
    expect(isGone(result.outcome)).toBe(false)
  })

  when(has(adapter, 'liked'), 'what the account merely liked is not its own', async () => {
    const { result } = await ask(adapter, adapter.list({ posts: [post('1', daysAgo(1), { liked: true }), post('2', daysAgo(30))] }))
    expect(result).toMatchObject({ outcome: 'ok', newest: dayInChina(daysAgo(30)) })
    expect(result.posts).toHaveLength(1)
  })

  when(has(adapter, 'repost'), 'the date of what it reposts is not its own', async () => {
    const { result } = await ask(adapter, adapter.list({ posts: [post('1', daysAgo(20), { repostOf: daysAgo(1) })] }))
    expect(result.newest).toBe(dayInChina(daysAgo(20)))
  })

  test('a missing date stays missing', async () => {
    const none = await ask(adapter, adapter.list({ posts: [post('1', null)] }))
    expect(isObserved(none.result.outcome)).toBe(false)
    expect(none.result).toMatchObject({ newest: null, witness: null })
    expect(none.result.posts.every((p) => p.date === null)).toBe(true)
    // An undated first post may be the newest: what follows it is only a lower bound.
    if (adapter.single === true) return
    const first = await ask(adapter, adapter.list({ posts: [post('1', null), post('2', daysAgo(100))] }))
    expect(first.result.newest).toBeNull()
    const fresh = await ask(adapter, adapter.list({ posts: [post('1', null), post('2', daysAgo(2))] }))
    expect(fresh.result.newest).toBe(dayInChina(daysAgo(2)))
  })

  test('a date in the future is not believed', async () => {
    const { result } = await ask(adapter, adapter.list({ posts: [post('1', daysAgo(-30))] }))
    expect(isObserved(result.outcome)).toBe(false)
    expect(result.newest).toBeNull()
    if (adapter.single === true) return
    const behind = await ask(adapter, adapter.list({ posts: [post('1', daysAgo(-30)), post('2', daysAgo(100))] }))
    expect(behind.result.newest).toBeNull()
  })

  when(adapter.single !== true, 'one broken item never fails the list', async () => {
    for (const broken of [null, 'text', 42, [], {}, { id: null, mblog: null, modules: 7, photo: [] }]) {
      const { result } = await ask(adapter, adapter.list({ posts: [post('1', daysAgo(3)), post('2', daysAgo(6))], broken }))
      expect(result).toMatchObject({ outcome: 'ok', newest: dayInChina(daysAgo(3)) })
    }
  })

  when(has(adapter, 'name'), 'a new name is reported, and a like one is not', async () => {
    const script = adapter.list({ posts: [post('1', daysAgo(1))], name: '赣鄱发布' })
    expect((await ask(adapter, script, { name: '江西发布' })).result.renamed).toEqual({ from: '江西发布', to: '赣鄱发布' })
    expect((await ask(adapter, script, { name: '赣鄱发布微博' })).result.renamed).toBeNull()
  })

  test.each(Object.entries(adapter.walls))('wall: %s', async (_wall, [script, outcome]) => {
    const { result } = await ask(adapter, script)
    expect(result.attempts.at(-1)?.outcome ?? result.outcome).toBe(outcome)
    expect(isObserved(result.outcome)).toBe(false)
    expect(result).toMatchObject({ newest: null, witness: null })
    expect(result.advice.zh).not.toBe('')
    expect(result.detail).not.toBe('')
  })

  test.each(Object.entries(adapter.dead))('dead: %s', async (_text, [script, outcome, { signal, guess }]) => {
    const { result } = await ask(adapter, script)
    if (guess === true) {
      expect(isGone(result.outcome)).toBe(false)
      expect(result.suspect).toEqual({ outcome, signal })
      const confirmed = await ask(adapter, script, { confirmed: [signal] })
      expect(confirmed.result).toMatchObject({ outcome, signal, existence: 'gone' })
    } else expect(result).toMatchObject({ outcome, signal, existence: 'gone', newest: null })
  })

  test.each(Object.entries(adapter.hidden ?? {}))('empty, but not of its own: %s', async (_case, script) => {
    const { result } = await ask(adapter, script)
    expect(isObserved(result.outcome)).toBe(false)
  })

  when(adapter.empty !== undefined, 'truly empty', async () => {
    const { result } = await ask(adapter, adapter.empty!)
    expect(result).toMatchObject({ outcome: 'ok_empty', newest: null })
  })

  test.each(Object.entries(adapter.drifted))('drift of structure: %s', async (_case, script) => {
    const { result } = await ask(adapter, script)
    expect(result.outcome).toBe('parse_drift')
    expect(result.alarms).not.toHaveLength(0)
    expect(result.alarms[0]?.zh).toContain(adapter.source)
  })

  test.each(Object.entries(adapter.expired ?? {}))('our credential expired: %s', async (_case, script) => {
    const cookie = adapter.source === 'weibo.mobile' ? { credentials: { 'weibo.cookie': { cookie: 'SUB=1' } } } : {}
    expect((await ask(adapter, script, cookie)).result).toMatchObject({ outcome: 'credential_expired', newest: null, existence: 'unknown' })
  })

  when(adapter.moved !== undefined, 'moved, and where to', async () => {
    expect((await ask(adapter, adapter.moved![0])).result).toMatchObject({ outcome: 'moved', movedTo: adapter.moved![1] })
  })

  test('a failed request is its own outcome, and no one’s death', async () => {
    for (const failed of ['dns', 'timeout', 'tls', 'refused', 'address_denied', 'own_network', 'robots'] as const) {
      const { result } = await ask(adapter, always({ failed, detail: 'as the fetcher says' }))
      expect(isObserved(result.outcome)).toBe(false)
      if (has(adapter, 'network_named')) expect(result.outcome).toBe(failed)
      else expect(result.outcome).toBe('bridge_stale')
    }
  })

  test('the judging moment is the only clock', async () => {
    const script = adapter.list({ posts: [post('1', daysAgo(3))] })
    const later = await ask(adapter, script, { now: new Date(NOW.getTime() + 3_600_000) })
    expect(later.result.posts).toEqual((await ask(adapter, script)).result.posts)
  })

  test('secrets are asked for as secrets and never told', async () => {
    const secrets = Object.values(adapter.task?.credentials ?? {}).flatMap((c) => Object.values(c)).filter((v) => v !== 'wx0123456789abcdef')
    const { result, asks } = await ask(adapter, adapter.list({ posts: [post('1', daysAgo(3))] }))
    for (const given of asks) {
      const shown = JSON.stringify(given)
      if (given.do === 'fetch' && secrets.some((s) => shown.includes(s))) expect(given.request.secret).toBe(true)
    }
    for (const secret of secrets) expect(JSON.stringify(result)).not.toContain(secret)
  })
})
