import type { Sql } from 'postgres'
import type { EvidenceStore } from '../../evidence/index.ts'
import type { StyledSheet } from '../../export/styled.ts'
import { eachCheck } from '../stored.ts'
import type { StoredCheck } from '../stored.ts'
import { cover, regionSheet } from './cover.ts'
import { formSheet } from './form.ts'
import { matrixSheet } from './matrix.ts'
import { evidenceSheet } from './evidence-rows.ts'
import { eachProblem, problemSheets } from './problem-rows.ts'
import { byRegion } from './run-info.ts'
import type { RunInfo } from './run-info.ts'
import { sampleSheet } from './sample-sheet.ts'
import { signedSheet } from './signed-sheet.ts'

/** Up to so many channels each gets a form of its own; beyond, one matrix holds them all. */
export const FORMS = 20

/** The sheets of a run's workbook, one after the other: nothing but what is being written is held in memory. */
export async function* checkSheets(sql: Sql, store: EvidenceStore, info: RunInfo): AsyncGenerator<StyledSheet> {
  yield cover(info)
  yield regionSheet(await byRegion(sql, info.run), info)
  if (info.channels > FORMS) {
    yield matrixSheet(eachCheck(sql, info.run), info)
  } else {
    const checks: StoredCheck[] = await Array.fromAsync(eachCheck(sql, info.run))
    for (const [i, stored] of checks.entries()) yield formSheet(stored, i + 1)
    yield sampleSheet(checks)
    yield await signedSheet(sql, info.run, info.edition)
  }
  const cited = new Map<string, number>()
  yield* problemSheets(eachProblem(sql, info.run), cited)
  yield evidenceSheet(sql, store, info.run, cited)
}
