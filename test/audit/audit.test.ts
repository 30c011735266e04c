import { readdirSync, readFileSync } from 'node:fs'
import { text as readAll } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportAudit, listAudit, recordAudit } from '../../src/audit/index.ts'
import { ACT_NAMES, actName, SUBJECT_NAMES } from '../../src/domain/acts.ts'
import type { Actor } from '../../src/domain/actor.ts'
import { seedRegions } from '../../src/registry/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

const CHIEF: Actor = { kind: 'user', id: 'c', name: '总管', role: 'administrator', region: null }
const LOCAL: Actor = { kind: 'user', id: 'l', name: '南昌管', role: 'administrator', region: '360100' }
const CLERK: Actor = { kind: 'user', id: 'k', name: '东湖员', role: 'operations', region: '360102' }

describe('the audit trail', () => {
  let t: TestDatabase
  const as = (actor: Actor) => ({ ...t.ctx, actor })
  beforeAll(async () => {
    t = await testDatabase()
    await seedRegions(t.ctx)
    await t.db.orm.transaction(async (tx) => {
      for (let i = 0; i < 2300; i += 1) await recordAudit(tx, { actor: i % 2 === 0 ? CLERK : CHIEF, at: new Date(Date.UTC(2026, 0, 1) + i * 60_000) }, [{ verb: i % 3 === 0 ? 'policy.set' : 'channel.update', entity: 'channel', entityId: i, ...(i === 7 ? { reason: '=1+1' } : {}) }])
      await recordAudit(tx, { actor: CLERK, at: new Date('2026-05-31T16:30:00Z') }, [{ verb: 'channel.close', entity: 'channel', entityId: 99, detail: { by: 'form' } }])
    })
  })
  afterAll(() => t.close())

  test('is filtered and paged by the database, the latest first', async () => {
    const first = await listAudit({ ctx: as(CHIEF), input: { size: 10 } })
    expect(first.total).toBe(2302)
    expect(first.acts.slice(0, 2).map((a) => a.verb)).toEqual(['region.seed', 'channel.close'])
    expect((await listAudit({ ctx: as(CHIEF), input: { filter: { actor: '东湖' } } })).total).toBe(1151)
    expect((await listAudit({ ctx: as(CHIEF), input: { filter: { actor: '%' } } })).total).toBe(0)
    expect((await listAudit({ ctx: as(CHIEF), input: { filter: { verbs: ['policy.set', 'channel.close'] } } })).total).toBe(768)
    expect((await listAudit({ ctx: as(CHIEF), input: { filter: { entity: 'channel', entityId: '99' } } })).total).toBe(2)
    const last = await listAudit({ ctx: as(CHIEF), input: { filter: { entity: 'channel' }, page: 24, size: 100 } })
    expect(last.acts).toHaveLength(1)
  })
  test('counts its days as China does, both of them', async () => {
    const on = async (from: string, until: string) => (await listAudit({ ctx: as(CHIEF), input: { filter: { from, until, verbs: ['channel.close'] } } })).total
    expect(await on('2026-06-01', '2026-06-01')).toBe(1)
    expect(await on('2026-05-31', '2026-05-31')).toBe(0)
  })
  test('shows whoever is held to a region what its people did, and nobody but administrators anything', async () => {
    const seen = await listAudit({ ctx: as(LOCAL), input: {} })
    expect(seen.total).toBe(1151)
    expect(new Set(seen.acts.map((a) => a.actorName))).toEqual(new Set(['东湖员']))
    await expect(listAudit({ ctx: as(CLERK), input: {} })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(exportAudit({ ctx: as(CLERK), input: {} })).rejects.toMatchObject({ code: 'forbidden' })
  })
  test('is exported whole, batch after batch, in Chinese, with no cell that a spreadsheet would run; the export leaves its trace', async () => {
    const csv = await readAll(await exportAudit({ ctx: as(CHIEF), input: { entity: 'channel' } }))
    const lines = csv.trim().split('\r\n')
    expect(lines).toHaveLength(2302)
    expect(new Set(lines.slice(1).map((l) => l.split(',')[0])).size).toBe(2301)
    expect(lines.find((l) => l.includes('=1+1'))).toContain("'=1+1")
    expect(csv).toContain('修改渠道')
    expect((await listAudit({ ctx: as(CHIEF), input: { filter: { verbs: ['audit.export'] } } })).acts[0]).toMatchObject({ actorName: '总管', detail: { filter: { entity: 'channel' } } })
  })
  test('has a name in both languages for every act and subject that the source writes down', () => {
    const source = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts')).map((f) => readFileSync(`src/${f}`, 'utf8')).join('\n')
    const verbs = new Set([...source.matchAll(/verb: [^,\n]*?'([a-z_]+\.[a-z_]+)'(?: : '([a-z_]+\.[a-z_]+)')?/g)].flatMap((m) => [m[1] ?? '', m[2] ?? '']).filter((v) => v !== ''))
    expect(verbs.size).toBeGreaterThan(50)
    expect([...verbs].filter((v) => ACT_NAMES[v] === undefined)).toEqual([])
    const entities = new Set([...source.matchAll(/verb: [^\n]*?entity: '([a-z_]+)'/g)].map((m) => m[1] ?? ''))
    expect([...entities].filter((e) => SUBJECT_NAMES[e] === undefined)).toEqual([])
    expect(actName('unheard.of')).toEqual({ zh: 'unheard.of', en: 'unheard.of' })
  })
})
