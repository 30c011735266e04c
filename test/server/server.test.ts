import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serve } from '../../src/server/index.ts'
import { buildApp } from '../../src/server/app.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

describe('the server', () => {
  let t: TestDatabase
  beforeAll(async () => {
    t = await testDatabase()
    const [channel] = await t.db.sql<{ id: number }[]>`
      insert into channel (kind, name, address, address_raw, identity_key, last_visit_at) values
        ('weibo', ${'<script>alert(1)</script>"\'&'}, 'https://weibo.com/u/1', 'x', 'k1', ${t.ctx.clock.now()}) returning id::int`
    await t.db.sql`insert into candidate (channel_id, proposal, rule, clause, edition, days_over, evidence, answers, opened_at, judged_at)
      values (${channel?.id ?? 0}, 'shut_down', 'zombie', ${t.db.sql.json({ zh: '三个月未更新', en: 'three months' })}, 'e', 40, '[]', '[]', now(), now())`
  })
  afterAll(() => t.close())

  test('the page shows the watcher first, then the candidates, and nothing crawled becomes markup', async () => {
    const app = buildApp({ ctx: t.ctx })
    const page = await app.inject('/')
    expect(page.statusCode).toBe(200)
    expect(page.body).not.toContain('<script')
    expect(page.body).toContain('&#60;script&#62;alert(1)')
    expect(page.body.indexOf('巡检自身状况')).toBeLessThan(page.body.indexOf('候选渠道'))
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'/)
    expect((await app.inject('/style.css')).headers['content-type']).toMatch(/text\/css/)
    await app.close()
  })

  test('health says in words what is wrong, and fails only when the work cannot be done', async () => {
    const app = buildApp({ ctx: t.ctx })
    const well = await app.inject('/healthz')
    expect(well.statusCode).toBe(200)
    expect(well.json()).toMatchObject({ ok: true })
    await app.close()
    const gone = await testDatabase()
    const dead = buildApp({ ctx: gone.ctx })
    await gone.close()
    const ill = await dead.inject('/healthz')
    expect(ill.statusCode).toBe(503)
    expect(ill.json()).toMatchObject({ ok: false, troubles: [{ zh: expect.stringContaining('数据库') }] })
    await dead.close()
  })

  test('metrics are Prometheus’s text', async () => {
    const app = buildApp({ ctx: t.ctx })
    const body = (await app.inject('/metrics')).body
    expect(body).toMatch(/^huoshui_channels 1$/m)
    expect(body).toMatch(/^huoshui_candidates_open 1$/m)
    await app.close()
  })

  test('binds loopback only, and says which port is taken', async () => {
    await expect(serve({ ctx: t.ctx, host: '0.0.0.0', port: 0 })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(serve({ ctx: t.ctx, host: '192.168.1.1', port: 0 })).rejects.toMatchObject({ code: 'bad_input' })
    const first = await serve({ ctx: t.ctx, host: '127.0.0.1', port: 0 })
    const port = Number(new URL(first.url).port)
    await expect(serve({ ctx: t.ctx, host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'conflict' })
    await first.close()
  })
})
