import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Workbook } from '@cj-tech-master/excelts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LEDGER_HEADERS, compare, makeProvince, noon, reportLines, serveProvince, writeLedger } from './index.ts'
import type { Served } from './index.ts'

const province = makeProvince({ today: '2026-11-23' })
let served: Served
beforeAll(async () => {
  served = await serveProvince(province, { now: () => noon('2026-11-23'), slowMs: 30 })
})
afterAll(() => served.close())

/** Status and body as they come, without following anything. */
function get(address: string): Promise<{ status: number; body: string; complete: boolean }> {
  return new Promise((resolve, reject) => {
    request(address, { agent: false }, (res) => {
      const chunks: Buffer[] = []
      const done = (): void => resolve({ status: res.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8'), complete: res.complete })
      res.on('data', (c: Buffer) => chunks.push(c)).on('end', done).on('error', done)
    }).on('error', reject).end()
  })
}
const address = (trap: string): string => province.channels.find((c) => c.traps.includes(trap as never))!.address

describe('serveProvince', () => {
  it('serves every site on its own loopback address, all on one port', async () => {
    expect(province.channels.filter((c) => c.site !== null).every((c) => new URL(c.address).port === String(served.port))).toBe(true)
    const home = await get(address('healthy'))
    expect([home.status, home.complete]).toEqual([200, true])
    expect(home.body).toContain('网站标识码')
    expect((await get(province.canaries[0]!)).body).toBe('ok\n')
    expect((await get(`${served.bases['m.weibo.cn']}/api/container/getIndex?type=uid&value=1`)).body).toContain('该用户不存在')
    expect(served.requests.get(new URL(address('healthy')).hostname)).toBe(1)
  })

  it('carries out what a page alone cannot show', async () => {
    await expect(get(address('refused'))).rejects.toThrow('ECONNREFUSED')
    expect((await get(address('truncated'))).complete).toBe(false)
    expect((await get(address('slow'))).status).toBe(200)
    const target = /http:\/\/127[^"<]+/.exec((await get(address('moved_notice'))).body)![0]
    expect((await get(target)).status).toBe(200)
  })

  it('refuses a port that is taken and leaves nothing open', async () => {
    const other = makeProvince({ today: '2026-11-23', sites: 3 })
    await expect(serveProvince(other, { port: served.port, now: () => noon('2026-11-23') })).rejects.toThrow('EADDRINUSE')
    expect(other.port).toBe(0)
  })
})

describe('writeLedger', () => {
  it('writes one row a channel, in all its forms', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'province-'))
    try {
      await writeLedger(province, join(dir, 'a.csv'))
      await writeLedger(province, join(dir, 'b.csv'), { encoding: 'gb18030' })
      await writeLedger(province, join(dir, 'c.xlsx'))
      const utf8 = await readFile(join(dir, 'a.csv'), 'utf8')
      expect(utf8.startsWith(`\ufeff${LEDGER_HEADERS.join(',')}\r\n`)).toBe(true)
      expect(utf8.trimEnd().split('\r\n')).toHaveLength(province.channels.length + 1)
      expect(`\ufeff${new TextDecoder('gb18030', { fatal: true }).decode(await readFile(join(dir, 'b.csv')))}`).toBe(utf8)
      const book = new Workbook()
      await book.xlsx.readFile(join(dir, 'c.xlsx'))
      const sheet = book.getWorksheet('渠道台账')!
      expect([sheet.rowCount, sheet.getCell('C2').value]).toEqual([province.channels.length + 1, province.channels[0]!.name])
    } finally {
      await rm(dir, { recursive: true })
    }
  })
})

describe('compare', () => {
  const truth = () => ({
    candidates: province.channels.flatMap((c) => (c.truth.proposal === null ? [] : [{ channel: { kind: c.kind, name: c.name }, proposal: c.truth.proposal as string }])),
    columns: province.channels.flatMap((c) => c.truth.columns.map((k) => ({ url: k.url, newest: k.newest }))),
    outcomes: province.channels.map((c) => ({ kind: c.kind, name: c.name, outcome: c.truth.outcome as string })),
  })

  it('finds the truth itself perfect', () => {
    const report = compare(province, truth())
    expect([report.precision, report.recall, report.columns.share, report.outcomes.wrong.length]).toEqual([1, 1, 1, 0])
    expect(report.traps.every((t) => t.proposals === t.channels && t.columnsRight === t.columns && t.outcomesRight === t.outcomes)).toBe(true)
    expect(reportLines(report)[0]).toContain('precision 1.00, recall 1.00')
  })

  it('counts what is false, missed, wrongly proposed and wrongly dated, by trap', () => {
    const found = truth()
    const healthy = province.channels.find((c) => c.traps.includes('healthy') && c.kind === 'website')!
    found.candidates.push({ channel: { kind: 'website', name: healthy.name }, proposal: 'shut_down' })
    found.candidates.splice(found.candidates.findIndex((k) => k.proposal === 'merge'), 1)
    const still = found.candidates.findIndex((k) => k.proposal === 'rectify' && k.channel.kind === 'website')
    found.candidates[still] = { ...found.candidates[still]!, proposal: 'shut_down' }
    found.candidates.push({ channel: { kind: 'website', name: '不在册' }, proposal: 'rectify' })
    found.columns = found.columns.filter((k) => k.url !== healthy.truth.columns[0]!.url)
    const report = compare(province, found)
    expect(report.false.map((m) => m.why)).toContain('not in the province')
    expect(report.missed).toHaveLength(2)
    expect(report.false).toHaveLength(3)
    expect(report.precision).toBeLessThan(1)
    expect(report.columns.wrong.map((m) => m.channel)).toEqual([healthy.id])
    const healthyScore = report.traps.find((t) => t.trap === 'healthy')!
    expect(healthyScore.columnsRight).toBe(healthyScore.columns - 1)
  })

  it('says nothing was found where nothing was', () => {
    const report = compare(province, { candidates: [], columns: [] })
    expect([report.precision, report.recall, report.right]).toEqual([1, 0, 0])
    expect(reportLines(report).join('\n')).toContain('missed candidates:')
  })
})
