import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkJson, eachCheck, exportCheck, recordFinding, runCheck } from '../../src/check/index.ts'
import type { CheckJson } from '../../src/check/index.ts'
import { single } from '../../src/check/report/form.ts'
import { share } from '../../src/check/report/words.ts'
import { safeLink } from '../../src/export/styled.ts'
import { noEvidence, openPacks } from '../../src/evidence/index.ts'
import type { EvidenceStore } from '../../src/evidence/index.ts'
import { fine } from '../standard/portal.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { all, parseXml, readWorkbook, rowOf, unzip } from './reader.ts'
import type { ReadSheet } from './reader.ts'
import { ago, COLUMN_SHA, NOW, observed, regions, stale } from './register.ts'

let t: TestDatabase
let folder = ''
beforeAll(async () => {
  t = await testDatabase({ now: NOW.toISOString() })
  await regions(t)
  folder = await mkdtemp(join(tmpdir(), 'huoshui-check-'))
})
afterAll(async () => {
  await t.close()
  await rm(folder, { recursive: true, force: true })
})

async function stored(run: number): Promise<CheckJson[]> {
  const found: CheckJson[] = []
  for await (const c of eachCheck(t.db.sql, run)) found.push(checkJson(c))
  return found
}
const sheetNamed = (sheets: readonly ReadSheet[], name: RegExp): ReadSheet => sheets.find((s) => name.test(s.name))!
const ids = { failed: 0, portal: 0, media: 0 }
let few = 0

beforeAll(async () => {
  ids.failed = await observed(t, { name: '=HYPERLINK("http://evil")', siteCode: '0012345678', columns: [...stale(4, 20), { name: '=1+1', class: 'news', newest: ago(30) }] })
  ids.portal = await observed(t, {
    name: '某县人民政府', siteCode: '3601210001', region: '361100',
    columns: [{ name: '要闻', class: 'news', newest: ago(3) }, { name: '政策文件', class: 'policy', newest: ago(250) }],
    probes: { ...fine(), letters: { ...fine().letters, statistics: false } },
  })
  ids.media = await observed(t, { name: '某发布', kind: 'weibo', newest: ago(15), siteCode: '1234567890123456' })
  await recordFinding({ ctx: t.ctx, input: { channel: ids.portal, indicator: 'D14', by: '张三', answers: { wrong: 2 }, places: [{ question: 'wrong', url: 'javascript:alert(1)', note: '@电话有误' }] } })
  few = (await runCheck({ ctx: t.ctx, input: { channels: [ids.failed, ids.portal, ids.media] } })).run
})

describe('the workbook of a few channels', () => {
  let sheets: ReadSheet[]
  let names: string[]
  let json: CheckJson[]
  beforeAll(async () => {
    const file = join(folder, 'few.xlsx')
    await exportCheck({ ctx: t.ctx, input: { run: few, file } })
    const read = readWorkbook(await readFile(file))
    sheets = read.sheets
    names = read.definedNames
    json = await stored(few)
  })

  test('has cover, regions, a form a channel, samples, findings and evidence', () => {
    expect(sheets.map((s) => s.name)).toEqual(['封面', '地区汇总', expect.stringMatching(/^1 /), expect.stringMatching(/^2 /), expect.stringMatching(/^3 /), '抽样', '人工核查', '问题清单', '证据'])
    const cover = [...sheets[0]!.cells.values()].map((c) => c.value).join('|')
    for (const wanted of ['国办秘函〔2019〕19号', '2026-06-01 12:00', '3 个', `${few}`, '未能核查']) expect(cover).toContain(wanted)
    const region = sheets[1]!
    expect(rowOf(region, 2, 6)).toEqual(['南昌市', '360100', '2', '0', '2', '0'])
    expect(rowOf(region, 4, 6)).toEqual(['合计', '', '3', '0', String(json.filter((c) => c.verdict === 'failed').length), String(json.filter((c) => c.verdict === 'undecided').length)])
  })

  test('each form, read back, equals the JSON', () => {
    for (const c of json) {
      const sheet = sheets.find((s) => s.cells.get('D3')?.value === String(c.channel.id))!
      expect(rowOf(sheet, 2, 4)).toEqual(['渠道名称', c.channel.name, '网址/账号', c.channel.address])
      expect(rowOf(sheet, 7, 7)).toEqual(['一级指标', '二级指标', '评分细则', '问题统计', '单项扣分', '上限分值', '扣分'])
      const applicable = c.results.filter((r) => r.answer !== 'not_applicable')
      const texts = applicable.map((_, i) => rowOf(sheet, 8 + i, 9))
      expect(texts.map((r) => [r[7], r[2], r[3], r[5], r[6], r[8]])).toEqual(applicable.map((r) => [r.id, r.clause.zh, r.problems.zh, r.cap === null ? '' : String(r.cap), r.points === null ? '' : String(r.points), r.open === 0 ? '' : String(r.open)]))
      expect(sheet.cells.get('D6')?.value).toBe(c.score === null ? '–' : `${c.score.worst.toFixed(2)} ~ ${c.score.best.toFixed(2)}`)
      expect(sheet.merges.some((m) => /^A\d+:A\d+$/.test(m))).toBe(true)
    }
    const portal = json.find((c) => c.channel.id === ids.portal)!
    const by = (id: string) => portal.results.find((r) => r.id === id)!
    expect([by('D5').points, by('D14').points, by('D18').points]).toEqual([5, 2, 3])
  })

  test('the findings lead to their pages and to their evidence, and nothing else is a link', () => {
    const sheet = sheetNamed(sheets, /^问题清单$/)
    const evidence = sheetNamed(sheets, /^证据$/)
    expect(rowOf(sheet, 1, 8)).toEqual(['序号', '监测时间', '栏目', '问题链接', '问题描述', '快照', '检查标准', '是否整改'])
    const rows = Array.from({ length: 40 }, (_, i) => ({ n: i + 2, cells: rowOf(sheet, i + 2, 10) })).filter((r) => r.cells[0] !== '')
    expect(rows.map((r) => r.cells[0])).toEqual(rows.map((_, i) => String(i + 1)))
    const stale = rows.filter((r) => r.cells[6] === 'W4a')
    expect(stale).toHaveLength(5)
    for (const { n, cells } of stale) {
      expect(sheet.links.get(`D${n}`)).toBe(cells[3])
      expect(cells[5]).toBe(COLUMN_SHA)
      const target = /^#'证据'!(A\d+)$/.exec(sheet.links.get(`F${n}`)!)![1]!
      expect(evidence.cells.get(target)?.value).toBe(COLUMN_SHA)
    }
    const unsafe = rows.find((r) => r.cells[3] === 'javascript:alert(1)')!
    expect(sheet.links.has(`D${unsafe.n}`)).toBe(false)
    expect([...sheet.links.values()].every((l) => /^(https?:\/\/|#)/.test(l))).toBe(true)
  })

  test('samples and signatures stand with the check', () => {
    const samples = sheetNamed(sheets, /^抽样$/)
    expect(rowOf(samples, 1, 6)).toEqual(['渠道名称', '抽样', '种子', '总体数', '抽中', '更换及理由'])
    expect(rowOf(samples, 2, 3)).toEqual(['某县人民政府', expect.stringMatching(/^[DB]\d/), 'gov-2019:2026-06-01'])
    expect(rowOf(sheetNamed(sheets, /^人工核查$/), 2, 7)).toEqual(['某县人民政府', 'D14', '张三', '2026-06-01 12:00', '2026-06-01', expect.stringMatching(/:2$/), '@电话有误 javascript:alert(1)'])
  })

  test('ids are text with their zeros, no cell is a formula, and it prints with headings on A4', () => {
    const form = sheets.find((s) => s.cells.get('D3')?.value === String(ids.failed))!
    expect(form.cells.get('B3')).toMatchObject({ value: '0012345678', formula: false })
    expect(form.cells.get('B3')!.type).not.toBe('n')
    expect(form.cells.get('B2')!.value).toBe('=HYPERLINK("http://evil")')
    for (const s of sheets) for (const c of s.cells.values()) expect(c.formula).toBe(false)
    for (const s of sheets) expect(all(s.xml, 'pageSetup')[0]?.attributes).toMatchObject({ paperSize: '9', fitToHeight: '0' })
    expect(all(form.xml, 'pageSetup')[0]?.attributes['orientation']).toBe('landscape')
    expect(names.some((n) => n.includes('$7:$7'))).toBe(true)
  })
})

describe('the workbook of many channels', () => {
  test('has one matrix instead of forms, with every indicator a column, equal to the JSON', async () => {
    const many: number[] = []
    for (let i = 0; i < 21; i += 1) many.push(await observed(t, { name: `局${i}`, columns: stale(i % 7, 20) }))
    const { run } = await runCheck({ ctx: t.ctx, input: { channels: many } })
    const file = join(folder, 'many.xlsx')
    await exportCheck({ ctx: t.ctx, input: { run, file } })
    const { sheets } = readWorkbook(await readFile(file))
    expect(sheets.map((s) => s.name)).toEqual(['封面', '地区汇总', '指标矩阵', '问题清单', '证据'])
    const matrix = sheets[2]!
    const heads = rowOf(matrix, 1, 71)
    const json = await stored(run)
    expect(heads.slice(11).map((h) => h.split('\n')[0])).toEqual(json[0]!.results.map((r) => r.id))
    const marks = { met: '√', violated: '×', not_observed: '?', not_applicable: '/', person: '○' }
    for (const [i, c] of json.entries()) {
      const row = rowOf(matrix, i + 2, 71)
      expect([row[1], row[3], row[8]]).toEqual([String(c.channel.id), c.channel.name, { failed: '不合格', passed: '合格', undecided: '待定' }[c.verdict]])
      expect(row.slice(11)).toEqual(c.results.map((r) => (r.points !== null && r.points > 0 ? String(r.points) : marks[r.answer])))
    }
    expect(json.filter((c) => c.verdict === 'failed')).toHaveLength(6)
  })
})

/** The smallest JPEG there is: one grey pixel. */
const PIXEL = Buffer.from('/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=', 'base64')

describe('pictures of pages', () => {
  const hash = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
  const written = async (store: EvidenceStore, run: number): Promise<ReturnType<typeof readWorkbook>> => {
    const file = join(folder, 'pictures.xlsx')
    await exportCheck({ ctx: t.ctx, store, input: { run, file } })
    return readWorkbook(await readFile(file))
  }
  test('stand beside the evidence of the same occasion, and of no other', async () => {
    const id = await observed(t, { name: '有图局', columns: stale(5, 20) })
    const { sql } = t.db
    // A page of this channel alone, so that it is its own evidence.
    const page = hash('a page with a picture')
    await sql`insert into evidence (sha256, kind, size, created_at) values (${page}, 'page', 1, ${NOW}), (${hash(PIXEL)}, 'thumbnail', ${PIXEL.length}, ${NOW}), (${hash('later')}, 'thumbnail', 5, ${NOW}) on conflict do nothing`
    const [column] = await sql<{ id: number; url: string }[]>`select id::int, url from site_column where channel_id = ${id} order by id`
    await sql`update observation set evidence = ${[page]} where column_id = ${column!.id}`
    await sql`delete from evidence_use where channel_id = ${id} and url = ${column!.url}`
    const use = (sha256: string, url: string, at: Date) => sql`insert into evidence_use (sha256, channel_id, url, final_url, status, fetched_at) values (${sha256}, ${id}, ${url}, ${url}, 200, ${at})`
    await use(page, column!.url, NOW)
    await use(hash(PIXEL), column!.url, NOW)
    await use(hash('later'), column!.url, new Date(NOW.getTime() + 60_000))
    const { run } = await runCheck({ ctx: t.ctx, input: { channels: [id] } })

    const store = openPacks(join(folder, 'evidence'))
    store.put(hash(PIXEL), PIXEL)
    const { sheets, files } = await written(store, run)
    store.close()
    const sheet = sheetNamed(sheets, /^证据$/)
    const rows = [2, 3].map((n) => rowOf(sheet, n, 6))
    expect(rowOf(sheet, 1, 6)).toEqual(['SHA-256', '网址', '最终网址', '状态', '接收时间', '截图'])
    expect(rows.map((r) => r[0])).toEqual([page, COLUMN_SHA])
    const media = [...files.keys()].filter((f) => f.startsWith('xl/media/'))
    expect(media).toHaveLength(1)
    expect(files.get(media[0]!)!.equals(PIXEL)).toBe(true)
    const drawing = [...files.keys()].find((f) => /^xl\/drawings\/drawing\d+\.xml$/.test(f))!
    const anchor = all(parseXml(files.get(drawing)!.toString('utf8')), 'xdr:from')
    expect(anchor.map((a) => [a.children.find((c) => c.name === 'xdr:col')?.text, a.children.find((c) => c.name === 'xdr:row')?.text])).toEqual([['5', '1']])
    expect(files.get('[Content_Types].xml')!.toString()).toMatch(/Extension="jpeg"/)

    // What is not kept is said, and nothing is put in its place.
    const bare = await written(noEvidence, run)
    expect(rowOf(sheetNamed(bare.sheets, /^证据$/), 2, 6)[5]).toBe('未留存')
    expect([...bare.files.keys()].filter((f) => f.startsWith('xl/media/'))).toEqual([])
  })
})

describe('the other files', () => {
  test('JSON is the array of the command line', async () => {
    const file = join(folder, 'few.json')
    await exportCheck({ ctx: t.ctx, input: { run: few, file } })
    const text = await readFile(file, 'utf8')
    expect(text.trim().split('\n')).toHaveLength(1)
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(await stored(few))))
  })

  test('CSV holds a row for each channel and indicator, and nothing that a spreadsheet would run', async () => {
    const file = join(folder, 'few.csv')
    await exportCheck({ ctx: t.ctx, input: { run: few, file } })
    const rows = parse(await readFile(file, 'utf8'), { columns: true, bom: true }) as Record<string, string>[]
    const json = await stored(few)
    expect(rows).toHaveLength(json.reduce((n, c) => n + c.results.length, 0))
    expect(rows.map((r) => [r['渠道编号'], r['指标编号'], r['扣分'], r['上限分值']])).toEqual(json.flatMap((c) => c.results.map((r) => [String(c.channel.id), r.id, r.points === null ? '' : String(r.points), r.cap === null ? '' : String(r.cap)])))
    expect(rows.filter((r) => Object.values(r).some((v) => /^[=+@]/.test(v)))).toEqual([])
  })

  test('the report says how many failed and which, with links', async () => {
    const file = join(folder, 'few.docx')
    await exportCheck({ ctx: t.ctx, input: { run: few, file } })
    const parts = unzip(await readFile(file))
    const document = parseXml(parts.get('word/document.xml')!.toString('utf8'))
    const text = all(document, 'w:t').map((x) => x.text).join('')
    const json = await stored(few)
    expect(text).toContain(`不合格${json.filter((c) => c.verdict === 'failed').length}个`)
    for (const c of json) expect(text).toContain(c.channel.name)
    const rels = all(parseXml(parts.get('word/_rels/document.xml.rels')!.toString('utf8')), 'Relationship').filter((r) => r.attributes['TargetMode'] === 'External')
    expect(rels.length).toBeGreaterThan(4)
    expect(rels.every((r) => r.attributes['Target']!.startsWith('http'))).toBe(true)
  })

  test('an unknown ending, an unknown run and a folder that is not there leave nothing behind', async () => {
    await expect(exportCheck({ ctx: t.ctx, input: { run: few, file: join(folder, 'x.pdf') } })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(exportCheck({ ctx: t.ctx, input: { run: 999_999, file: join(folder, 'y.xlsx') } })).rejects.toMatchObject({ code: 'not_found' })
    await expect(exportCheck({ ctx: t.ctx, input: { run: few, file: join(folder, 'none', 'z.xlsx') } })).rejects.toThrow(/ENOENT/)
    expect((await readdir(folder)).filter((f) => /^[xyz]|part$/.test(f))).toEqual([])
  })
})

describe('small things', () => {
  test.each<[string, string | null]>([['http://a.gov.cn/1?a=b', 'http://a.gov.cn/1?a=b'], ["#'证据'!A2", "#'证据'!A2"], ['javascript:alert(1)', null], ['file:///etc/passwd', null], ['http://a b', null], [`http://a/${'x'.repeat(2100)}`, null]])('%s is linked as %s', (given, expected) => {
    expect(safeLink(given)).toBe(expected)
  })
  test('amounts are counted, shares rounded half up', () => {
    expect(single([1, 1, 0.5])).toBe('1×2、0.5')
    expect(single([])).toBe('')
    expect([share(118, 122), share(1, 200), share(0, 0), share(1, 1)]).toEqual(['96.72%', '0.50%', '–', '100.00%'])
  })
})
