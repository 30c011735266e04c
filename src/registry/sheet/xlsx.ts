import { sheetError } from './problem.ts'
import { readSheetRows } from './rows.ts'
import { readStyles } from './styles.ts'
import { readTail } from './tail.ts'
import { LIMITS } from './types.ts'
import type { Sheet } from './types.ts'
import { attribute, parseXml } from './xml.ts'
import { Zip } from './zip.ts'

/** Opens a workbook. Its sheets are read piece by piece when asked for. */
export async function openXlsx(bytes: Buffer): Promise<Sheet[]> {
  const zip = new Zip(bytes)
  const main = relations(zip, '_rels/.rels', '').find((r) => r.type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml'
  const workbook = zip.text(main)
  if (workbook === null) throw sheetError('not_workbook')
  const { listed, from1904 } = readWorkbook(workbook)
  if (listed.length > LIMITS.sheets) throw sheetError('too_large', `${listed.length} sheets`)
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const parts = relations(zip, `${folder}_rels/${main.slice(folder.length)}.rels`, folder)
  const pathOf = (type: string): string | undefined => parts.find((p) => p.type.endsWith(type))?.target
  const book = {
    strings: readStrings(zip.text(pathOf('/sharedStrings') ?? `${folder}sharedStrings.xml`)),
    formats: readStyles(zip.text(pathOf('/styles') ?? `${folder}styles.xml`)),
    from1904,
  }
  const known = new Set(zip.names())
  const sheets: Sheet[] = []
  for (const { name, hidden, id } of listed) {
    const path = parts.find((p) => p.id === id && p.type.endsWith('/worksheet'))?.target
    if (path === undefined || !known.has(path)) continue
    const slash = path.lastIndexOf('/') + 1
    const links = new Map(relations(zip, `${path.slice(0, slash)}_rels/${path.slice(slash)}.rels`, null).map((r) => [r.id, r.target]))
    const tail = await readTail(zip.stream(path), links)
    sheets.push({ name, hidden, expected: tail.rows, merges: tail.merges, rows: () => readSheetRows(zip.stream(path), { ...book, links: tail.links }) })
  }
  return sheets
}

type Listed = { readonly name: string; readonly hidden: boolean; readonly id: string }

function readWorkbook(xml: string): { listed: Listed[]; from1904: boolean } {
  const listed: Listed[] = []
  let from1904 = false
  parseXml(xml, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attribute(attributes, 'date1904') ?? '')
      if (name !== 'sheet') return
      // `r:id` beside the sheet's own sheetId.
      const id = Object.entries(attributes).find(([key]) => /(?:^|:)id$/.test(key))?.[1]
      if (id !== undefined) listed.push({ name: attribute(attributes, 'name') ?? '', hidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible', id })
    },
  })
  return { listed, from1904 }
}

type Relation = { readonly id: string; readonly type: string; readonly target: string }

/** Relations of a part, targets as paths in the archive; `folder` null leaves them as they are (hyperlinks). */
function relations(zip: Zip, path: string, folder: string | null): Relation[] {
  const found: Relation[] = []
  parseXml(zip.text(path) ?? '', {
    open(name, attributes) {
      if (name !== 'Relationship') return
      const raw = attribute(attributes, 'Target') ?? ''
      const target = folder === null ? raw : raw.startsWith('/') ? raw.slice(1) : `${folder}${raw}`.replace(/[^/]+\/\.\.\//g, '')
      found.push({ id: attribute(attributes, 'Id') ?? '', type: attribute(attributes, 'Type') ?? '', target })
    },
  })
  return found
}

/** Shared strings, without the phonetic guides (拼音) that stand beside some. */
function readStrings(xml: string | null): string[] {
  const strings: string[] = []
  let now = ''
  let inText = false
  let phonetic = 0
  parseXml(xml ?? '', {
    open(name) {
      if (name === 'si') now = ''
      else if (name === 'rPh') phonetic += 1
      else if (name === 't') inText = phonetic === 0
    },
    text(text) {
      if (inText && now.length < LIMITS.cellChars) now += text
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') phonetic -= 1
      else if (name === 'si') strings.push(now)
    },
  })
  return strings
}
