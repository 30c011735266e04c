import { readFile, writeFile, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importLedger } from '../../src/registry/index.ts'
import { openSheets } from '../../src/registry/sheet/open.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { csv, workbook } from './workbooks.ts'

let base: TestDatabase
beforeEach(async () => void (base = await testDatabase()))
afterEach(() => base.close())

const load = (bytes: Uint8Array, more: object = {}) => importLedger({ ctx: base.ctx, input: { bytes, name: 'ledger', ...more } })
const channels = async () => [...await base.db.orm.execute<Record<string, unknown>>(sql`
  select c.kind, c.name, c.address, c.account_id, c.site_code, o.name as unit, c.region_code, c.running_status, c.state, c.opened_on::text, c.phone, c.members, c.note, c.extra, c.filing_status
  from channel c left join organisation o on o.id = c.organisation_id order by c.id`)]
const statements = async () => [...await base.db.orm.execute<Record<string, unknown>>(sql`select newest_on::text, stated_on::text, stated_by from attestation order by id`)]

describe('workbooks as people keep them', () => {
  test('a title, merged cells, notes, blank rows, dates of every form, links, full-width text', async () => {
    const report = await load(await workbook({
      台账: [
        ['附件1　某县政务新媒体台账（2026年）'],
        ['填报单位：某县', null, null, null, null, null, null, '填报日期：2026-05-20'],
        ['序号', '平台\n类型*', '账号名称（必填）', '主页地址', '主办单位', '地区', '开通时间', '最后更新时间', '数据截至时间', '联系电话'],
        [1, '新浪微博', ' 某县发布　', 'https://weibo.com/u/1234567890', '某县政府办', '江西省南昌市南昌县', new Date(Date.UTC(2019, 2, 1)), 46143, '2026年5月20日', 79188880000],
        [],
        [2, '微信公众号', 'Ａ县教育', 'gh_0123456789ab', null, '南昌县', '2019年3月', '２０２６／５／１', '2026.05.20', '０７９１－８８'],
        [3, '网站', '某县政府网', { text: '点击查看', hyperlink: 'http://www.a.gov.cn/?a=1&b=2' }, null, '360121', '20190301', '二〇二六年五月一日', '2026-05-20 09:30', '无'],
        ['合计', null, 3],
        ['注：以上数据截至5月'],
      ],
    }, { merges: { 台账: ['A1:J1', 'E4:E7'] } }))
    expect(report.errors).toEqual([])
    expect(report).toMatchObject({ imported: true, rows: 3, created: 3, organisations: 1, attestations: 3 })
    expect(await channels()).toMatchObject([
      { kind: 'weibo', name: '某县发布', unit: '某县政府办', region_code: '360121', opened_on: '2019-03-01', phone: '79188880000' },
      { kind: 'wechat_official', name: 'A县教育', unit: '某县政府办', opened_on: '2019-03-01', phone: '0791-88' },
      { kind: 'website', address: 'http://www.a.gov.cn/?a=1&b=2', unit: '某县政府办', opened_on: '2019-03-01', phone: null },
    ])
    expect(await statements()).toEqual(['某县政府办', '某县政府办', '某县政府办'].map((stated_by) => ({ newest_on: '2026-05-01', stated_on: '2026-05-20', stated_by })))
  })

  test('headings in two rows', async () => {
    const report = await load(await workbook({
      网站: [['网站名称', '网址', '联系人', null], [null, null, '姓名', '电话'], ['甲', 'http://a.gov.cn', '张三', '0791']],
    }, { merges: { 网站: ['A1:A2', 'B1:B2', 'C1:D1'] } }))
    expect(report.errors).toEqual([])
    expect(await channels()).toMatchObject([{ name: '甲', phone: '0791' }])
  })

  test('numbers as codes keep the zeros their format shows; a long id turned into a number is refused and says so', async () => {
    const report = await load(await workbook({
      表: [['类型', '名称', '网址', '标识码', '账号ID'], ['网站', '甲', 'http://a.gov.cn', 12345678, null], ['今日头条', '乙', null, null, 1.23456789012345e15], ['抖音', '丙', null, null, '1.23E+15']],
    }, { formats: { 表: { D2: '0000000000' } } }), { skipBad: true })
    expect(await channels()).toMatchObject([{ site_code: '0012345678' }])
    expect(report.errors.map((e) => [e.row, e.column, e.expected.zh.includes('末几位已经丢失')])).toEqual([[3, 'E 账号ID', true], [4, 'E 账号ID', true]])
  })

  test('a formula gives its result; one without a result, and #N/A, are errors', async () => {
    const report = await load(await workbook({
      表: [['类型', '名称', '网址'], ['网站', { formula: 'A1', result: '甲' }, 'http://a.gov.cn'], ['网站', { formula: 'A1' }, 'http://b.gov.cn'], ['网站', '丙', { error: '#N/A' }]],
    }), { skipBad: true })
    expect((await channels()).map((c) => c['name'])).toEqual(['甲'])
    expect(report.errors.map((e) => `${e.row} ${e.column}`)).toEqual(['3 B 名称', '4 C 网址'])
  })

  test('the kind from the sheet’s name or the address; hidden sheets and pages of notes are passed over', async () => {
    const report = await load(await workbook({
      说明: [['请先阅读']],
      微信群台账: [['群名称', '主办单位', '群号', '人数'], ['民生群', '某局', 'm01', '约48人']],
      其他表: [['名称', '链接'], ['某发布', 'https://weibo.com/u/1234567890'], ['某网', 'www.a.gov.cn']],
      旧表: [['名称', '链接'], ['旧', 'http://old.gov.cn']],
    }, { hidden: ['旧表'] }))
    expect(report.errors).toEqual([])
    expect((await channels()).map((c) => c['kind'])).toEqual(['wechat_group', 'weibo', 'website'])
    expect(report.warnings.map((w) => w.sheet)).toContain('旧表')
    expect(report.sheets.find((s) => s.name === '说明')?.use).toBe('skipped')
  })

  test('columns: by address, name or code; relative links; class and days; again, nothing changes', async () => {
    const bytes = await workbook({
      栏目: [['网站名称', '栏目名称', '栏目链接', '栏目类别', '更新期限(天)', '栏目状态'],
        ['甲', '要闻', 'xw/', '动态、要闻类', 14, 0], ['3601000001', '公示公告', 'http://a.gov.cn/gg/?x=1', null, '2周', '停用'], ['没有的站', '乙', '/b', null, null, null]],
      网站: [['网站名称', '网址', '网站标识码'], ['甲', 'http://a.gov.cn/', '3601000001']],
    })
    const report = await load(bytes, { skipBad: true })
    expect(report.columns).toEqual({ rows: 3, created: 2, updated: 0, unchanged: 0 })
    expect(report.errors).toMatchObject([{ sheet: '栏目', row: 4, column: 'A 网站名称', value: '没有的站' }])
    expect([...await base.db.orm.execute(sql`select url, url_key, name, class, threshold_days, active, source from site_column order by id`)]).toEqual([
      { url: 'http://a.gov.cn/xw/', url_key: 'a.gov.cn/xw', name: '要闻', class: 'news', threshold_days: 14, active: true, source: 'ledger' },
      { url: 'http://a.gov.cn/gg/?x=1', url_key: 'a.gov.cn/gg', name: '公示公告', class: 'notice', threshold_days: 14, active: false, source: 'ledger' },
    ])
    expect((await load(bytes, { skipBad: true })).columns).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
  })
})

describe('CSV', () => {
  const text = '渠道类型,渠道名称,网址/账号,主办单位\r\n网站,江西某局,http://a.gov.cn/,某局\r\n'
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${text}`)],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['semicolons', Buffer.from(text.replaceAll(',', ';'))],
    ['tabs', Buffer.from(text.replaceAll(',', '\t'))],
    ['sep=', Buffer.from(`sep=;\r\n${text.replaceAll(',', ';')}`)],
    // The same two lines as Excel saves them in China.
    ['GB18030', Buffer.from('c7feb5c0c0e0d0cd2cc7feb5c0c3fbb3c62ccdf8d6b72fd5cbbac52cd6f7b0ecb5a5cebb0d0acdf8d5be2cbdadcef7c4b3bed62c687474703a2f2f612e676f762e636e2f2cc4b3bed60d0a', 'hex')],
  ])('%s', async (_, bytes) => {
    const report = await load(bytes)
    expect(report.errors).toEqual([])
    expect(await channels()).toMatchObject([{ kind: 'website', name: '江西某局', address: 'http://a.gov.cn/', unit: '某局' }])
  })

  test('rows are numbered as the user sees them, after quoted line breaks too', async () => {
    const report = await load(csv(['类型', '名称', '网址'], ['网站', '甲\n乙', 'http://a.gov.cn'], ['网站', '丙', 'not an address']))
    expect(report.errors).toMatchObject([{ row: 3, column: 'C 网址', value: 'not an address' }])
  })
})

describe('what a second import does', () => {
  const head = ['类型', '名称', '网址', '主办单位', '联系电话', '自编']
  test('blank keeps, absent stays, changed is changed and audited; doing it again changes nothing', async () => {
    await load(csv(head, ['网站', '甲', 'http://a.gov.cn', '某局', '0791-1', 'x'], ['网站', '乙', 'http://b.gov.cn', '某局', '0791-2', 'y']))
    const second = csv(head, ['网站', '甲改', 'HTTP://A.gov.cn/index.html', '', '', ''])
    expect(await load(second)).toMatchObject({ created: 0, updated: 1, organisations: 0 })
    expect(await channels()).toMatchObject([{ name: '甲改', unit: '某局', phone: '0791-1', extra: { 自编: 'x' } }, { name: '乙' }])
    const [update] = await base.db.orm.execute<{ detail: { changes: { field: string; before: string; after: string }[] } }>(sql`select detail from audit where verb = 'channel.update'`)
    expect(update?.detail.changes).toContainEqual({ field: 'name', before: '甲', after: '甲改' })
    expect(await load(second)).toMatchObject({ created: 0, updated: 0, unchanged: 1 })
    expect([...await base.db.orm.execute(sql`select verb, count(*)::int as n from audit group by verb order by verb`)]).toEqual([
      { verb: 'channel.create', n: 2 }, { verb: 'channel.update', n: 1 }, { verb: 'ledger.import', n: 3 }, { verb: 'region.seed', n: 1 },
    ])
  })

  test('all or nothing: one bad row, and nothing is written; a dry run writes nothing either', async () => {
    const bytes = csv(head, ['网站', '甲', 'http://a.gov.cn', '某局', '', ''], ['飞鸽', '乙', 'x', '某局', '', ''])
    const report = await load(bytes)
    expect(report).toMatchObject({ imported: false, created: 1, rejected: 1 })
    expect(report.errors[0]).toMatchObject({ sheet: 'ledger', row: 3, column: 'A 类型', value: '飞鸽' })
    expect(report.errors[0]?.expected.zh).toContain('微信公众号')
    expect(await load(csv(head, ['网站', '甲', 'http://a.gov.cn', '某局', '', '']), { dryRun: true })).toMatchObject({ imported: false, created: 1 })
    expect(await channels()).toEqual([])
    expect([...await base.db.orm.execute(sql`select 1 from organisation`)]).toEqual([])
  })

  test('skip bad: the rejected rows come back with their reasons, and mended they import', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ledger-'))
    const file = join(folder, 'l.csv')
    await writeFile(file, csv(head, ['网站', '甲', 'http://a.gov.cn', '某局', '007', 'x'], ['飞鸽', '乙', 'http://b.gov.cn', '某局', '008', 'y']))
    const report = await importLedger({ ctx: base.ctx, input: { file, skipBad: true } })
    expect(report).toMatchObject({ imported: true, created: 1, rejected: 1, rejectedFile: join(folder, 'l.rejected.xlsx') })
    const bytes = await readFile(join(folder, 'l.rejected.xlsx'))
    const [sheet] = await openSheets(bytes, 'r')
    const rows = []
    for await (const row of sheet!.rows()) rows.push(row.cells.map((c) => c?.text ?? ''))
    expect(rows[0]).toEqual([...head, '错误原因'])
    expect(rows[1]?.slice(0, 6)).toEqual(['飞鸽', '乙', 'http://b.gov.cn', '某局', '008', 'y'])
    expect(rows[1]?.[6]).toContain('渠道类型应为')
    const mended = await load(await workbook({ l: [rows[0] ?? [], ['网站', ...(rows[1] ?? []).slice(1)]] }))
    expect(mended).toMatchObject({ imported: true, created: 1, errorCount: 0 })
    expect((await channels())[1]).toMatchObject({ name: '乙', phone: '008', extra: { 自编: 'y' } })
  })

  test('the same channel twice: equal rows are one, different ones are an error that names the other row', async () => {
    const one = ['网站', '甲', 'http://a.gov.cn', '某局', '', '']
    expect(await load(csv(head, one, one))).toMatchObject({ imported: true, created: 1, repeated: 1 })
    const report = await load(csv(head, one, ['网站', '甲', 'a.gov.cn/', '别局', '', '']))
    expect(report.errors[0]?.expected.zh).toContain('第 2 行')
  })

  test('a group is known by unit and number or name; without a unit it is refused', async () => {
    const bytes = csv(['类型', '群名称', '群号', '主办单位', '地区'], ['QQ群', '民生', '1001', '甲局', '南昌市'], ['QQ群', '民生', '1001', '乙局', '南昌市'], ['微信群', '民生', '', '甲局', '南昌市'], ['微信群', '无主', '', '', ''])
    expect(await load(bytes, { skipBad: true })).toMatchObject({ created: 3, rejected: 1, errors: [{ row: 5 }] })
    expect(await load(bytes, { skipBad: true })).toMatchObject({ created: 0, unchanged: 3 })
    // Its number is learned later: the same group under a better key.
    expect(await load(csv(['类型', '群名称', '群号', '主办单位', '地区'], ['微信群', '民生', 'w9', '甲局', '南昌市']))).toMatchObject({ created: 0, updated: 1 })
  })

  test('关停 closes as reported by the unit, 正常 reopens what a ledger closed, but not what review closed', async () => {
    const rows = (a: string, b: string) => csv(['类型', '名称', '网址', '运行状态'], ['网站', '甲', 'http://a.gov.cn', a], ['网站', '乙', 'http://b.gov.cn', b])
    expect(await load(rows('正常', '已注销'))).toMatchObject({ created: 2, closed: 1 })
    expect(await load(rows('关停', '正常'))).toMatchObject({ closed: 1, reopened: 1 })
    expect(await channels()).toMatchObject([{ state: 'closed', running_status: 'closed' }, { state: 'active', running_status: 'running' }])
    await base.db.orm.execute(sql`update channel set state = 'closed' where name = '乙'`)
    await base.db.orm.execute(sql`insert into audit (at, actor, verb, entity, entity_id, detail) select now(), '{}', 'channel.close', 'channel', id::text, '{"by":"review"}' from channel where name = '乙'`)
    const report = await load(rows('关停', '正常'))
    expect(report).toMatchObject({ reopened: 0 })
    expect(report.warnings.some((w) => w.expected.zh.includes('审核关停'))).toBe(true)
  })

  test('an undated statement counts from the day of import, once: an old file does not renew it', async () => {
    const bytes = csv(['类型', '名称', '主办单位', '最后使用日期'], ['微信群', '群', '某局', '2026-05-01'])
    const first = await load(bytes)
    expect(first.warnings.some((w) => w.expected.zh.includes('2026-06-01'))).toBe(true)
    base.ctx.clock.advance(40 * 86_400_000)
    expect(await load(bytes)).toMatchObject({ attestations: 0, unchanged: 1 })
    expect(await statements()).toEqual([{ newest_on: '2026-05-01', stated_on: '2026-06-01', stated_by: '某局' }])
  })

  test('a date to come, or one that is none, is refused: nothing is invented', async () => {
    const report = await load(csv(['类型', '名称', '网址', '最近更新日期'], ['网站', '甲', 'a.gov.cn', '2026-06-02'], ['网站', '乙', 'b.gov.cn', '上个月'], ['网站', '丙', 'c.gov.cn', '1/5/2026'], ['网站', '丁', 'd.gov.cn', '2026-02-30'], ['网站', '戊', 'e.gov.cn', '—']), { skipBad: true })
    expect(report.errors.map((e) => [e.row, e.value])).toEqual([[2, '2026-06-02'], [3, '上个月'], [4, '1/5/2026'], [5, '2026-02-30']])
    expect(report).toMatchObject({ created: 1, attestations: 0 })
  })
})

describe('the registries’ own columns', () => {
  test('vendor accounts: 账号类型 and 账号状态 by code; what is not ours is kept', async () => {
    const report = await load(csv(['填报单位标识码', '填报单位名称', '新媒体标识码', '账号类型', '微信号ID', '主页地址', '账号名称', '账号状态', '是否开启监测'],
      ['3601000001', '某局', '3601000001123456', '127', 'sph123', '', '某视频号', '0', '是']))
    expect(report.errors).toEqual([])
    expect(await channels()).toMatchObject([{ kind: 'wechat_channels', running_status: 'cancelled', state: 'closed', site_code: '3601000001123456', unit: '某局', extra: { 填报单位标识码: '3601000001', 是否开启监测: '是' } }])
  })

  test('报送系统 sites: status by code, province, city and county in columns', async () => {
    const report = await load(csv(['网站标识码', '网站名称', '省', '市', '县', '级别', 'url', '网站主管单位', '状态'], ['3601030001', '某区政府', '江西省', '南昌市', '西湖区', '3', 'http://a.gov.cn', '市政府', '2'], ['3600000001', '省网', '江西省', '省本级', '', '1', 'http://b.gov.cn', '', '1']))
    expect(report.errors).toEqual([])
    expect(await channels()).toMatchObject([{ kind: 'website', region_code: '360103', running_status: 'suspended', extra: { 级别: '3' } }, { region_code: '360000' }])
  })

  test('the 河南 tool numbers kinds its own way', async () => {
    const report = await load(csv(['站点名称', '站点域名', '首页链接', '站点标识码', '站点类型', '城市'], ['某站', 'a.gov.cn', 'http://a.gov.cn/x/', '3601000001', '1', '南昌市'], ['某微博', '', 'https://weibo.com/u/1234567890', '', '3', '赣州']))
    expect(report.errors).toEqual([])
    expect(await channels()).toMatchObject([{ kind: 'website', address: 'http://a.gov.cn/x/', region_code: '360100', extra: { 站点域名: 'a.gov.cn' } }, { kind: 'weibo', region_code: '360700' }])
  })

  test('regions: townships by code, zones without one, names that several bear', async () => {
    const report = await load(csv(['类型', '名称', '网址', '地区', '乡镇'], ['网站', '甲', 'a.gov.cn', '360121101', '莲塘镇'], ['网站', '乙', 'b.gov.cn', '南昌市/某某工业园区', ''], ['网站', '丙', 'c.gov.cn', '鼓楼区', ''], ['网站', '丁', 'd.gov.cn', '赣江新区', ''], ['网站', '戊', 'e.gov.cn', '不存在市', '']), { skipBad: true })
    expect((await channels()).map((c) => c['region_code'])).toEqual(['360121101', '3601Z4', '36Z001'])
    expect(report.errors.map((e) => [e.row, e.column])).toEqual([[4, 'D 地区'], [6, 'D 地区']])
    expect(report.errors[0]?.expected.zh).toContain('江苏省南京市鼓楼区')
    expect([...await base.db.orm.execute(sql`select name, level, parent_code from region where code = '360121101'`)]).toEqual([{ name: '莲塘镇', level: 4, parent_code: '360121' }])
  })
})
