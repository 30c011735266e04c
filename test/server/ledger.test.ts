import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { seedRegions } from '../../src/registry/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { ADMINISTRATOR, testServer } from '../helpers/server.ts'
import type { Person } from '../helpers/server.ts'
import { workbook } from '../registry/workbooks.ts'

const CSV = '渠道类型,渠道名称,网址,主办单位,地区,备案状态\n网站,南昌市政府,http://www.nc.example.gov.cn/,南昌市人民政府,南昌市,已备案\n微博,东湖发布,https://weibo.com/u/1234567890,东湖区人民政府,不存在的地区,已备案\n,,,,,\n飞信,没有这种渠道,http://x.example.gov.cn/,某单位,南昌市,已备案\n'

describe('a ledger on its way in', () => {
  let t: TestDatabase
  let app: FastifyInstance
  let person: Person = ADMINISTRATOR
  const send = (bytes: Uint8Array | string, name: string) => app.inject({ method: 'POST', url: `/api/ledger/uploads?name=${encodeURIComponent(name)}`, headers: { 'content-type': 'application/octet-stream' }, payload: Buffer.from(bytes) })
  const post = (id: string, act: string, payload: object = {}) => app.inject({ method: 'POST', url: `/api/ledger/uploads/${id}/${act}`, payload })
  const preview = async (bytes: Uint8Array | string, name: string) => post((await send(bytes, name)).json().id, 'check')
  const registered = async (): Promise<number> => (await app.inject('/api/channels?size=1')).json().total
  beforeAll(async () => {
    t = await testDatabase()
    await seedRegions(t.ctx)
    app = await testServer(t, { person: () => person })
  })
  beforeEach(() => { person = ADMINISTRATOR })
  afterAll(async () => { await app.close(); await t.close() })

  test('is previewed with each finding at its cell, mended there, and only then written', async () => {
    const { id } = (await send(CSV, '台账.csv')).json()
    const first = (await post(id, 'check')).json()
    expect(first.report).toMatchObject({ rows: 3, errorCount: 2, imported: false })
    const [sheet] = first.sheets
    const bad = sheet.rows.filter((r: { grave: boolean }) => r.grave)
    expect(bad.map((r: { row: number }) => r.row)).toEqual([3, 5])
    const at = (row: { cells: { problem: unknown; grave: boolean }[] }) => row.cells.flatMap((c, i) => (c.grave ? [sheet.headings[i].text] : []))
    expect([at(bad[0]), at(bad[1])]).toEqual([['地区'], ['渠道类型']])
    expect(await registered()).toBe(0)
    expect((await post(id, 'import')).json()).toMatchObject({ imported: false, errorCount: 2 })
    expect(await registered()).toBe(0)

    const edits = [{ sheet: sheet.name, row: 3, column: 4, text: '江西省南昌市东湖区' }, { sheet: sheet.name, row: 5, column: 0, text: '网站' }]
    expect((await post(id, 'check', { edits })).json().report).toMatchObject({ errorCount: 0, created: 3 })
    expect(await registered()).toBe(0)
    expect((await post(id, 'import', { edits })).json()).toMatchObject({ imported: true, created: 3, rejectedRows: false })
    expect(await registered()).toBe(3)
    expect((await app.inject('/api/channels?region=360102')).json().channels[0].name).toBe('东湖发布')
    expect((await post(id, 'import', { edits })).statusCode).toBe(409)
  })
  test('leaves bad rows out when asked to, and gives them back', async () => {
    const { id } = (await send(CSV.replaceAll('example', 'sample').replace('1234567890', '1234567891'), '台账.csv')).json()
    expect((await post(id, 'import', { skipBad: true })).json()).toMatchObject({ imported: true, created: 1, rejected: 2, rejectedRows: true })
    const file = await app.inject(`/api/ledger/uploads/${id}/rejected`)
    expect(file.headers['content-disposition']).toContain(encodeURIComponent('台账-未导入.xlsx'))
    const again = (await preview(file.rawPayload, '未导入.xlsx')).json()
    expect(again.report.errorCount).toBe(2)
  })
  test('is understood with a title, merged headings and sponsors merged over rows', async () => {
    const bytes = await workbook({ 微信公众号: [['江西省政务新媒体台账'], ['序号', '账号名称', '微信号', '主办单位', '联系人', ''], ['', '', '', '', '姓名', '电话'], ['1', '甲发布', 'gh_aaaaaaaaaaaa', '甲单位', '张三', '0791-1'], ['2', '甲服务', 'gh_bbbbbbbbbbbb', '', '李四', '0791-2']] }, { merges: { 微信公众号: ['A1:F1', 'A2:A3', 'B2:B3', 'C2:C3', 'D2:D3', 'E2:F2', 'D4:D5'] } })
    const { report, sheets } = (await preview(bytes, '合并.xlsx')).json()
    expect(report).toMatchObject({ rows: 2, created: 2, errorCount: 0 })
    expect(sheets[0].headings.map((h: { field: { zh: string } | null }) => h.field?.zh ?? null)).toEqual(expect.arrayContaining(['渠道名称', '主办单位', '联系人', '联系电话']))
    expect(sheets[0].rows[1].cells[sheets[0].headings.findIndex((h: { text: string }) => h.text === '主办单位')].text).toBe('甲单位')
  })
  test.each([
    ['an old .xls under another name', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), '另存为'],
    ['a web page called .xlsx', '<html><table><tr><td>网站</td></tr></table></html>', 'HTML'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), '既不是工作簿也不是文本'],
    ['a workbook cut short', Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(50)]), '损坏'],
    ['columns that are not a ledger’s', '姓名,工资\n张三,1\n', '没有找到表头'],
  ])('%s is refused with what to do instead', async (_what, bytes, words) => {
    const answer = await preview(bytes, '台账.xlsx')
    expect([answer.statusCode, answer.json().error.message.zh]).toEqual([400, expect.stringContaining(words)])
  })
  test('with headings alone has no rows, and no error', async () => {
    expect((await preview('渠道类型,渠道名称,网址\n', '空.csv')).json().report).toMatchObject({ rows: 0, errorCount: 0 })
    expect((await send('', '空.csv')).statusCode).toBe(400)
  })
  test('too large is refused before it is read', async () => {
    expect((await send(Buffer.alloc(60 * 1024 * 1024 + 1), 'x.csv')).statusCode).toBe(413)
  })
  test('belongs to whoever sent it, and to those who may load ledgers', async () => {
    const { id } = (await send(CSV, 'a.csv')).json()
    person = { ...ADMINISTRATOR, id: 'somebody-else' }
    expect((await post(id, 'check')).statusCode).toBe(404)
    person = { ...ADMINISTRATOR, role: 'operations', region: '360100' }
    const mine = (await send(CSV, 'a.csv')).json().id
    expect((await post(mine, 'check')).statusCode).toBe(403)
    person = { ...ADMINISTRATOR, role: 'rectification' }
    expect((await send(CSV, 'a.csv')).statusCode).toBe(403)
    expect((await app.inject('/api/ledger/template')).rawPayload.subarray(0, 2).toString()).toBe('PK')
  })
  test('one channel is registered by hand, once', async () => {
    const put = (payload: object) => app.inject({ method: 'POST', url: '/api/channels', payload })
    const made = (await put({ kind: 'website', name: '抚州市政府', address: 'http://www.fz.example.gov.cn/', region: '361000' })).json()
    expect(made.id).toBeGreaterThan(0)
    const again = await put({ kind: 'website', name: '抚州市政府', address: 'http://www.fz.example.gov.cn' })
    expect([again.statusCode, again.json().error.details[0].id]).toEqual([409, made.id])
    expect((await put({ kind: 'website', name: '无址' })).statusCode).toBe(400)
  })
})
