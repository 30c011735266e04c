import type { Sql } from 'postgres'
import type { EvidenceStore } from '../../evidence/index.ts'
import { EvidenceCorrupt } from '../../evidence/index.ts'
import type { StyledRow, StyledSheet, StyledValue } from '../../export/styled.ts'
import { moment } from './words.ts'

export const EVIDENCE_SHEET = '证据'
export const EVIDENCE_HEADS = ['SHA-256', '网址', '最终网址', '状态', '接收时间', '截图'] as const
const PAGE = 500
/** Pictures in one workbook: they are held in memory until it is written, and more of them make Excel slow. */
export const MOST_PICTURES = 1000
/** Pixels: half the size at which the picture is kept, so that it prints sharply. */
const SHOWN = { width: 160, height: 112 } as const
/** Points: the picture and a margin. */
const PICTURE_ROW = 88

/** The evidence sheet's row for a hash, entered when it is first asked for: the first is 2, below the headings. */
export function rowOf(sha256: string, cited: Map<string, number>): number {
  const row = cited.get(sha256) ?? cited.size + 2
  cited.set(sha256, row)
  return row
}

type Use = { readonly sha256: string; readonly url: string; readonly finalUrl: string; readonly status: number | null; readonly at: Date; readonly thumbnail: string | null }

/**
 * 证据: where and when the bytes behind each snapshot were received, with a small picture where the page was opened in a
 * browser: only one that came with bytes which the check cites, never one of another day.
 */
export function evidenceSheet(sql: Sql, store: EvidenceStore, run: number, cited: ReadonlyMap<string, number>): StyledSheet {
  let pictures = 0
  const picture = async (use: Use): Promise<StyledValue> => {
    if (use.thumbnail === null) return null
    if (pictures >= MOST_PICTURES) return '从略'
    try {
      const jpeg = await store.get(use.thumbnail)
      if (jpeg === null) return '未留存'
      pictures += 1
      return { value: null, picture: { jpeg, ...SHOWN } }
    } catch (error) {
      if (error instanceof EvidenceCorrupt) return '留存文件已损坏'
      throw error
    }
  }
  async function* rows(): AsyncGenerator<StyledRow> {
    yield { cells: EVIDENCE_HEADS, height: 22 }
    const hashes = [...cited.keys()]
    for (let i = 0; i < hashes.length; i += PAGE) {
      const some = hashes.slice(i, i + PAGE)
      const known = new Map((await usesOf(sql, run, some)).map((u) => [u.sha256, u]))
      for (const sha256 of some) {
        const use = known.get(sha256)
        if (use === undefined) {
          yield { cells: [sha256, '本系统未留存', null, null, null, null] }
          continue
        }
        const shown = await picture(use)
        yield {
          cells: [sha256, use.url, { value: use.finalUrl, link: use.finalUrl }, use.status, moment(use.at), shown],
          ...(typeof shown === 'object' && shown !== null ? { height: PICTURE_ROW } : {}),
        }
      }
    }
  }
  return {
    name: EVIDENCE_SHEET, headRow: 1, landscape: true, rows: rows(),
    columns: [{ width: 38 }, { width: 40 }, { width: 40 }, { width: 8, center: true, number: true }, { width: 18 }, { width: 24 }],
  }
}

/** The last reception of each hash, and the picture of that page that came with something the run's check of the channel cites. */
async function usesOf(sql: Sql, run: number, hashes: readonly string[]): Promise<readonly Use[]> {
  return sql<Use[]>`
    select p.sha256, p.url, p.final_url as "finalUrl", p.status::int, p.fetched_at as at, t.sha256 as thumbnail
      from (select distinct on (u.sha256) u.*, k.evidence from evidence_use u
              left join indicator_check k on k.run_id = ${run} and k.channel_id = u.channel_id
             where u.sha256 = any(${[...hashes]}) order by u.sha256, k.id is null, u.fetched_at desc, u.url) p
      left join lateral (
        select u.sha256 from evidence_use u join evidence e on e.sha256 = u.sha256 and e.kind = 'thumbnail'
          join evidence_use q on q.channel_id = u.channel_id and q.url = u.url and q.fetched_at = u.fetched_at
         where u.channel_id = p.channel_id and u.url = p.url and q.sha256 = any(p.evidence)
         order by u.fetched_at desc limit 1
      ) t on true`
}
