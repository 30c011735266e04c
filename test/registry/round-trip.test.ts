import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportLedger, importLedger, ledgerTemplate } from '../../src/registry/index.ts'
import { KIND_IDS } from '../../src/domain/kinds.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let base: TestDatabase
beforeAll(async () => void (base = await testDatabase()))
afterAll(() => base.close())

describe('the template and the export', () => {
  test('the template imports as it is: every kind, no error', async () => {
    const report = await importLedger({ ctx: base.ctx, input: { bytes: await ledgerTemplate(), name: 'template.xlsx' } })
    expect(report.errors).toEqual([])
    expect(report).toMatchObject({ imported: true, rows: KIND_IDS.length, created: KIND_IDS.length, rejected: 0, columns: { rows: 2, created: 2 } })
    const kinds = await base.db.orm.execute<{ kind: string }>(sql`select distinct kind from channel`)
    expect(new Set(kinds.map((k) => k.kind))).toEqual(new Set(KIND_IDS))
  })

  test('what is exported, imported again, changes nothing: workbook and CSV', async () => {
    const awkward = await importLedger({
      ctx: base.ctx,
      input: {
        name: 'awkward.csv',
        bytes: Buffer.from('类型,名称,网址,主办单位,联系电话,标识码,备注,自编列\n网站,"\'=危险()",http://a.gov.cn/,=单位,007910,0012345678,"+多行\n备注",@甲\n网站,-减号,http://b.gov.cn/,单位,-1,,,\'引号'),
      },
    })
    expect(awkward.errors).toEqual([])
    const before = await base.db.orm.execute(sql`select * from channel order by id`)
    const statements = await base.db.orm.execute(sql`select * from attestation order by id`)
    const folder = await mkdtemp(join(tmpdir(), 'ledger-'))
    for (const name of ['out.xlsx', 'out.csv']) {
      const file = join(folder, name)
      const done = await exportLedger({ ctx: base.ctx, input: { file } })
      expect(done.channels).toBe(KIND_IDS.length + 2)
      const again = await importLedger({ ctx: base.ctx, input: { file } })
      expect(again.errors).toEqual([])
      expect(again).toMatchObject({ created: 0, updated: 0, unchanged: KIND_IDS.length + 2, attestations: 0, organisations: 0 })
      if (name === 'out.xlsx') expect(again.columns).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
      expect(await base.db.orm.execute(sql`select * from channel order by id`)).toEqual(before)
      expect(await base.db.orm.execute(sql`select * from attestation order by id`)).toEqual(statements)
    }
  })
})
