import { extname } from 'node:path'
import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { HuoshuiError } from '../domain/error.ts'
import { noEvidence } from '../evidence/index.ts'
import type { EvidenceStore } from '../evidence/index.ts'
import { csvFile } from '../export/csv.ts'
import { writeStyled } from '../export/styled.ts'
import { wholeFile, writePieces } from '../export/whole-file.ts'
import { checkJson } from './json.ts'
import { checkTable } from './report/csv.ts'
import { requireRun } from './list-runs.ts'
import { runInfo } from './report/run-info.ts'
import { checkSheets } from './report/workbook.ts'
import { eachCheck } from './stored.ts'

const input = z.strictObject({ run: z.number().int().positive(), file: z.string().min(1) })
const ENDINGS = ['.xlsx', '.csv', '.json', '.docx']

/** Throws `bad_input` for a file whose ending is none of .xlsx, .csv, .json, .docx: to be asked before the work is done. */
export function endingOf(file: string): string {
  const ending = extname(file).toLowerCase()
  if (!ENDINGS.includes(ending)) throw new HuoshuiError('bad_input', { zh: `${file}:请使用 ${ENDINGS.join('、')}`, en: `${file}: give it one of the endings ${ENDINGS.join(', ')}` })
  return ending
}

/**
 * Writes a stored run to a file, by its ending: workbook, CSV, JSON or report. The file is whole or not there. `store` holds
 * the pictures of pages; without it the workbook has none. Throws `not_found`, `bad_input`.
 */
export async function exportCheck({ ctx, store = noEvidence, input: given }: { ctx: Ctx; store?: EvidenceStore; input: z.input<typeof input> }): Promise<{ file: string; channels: number }> {
  const { run, file } = input.parse(given)
  const ending = endingOf(file)
  const { sql } = ctx.db
  await requireRun(ctx, run)
  const info = await runInfo(sql, run)
  if (ending === '.csv') await csvFile(file, checkTable(eachCheck(sql, run)))
  else if (ending === '.json') await wholeFile(file, (out) => writePieces(out, jsonPieces({ ctx, run })))
  else if (ending === '.docx') {
    // Its library is large, and few commands write a report.
    const { checkReport } = await import('./report/docx.ts')
    const bytes = await checkReport(sql, info)
    await wholeFile(file, async (out) => void out.end(bytes))
  } else await wholeFile(file, (out) => writeStyled(out, checkSheets(sql, store, info)))
  return { file, channels: info.channels }
}

/** The run as the one JSON array of `check --json`, piece by piece. */
export async function* jsonPieces({ ctx, run }: { ctx: Ctx; run: number }): AsyncGenerator<string> {
  let first = true
  for await (const stored of eachCheck(ctx.db.sql, run)) {
    yield `${first ? '[' : ','}${JSON.stringify(checkJson(stored))}`
    first = false
  }
  yield first ? '[]\n' : ']\n'
}
