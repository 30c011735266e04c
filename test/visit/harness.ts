import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../../src/config/load.ts'
import type { ConfigKey } from '../../src/config/schema.ts'
import { openPacks } from '../../src/evidence/index.ts'
import type { EvidenceStore } from '../../src/evidence/index.ts'
import { createVisitor } from '../../src/visit/index.ts'
import type { Visitor, VisitorOptions, VisitSummary } from '../../src/visit/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

export type Route = string | Buffer | { status?: number; headers?: Record<string, string>; body?: string | Buffer } | ((req: IncomingMessage, res: ServerResponse) => void)

export type TestSite = {
  readonly url: string
  readonly routes: Record<string, Route>
  /** Paths asked for, in order, robots.txt left out. */
  readonly asked: string[]
  readonly headers: IncomingMessage['headers'][]
  close(): Promise<void>
}

/** A small site on loopback; what it answers may be changed between visits. */
export async function serve(routes: Record<string, Route>, host = '127.0.0.1'): Promise<TestSite> {
  const asked: string[] = []
  const headers: IncomingMessage['headers'][] = []
  const server: Server = createServer((req, res) => {
    const path = req.url ?? '/'
    if (path !== '/robots.txt') {
      asked.push(path)
      headers.push(req.headers)
    }
    const route = routes[path]
    if (typeof route === 'function') return route(req, res)
    if (route === undefined) return void res.writeHead(404, { 'content-type': 'text/html' }).end('<h1>404 Not Found</h1>')
    const reply = typeof route === 'string' || Buffer.isBuffer(route) ? { body: route } : route
    res.writeHead(reply.status ?? 200, { 'content-type': 'text/html; charset=utf-8', ...reply.headers }).end(reply.body ?? '')
  })
  await new Promise<void>((done) => server.listen(0, host, done))
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}/`, routes, asked, headers,
    close: () => new Promise((done) => {
      server.close(() => done())
      server.closeAllConnections()
    }),
  }
}

export type Row = readonly [title: string, url: string, date: string]

export const list = (rows: readonly Row[]): string => `<ul class="list">${rows.map(([t, u, d]) => `<li><a href="${u}">${t}</a><span>${d}</span></li>`).join('\n')}</ul>`

const COLUMNS: readonly (readonly [string, string])[] = [['工作动态', '/gzdt/'], ['通知公告', '/tzgg/'], ['政策文件', '/zcwj/'], ['机构职能', '/jgzn/'], ['互动交流', '/hdjl/']]

/** A page of an ordinary site: navigation, body, footer. */
export const page = (title: string, body: string): string =>
  `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li>${COLUMNS.map(([n, u]) => `<li><a href="${u}">${n}</a></li>`).join('')}</ul></div>
<div class="main">${body}</div>
<div class="footer"><p>主办单位：某某县教育局　网站标识码：3604210012</p><p>地址：某某县某某路一号　联系电话：0792-1234567</p></div></body></html>`

export const rows = (day: string, name: string, count = 6): Row[] =>
  Array.from({ length: count }, (_, i) => {
    const on = new Date(Date.parse(day) - i * 3 * 86_400_000).toISOString().slice(0, 10)
    return [`${name}关于推进重点工作落实的第${i + 1}号信息`, `/a/${name.length}${on.replaceAll('-', '')}${i}.html`, on]
  })

/** A site in order: home page with its news, three lists, two standing pages. */
export function ordinary(days: { news?: string; notice?: string; policy?: string } = {}): Record<string, Route> {
  const news = rows(days.news ?? '2026-05-30', '工作动态')
  const notice = rows(days.notice ?? '2026-05-20', '县教育局通知公告')
  const policy = rows(days.policy ?? '2026-04-01', '政策文件发布')
  return {
    '/': page('某某县教育局', `<div class="box"><h3><a href="/gzdt/">工作动态</a></h3>${list(news)}</div><div class="quick"><a href="/hdjl/write.html">我要咨询</a></div>`),
    '/gzdt/': page('工作动态', `<h2>工作动态</h2>${list(news)}`),
    '/tzgg/': page('通知公告', `<h2>通知公告</h2>${list(notice)}`),
    '/zcwj/': page('政策文件', `<h2>政策文件</h2>${list(policy)}`),
    '/jgzn/': page('机构职能', `<h2>机构职能</h2><p>${'贯彻执行国家和省有关教育的法律法规和方针政策，拟订全县教育改革与发展规划并组织实施。'.repeat(4)}</p>`),
    '/hdjl/': page('互动交流', '<h2>互动交流</h2><p>欢迎来信，本局在五个工作日内答复。</p><form action="/s" method="post"><input name="title"><textarea name="content"></textarea></form>'),
  }
}

export type World = {
  readonly database: TestDatabase
  readonly visitor: Visitor
  readonly evidence: EvidenceStore
  readonly evidenceFolder: string
  readonly warnings: string[]
  register(address: string, more?: { kind?: string; name?: string; organisation?: number }): Promise<number>
  visit(channelId: number, more?: { slot?: Date; signal?: AbortSignal }): Promise<VisitSummary>
  column(channelId: number, name: string): Promise<ColumnRow>
  observations(channelId: number, about: string): Promise<Observation[]>
  close(): Promise<void>
}

export type ColumnRow = { name: string; url: string; class: string; outcome: string; newest: string | null; witness: { source: string; where?: string } | null; empty: boolean; active: boolean; source: string; evidence: string[] | null; observedAt: Date | null }
export type Observation = { outcome: string; newest: string | null; value: Record<string, unknown>; evidence: string[]; column: string | null }

/** A database, a visitor without pacing or browser, and an evidence store. */
export async function world(settings: Partial<Record<ConfigKey, unknown>> = {}, options: Partial<VisitorOptions> & { patience?: number; now?: string } = {}): Promise<World> {
  const { now, ...given } = options
  const database = await testDatabase(now === undefined ? {} : { now })
  const { ctx, db: { sql } } = database
  const data = await mkdtemp(join(tmpdir(), 'huoshui-visit-'))
  const evidence = options.evidence ?? openPacks(join(data, 'evidence'))
  const warnings: string[] = []
  const log = { warn: (m: unknown) => void warnings.push(String(m)), info: () => undefined, debug: () => undefined } as unknown as VisitorOptions['log']
  const config = loadConfig({}, { data, pace: 0, allowNets: ['127.0.0.0/8'], browser: false, ...settings })
  const visitor = await createVisitor({ ctx, config, log, patience: 50, ...given, evidence })
  let n = 0
  return {
    database, visitor, evidence, warnings, evidenceFolder: join(data, 'evidence'),
    register: async (address, more = {}) => {
      n++
      const [row] = await sql<{ id: number }[]>`
        insert into channel (kind, name, address, address_raw, identity_key, organisation_id)
        values (${more.kind ?? 'website'}, ${more.name ?? `渠道${n}`}, ${address}, ${address}, ${`${n}-${address}`}, ${more.organisation ?? null}) returning id::int`
      return row!.id
    },
    visit: async (channelId, more = {}) => {
      const slot = more.slot ?? new Date(ctx.clock.now().getTime() + n++)
      await sql`update channel set claimed_slot = ${slot.toISOString()}, claimed_at = now() where id = ${channelId}`
      return visitor.visit({ channelId, slot, reason: 'first', signal: more.signal ?? new AbortController().signal })
    },
    column: async (channelId, name) => {
      const [row] = await sql<ColumnRow[]>`
        select name, url, class, last_outcome as outcome, newest_on::text as newest, newest_witness as witness, empty, active, source, evidence, observed_at as "observedAt"
        from site_column where channel_id = ${channelId} and name = ${name}`
      return row!
    },
    observations: (channelId, about) => sql<Observation[]>`
      select o.outcome, o.newest_on::text as newest, o.value, coalesce(o.evidence, '{}') as evidence, s.name as column
      from observation o left join site_column s on s.id = o.column_id where o.channel_id = ${channelId} and o.about = ${about} order by o.id`,
    close: async () => {
      await visitor.close()
      if (options.evidence === undefined) evidence.close()
      await database.close()
      await rm(data, { recursive: true, force: true })
    },
  }
}
