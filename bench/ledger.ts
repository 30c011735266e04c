/**
 * Imports a generated workbook of 50,000 channels (or as many as the first argument says) and again, on a database of
 * its own on the given PostgreSQL: `node bench/ledger.ts [rows] [postgres URL]`; without a URL the embedded engine runs
 * in a temporary folder. Prints one line of JSON; seconds by the wall clock.
 */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { pino } from 'pino'
import { loadConfig } from '../src/config/load.ts'
import { realClock } from '../src/domain/clock.ts'
import { openEngine } from '../src/engine/index.ts'
import { writeWorkbook } from '../src/export/workbook.ts'
import { exportLedger, importLedger } from '../src/registry/index.ts'

const rows = Number(process.argv[2] ?? 50_000)
const KINDS = ['网站', '微信公众号', '新浪微博', '微信群', 'QQ群']
const CITIES = ['南昌市', '九江市', '赣州市', '吉安市', '上饶市']
const TITLES = ['类型', '名称', '网址', '账号ID', '标识码', '主办单位', '主管单位', '地区', '备案状态', '运行状态', '开设时间', '联系人', '联系电话', '群成员数', '最近更新日期', '填报日期', '备注', '自编一', '自编二', '自编三']

function* ledger() {
  for (let i = 0; i < rows; i += 1) {
    const kind = KINDS[i % KINDS.length] ?? '网站'
    const id = kind === '网站' ? `http://s${i}.example.gov.cn/` : kind === '新浪微博' ? `https://weibo.com/u/${1_000_000_000 + i}` : ''
    const cells = [kind, `渠道${i}`, id, id === '' ? `id${i}` : '', '', `单位${Math.floor(i / 10)}`, '某市人民政府', `江西省${CITIES[Math.floor(i / 10) % 5]}`, '已备案', '正常', '2019-03-01', '张三', '0791-8888', '30', '2026-05-01', '2026-05-02', '说明', `甲${i}`, '乙', '丙']
    yield Object.fromEntries(cells.map((c, at) => [`c${at}`, c]))
  }
}

const folder = await mkdtemp(join(tmpdir(), 'huoshui-bench-'))
const file = join(folder, 'ledger.xlsx')
const out = createWriteStream(file)
const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return Math.round((performance.now() - began) / 100) / 10
}
const write = await seconds(() => Promise.all([writeWorkbook(out, [{ name: '台账', columns: TITLES.map((title, i) => ({ key: `c${i}`, title })), rows: ledger() }]), finished(out)]))
const config = loadConfig({}, { data: join(folder, 'data'), databaseUrl: process.argv[3] })
const engine = await openEngine(config, { log: pino({ level: 'silent' }) })
try {
  const ctx = { db: engine.db, clock: realClock, actor: { kind: 'cli', name: 'bench' } as const }
  const reports: unknown[] = []
  const load = async (): Promise<void> => {
    const { created, updated, unchanged, errorCount } = await importLedger({ ctx, input: { file } })
    reports.push({ created, updated, unchanged, errorCount })
  }
  const first = await seconds(load)
  const again = await seconds(load)
  const exported = await seconds(() => exportLedger({ ctx, input: { file: join(folder, 'out.xlsx') } }))
  console.log(JSON.stringify({ rows, bytes: (await stat(file)).size, write, first, again, exported, reports, rss_mb: Math.round(process.memoryUsage().rss / 1e6) }))
} finally {
  await engine.close()
  await rm(folder, { recursive: true, force: true })
}
