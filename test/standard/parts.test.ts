import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canonical, check, checkRegister, draw, edition, EDITIONS, findings, gov2019, isMediaCode, isSiteCode, lacksTags, parseCanonical, redraw, regionOfSiteCode, replace,
  sheet, standardList, standardMarkdown, standardShow, validateTags, type Registered,
} from '../../src/standard/index.ts'
import { annualReport, siteNameFits } from '../../src/standard/register.ts'
import { twelveHourClock } from '../../src/standard/tags.ts'
import { ago, column, NOW, times } from './build.ts'
import { fine, portal } from './portal.ts'

describe('the catalogue', () => {
  const list = standardList()
  const ids = (prefix: string): string[] => list.map((r) => r.id).filter((id) => id.startsWith(prefix))
  const caps = (part: string): number[] => [...new Map(list.filter((r) => r.part === part).map((r) => [r.group.zh, 0])).keys()].map((g) => list.filter((r) => r.part === part && r.group.zh === g).reduce((n, r) => n + r.cap!, 0))

  test('holds every indicator, and the caps sum as published', () => {
    expect(ids('W')).toEqual(['W1.1', 'W1.2', 'W1.3', 'W1.4', 'W1.5', 'W1.6', 'W2', 'W3', 'W4a', 'W4b', 'W4c', 'W5a', 'W5b', 'W6a', 'W6b', 'W6c'])
    expect(ids('N')).toEqual(['N1', 'N2a', 'N2b', 'N3a', 'N3b'])
    expect(ids('D')).toEqual(times(29, (i) => `D${i + 1}`))
    expect(ids('B')).toEqual(times(10, (i) => `B${i + 1}`))
    expect(caps('deduction')).toEqual([31, 25, 23, 21])
    expect(caps('bonus')).toEqual([7, 6, 8, 6, 3])
    expect(list.filter((r) => r.cap !== null && r.part !== 'deduction' && r.part !== 'bonus')).toEqual([])
  })
  test('W4b is off; every rule has clause, gloss and needs; what a person decides has questions', () => {
    expect(list.filter((r) => !r.on).map((r) => r.id)).toEqual(['W4b'])
    for (const r of [...list, ...EDITIONS.flatMap((e) => standardList(e))]) {
      expect(r.clause.zh.length).toBeGreaterThan(5)
      expect(r.clause.en).not.toMatch(/[\u4e00-\u9fff]/)
      expect(r.needs.length).toBeGreaterThan(0)
      if (r.decided !== 'automatic') expect(r.questions.length).toBeGreaterThan(0)
    }
  })
  test('shows one, and names what it does not know', () => {
    expect(standardShow('w2')).toMatchObject({ id: 'W2', params: { limit: { value: 15_000, unit: 'ms' } } })
    expect(standardShow('D22').params['points_home']).toMatchObject({ value: 0.2, unit: 'points' })
    expect(() => standardShow('W9')).toThrow('W9')
    expect(() => standardList('gov-1999')).toThrow('gov-1999')
    expect(standardList('app-2026').map((r) => r.id)).toEqual(['gone', 'A1', 'A2', 'A3', 'A4', 'A5'])
  })
  test('its document names every rule of every edition', () => {
    const text = standardMarkdown()
    for (const r of EDITIONS.flatMap((e) => e.rules)) expect(text).toContain(`### ${r.id} `)
  })
})

describe('samples', () => {
  const population = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 40 })
  test('seeded, without regard to order or doubles, and redrawable', () => {
    fc.assert(fc.property(population, fc.string(), fc.integer({ min: 1, max: 8 }), (all, seed, n) => {
      const s = draw('D13', all, n, seed)
      expect(s.drawn).toHaveLength(Math.min(n, all.length))
      expect(new Set(s.drawn).size).toBe(s.drawn.length)
      expect(draw('D13', [...all].reverse().concat(all), n, seed)).toEqual(s)
      expect(redraw(s)).toEqual(s)
    }))
  })
  test('a member is replaced by hand, with a reason, by the next in rank', () => {
    const s = draw('D13', times(10, (i) => `g${i}`), 3, 'x')
    const why = { reason: '事项已取消', by: '甲', at: NOW }
    const t = replace(s, s.drawn[1]!, why)
    expect(t.drawn).toHaveLength(3)
    expect(t.drawn).not.toContain(s.drawn[1])
    expect(t.replaced).toEqual([{ out: s.drawn[1], in: t.drawn[1], ...why }])
    expect(redraw(t)).toEqual(t)
    expect(replace(t, t.drawn[1]!, why).drawn[1]).not.toBe(s.drawn[1])
    expect(() => replace(s, 'gX', why)).toThrow('gX')
    expect(() => replace(s, s.drawn[0]!, { ...why, reason: ' ' })).toThrow('reason')
    expect(() => replace(draw('D13', ['a'], 3, 'x'), 'a', why)).toThrow('nothing is left')
  })
})

describe('the inspection sheet', () => {
  const f = fine()
  const facts = portal({ links: { ...f.links, broken: times(2, (i) => ({ url: `http://x/${i}`, page: 'http://www.example.gov.cn/', reason: '404' })) }, ipv6: { aaaa: false, reached: null } }, { columns: [...portal().columns, column({ id: 77, class: 'notice', newest: '2025-12-01', name: '公示公告' })] })
  const record = check(facts, gov2019, NOW, 's')
  test('has a row an indicator, in points', () => {
    const rows = sheet(record, gov2019, facts)
    expect(rows).toHaveLength(60)
    expect(rows.find((r) => r.id === 'D22')).toMatchObject({ group: { zh: '功能设计' }, item: { zh: '可用性' }, single: [0.2, 0.2], cap: 1, points: 0.4, open: 0, problems: { zh: '首页链接打不开或错误(处):2处,0.4分' } })
    expect(rows.find((r) => r.id === 'W3')).toMatchObject({ answer: 'met', cap: null, points: null, problems: { zh: '未发现问题' } })
    expect(rows.find((r) => r.id === 'N2a')).toMatchObject({ answer: 'not_applicable', problems: { zh: '不适用' } })
  })
  test('lists each place at fault, numbered, with its snapshot', () => {
    const rows = findings(record, gov2019, facts)
    expect(rows.map((r) => r.number)).toEqual(times(rows.length, (i) => i + 1))
    expect(rows.map((r) => r.standard)).toEqual(['D9', 'D22', 'D22', 'D29'])
    expect(rows.find((r) => r.standard === 'D9')).toMatchObject({ column: '公示公告', snapshot: 'c77', rectified: null, at: NOW })
    expect(rows.find((r) => r.standard === 'D22')).toMatchObject({ url: 'http://x/0', problem: { zh: '打不开:404' } })
  })
})

describe('the register', () => {
  const c = (over: Partial<Registered>): Registered => ({
    id: 1, kind: 'website', name: '南昌县人民政府', siteCode: '3601210001', unit: { id: 1, name: '南昌县人民政府', level: 3 }, regionCode: '360121', filingStatus: 'filed', runningStatus: 'running', ...over,
  })
  const rules = (...all: Registered[]) => checkRegister(all, NOW).map((x) => `${x.rule}:${x.answer}`)
  test('a county government’s site is in order', () => expect(rules(c({}))).toEqual([]))
  test('townships and county departments should have none', () => {
    expect(rules(c({ name: '莲塘镇', unit: { id: 2, name: '莲塘镇人民政府', level: 4 } }))).toEqual(['township_site:violated'])
    expect(rules(c({ name: '南昌县教育局', unit: { id: 3, name: '南昌县教育局', level: 3 } }))).toEqual(['county_department_site:violated'])
    expect(rules(c({ name: '南昌市教育局', unit: { id: 3, name: '南昌市教育局', level: 2 }, regionCode: '360121' }))).toEqual([])
  })
  test('one site a unit, one account a unit and platform; closed ones and groups do not count', () => {
    const weibo = (id: number, over: Partial<Registered> = {}) => c({ id, kind: 'weibo', name: '南昌县发布', siteCode: null, ...over })
    expect(checkRegister([weibo(2), weibo(1), c({ id: 3 })], NOW)).toMatchObject([{ rule: 'one_account', channels: [1, 2] }])
    expect(rules(weibo(1), weibo(2, { runningStatus: 'cancelled' }))).toEqual([])
    expect(rules(weibo(1), weibo(2, { unit: { id: 9, name: '县教育局', level: 3 } }))).toEqual([])
    expect(rules(c({ id: 1, kind: 'qq_group', siteCode: null }), c({ id: 2, kind: 'qq_group', siteCode: null }))).toEqual([])
    expect(rules(c({ id: 1 }), c({ id: 2, siteCode: '3601210002' }))).toEqual(['one_site:violated'])
  })
  test('codes: pattern, region, doubles', () => {
    expect(['3601210001', 'bm01000001', 'BM64130001', 'N000000672'].map(isSiteCode)).toEqual([true, true, true, true])
    expect(['360121001', '36012100011', 'bm0100001', 'x000000672', ''].map(isSiteCode)).toEqual([false, false, false, false, false])
    expect([isMediaCode('3601210001000123'), isMediaCode('360121000100012')]).toEqual([true, false])
    expect([regionOfSiteCode('3601210001'), regionOfSiteCode('bm01000001')]).toEqual(['360121', null])
    expect(rules(c({ siteCode: '12345' }))).toEqual(['site_code:violated'])
    expect(rules(c({ siteCode: '4401000059' }))).toEqual(['site_code_region:violated'])
    expect(rules(c({ siteCode: '3601000001' }))).toEqual(['site_code_region:not_observed'])
    expect(rules(c({ id: 1 }), c({ id: 2, unit: { id: 5, name: '南昌县人民政府', level: 3 } }))).toEqual(['site_code_twice:violated'])
    expect(rules(c({ kind: 'douyin', siteCode: '123' }))).toEqual(['media_code:violated'])
  })
  test('filing, and being offline: 30 days and 31', () => {
    expect(rules(c({ filingStatus: 'unfiled' }))).toEqual(['unfiled:violated'])
    expect(rules(c({ runningStatus: 'suspended', suspendedOn: ago(30) }))).toEqual([])
    expect(rules(c({ runningStatus: 'suspended', suspendedOn: ago(31) }))).toEqual(['suspended_long:violated'])
  })
  test('the annual report: due on 31 January, asked for from 1 February', () => {
    const on = (day: string, publishedOn: string | null) => annualReport([{ year: 2025, publishedOn }, { year: 2024, publishedOn: '2025-01-20' }], new Date(`${day}T02:00:00Z`))
    expect(on('2026-02-01', '2026-01-31')).toEqual({ answer: 'met', year: 2025, due: '2026-01-31' })
    expect(on('2026-02-01', '2026-02-01').answer).toBe('violated')
    expect(on('2026-01-31', null)).toEqual({ answer: 'met', year: 2024, due: '2025-01-31' })
    expect(annualReport(null, NOW).answer).toBe('not_observed')
  })
  test('names', () => {
    expect([siteNameFits('南昌县人民政府门户网站', '南昌县人民政府办公室'), siteNameFits('中国·新建', '南昌县人民政府')]).toEqual([true, false])
  })
})

describe('page tags of 47号', () => {
  const all = { SiteName: '某', SiteDomain: 'www.x.gov.cn', SiteIDCode: '3601210001', ColumnName: '要闻', ColumnDescription: '述', ColumnKeywords: '词', ColumnType: '工作动态', ArticleTitle: '题', PubDate: '2026-06-01 14:30', ContentSource: '县府办' }
  const states = (metas: Record<string, string>, page: 'home' | 'column' | 'article') => Object.fromEntries(validateTags(metas, page).filter((x) => x.required && x.state !== 'ok').map((x) => [x.tag, x.state]))
  test('three on every page, seven on columns, six on articles', () => {
    expect([states(all, 'home'), states(all, 'column'), states(all, 'article')]).toEqual([{}, {}, {}])
    expect(Object.keys(states({}, 'home'))).toEqual(['SiteName', 'SiteDomain', 'SiteIDCode'])
    expect(Object.keys(states({}, 'column'))).toHaveLength(7)
    expect(Object.keys(states({}, 'article'))).toHaveLength(6)
  })
  test('names without case; empty and malformed told apart', () => {
    expect(states({ sitename: '某', SITEDOMAIN: 'www.x.gov.cn', siteidcode: '3601210001' }, 'home')).toEqual({})
    expect(states({ ...all, SiteName: ' ', SiteIDCode: '36012', PubDate: '2026-06-01' }, 'article')).toEqual({ SiteName: 'empty', SiteIDCode: 'malformed', PubDate: 'malformed' })
    for (const bad of ['2026-02-30 10:00', '2026-06-01 24:00', '2026-06-01 10:60', '2026/06/01 10:00']) expect(states({ ...all, PubDate: bad }, 'article')).toEqual({ PubDate: 'malformed' })
  })
  test('D27 asks whether a layer is there at all', () => {
    expect(lacksTags({ ColumnName: '要闻' }, 'column')).toEqual(['site'])
    expect(lacksTags({ SiteName: '某' }, 'article')).toEqual(['article'])
    expect(lacksTags(all, 'article')).toEqual([])
  })
  test('a clock of twelve hours is a lead', () => {
    const days = (hour: (i: number) => number) => times(30, (i) => `2026-06-01 ${String(hour(i)).padStart(2, '0')}:10`)
    expect(twelveHourClock(days((i) => (i % 12) + 1))).toBe(true)
    expect(twelveHourClock(days((i) => 8 + (i % 10)))).toBe(false)
    expect(twelveHourClock(days((i) => (i % 12) + 1).slice(0, 19))).toBe(false)
  })
})

describe('small things', () => {
  test('facts survive being written and read', () => {
    expect(parseCanonical(canonical({ b: NOW, a: [undefined, 1], c: undefined }))).toEqual({ a: [null, 1], b: NOW })
    expect(canonical({ b: 1, a: 2 })).toBe(canonical({ a: 2, b: 1 }))
  })
  test('editions have distinct ids', () => {
    expect(new Set(EDITIONS.map((e) => e.id)).size).toBe(EDITIONS.length)
    expect(edition('campaign').rules.map((r) => r.id)).not.toContain('W4b')
  })
})
