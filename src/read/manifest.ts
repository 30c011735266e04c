import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { PageKind } from '../domain/page.ts'
import { readPage } from './index.ts'

/** Bytes of a page that are read; the rest of a longer file is left. */
const MAX_BYTES = 20_000_000

/**
 * `read --manifest`: each line {id, path, kind: article|listing|home, url?, charset?, now?} answered by one line
 * {id, date, witnesses, items?}, in order. Paths are relative to the manifest's folder. A file or line that cannot be
 * read gives {id, date: null, error} and the rest goes on; only an unreadable manifest throws.
 */
export async function readManifest(path: string, write: (line: string) => void, now: Date): Promise<{ cases: number; errors: number }> {
  const folder = dirname(path)
  let cases = 0
  let errors = 0
  const file = createReadStream(path, 'utf8')
  const lines = createInterface({ input: file, crlfDelay: Infinity })
  const failed = new Promise<never>((_, reject) => file.once('error', reject))
  failed.catch(() => undefined)
  const iterator = lines[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), failed])
      if (next.done === true) break
      const line = next.value.replace(/^\uFEFF/, '').trim()
      if (line === '') continue
      cases++
      const answer = await answerFor(line, folder, now)
      if ('error' in answer) errors++
      write(JSON.stringify(answer))
    }
  } finally {
    lines.close()
    file.destroy()
  }
  return { cases, errors }
}

async function answerFor(line: string, folder: string, now: Date): Promise<Record<string, unknown>> {
  let id: unknown = null
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null) return { id, date: null, error: 'the line is not a JSON object' }
    const field = (name: string): unknown => Object.entries(value).find(([key]) => key === name)?.[1]
    id = field('id') ?? null
    const path = field('path')
    if (typeof path !== 'string' || path === '') return { id, date: null, error: 'path is missing' }
    const kind = kindOf(field('kind'))
    const moment = field('now')
    const at = typeof moment === 'string' ? new Date(moment) : now
    if (Number.isNaN(at.getTime())) return { id, date: null, error: `now is no ISO moment: ${String(moment)}` }
    const bytes = await readFile(isAbsolute(path) ? path : join(folder, path))
    const url = field('url')
    const charset = field('charset')
    const facts = readPage(bytes.subarray(0, MAX_BYTES), {
      url: typeof url === 'string' ? url : '',
      charset: typeof charset === 'string' ? charset : null,
      now: at,
      ...(kind === null ? {} : { kind }),
    })
    const answer = { id, date: facts.date, witnesses: facts.witnesses }
    return facts.kind === 'article' ? answer : { ...answer, items: facts.items.map(({ title, url, date }) => ({ title, url, date })) }
  } catch (error) {
    return { id, date: null, error: error instanceof Error ? error.message : String(error) }
  }
}

function kindOf(value: unknown): PageKind | null {
  return value === 'article' || value === 'listing' || value === 'home' ? value : null
}
