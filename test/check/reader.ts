import { inflateRawSync } from 'node:zlib'
import { Parser } from 'htmlparser2'

/** Entries of a ZIP by name, read from its central directory: nothing of the library that wrote it. */
export function unzip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'))
  if (end < 0) throw new Error('not a ZIP')
  const files = new Map<string, Buffer>()
  let at = bytes.readUInt32LE(end + 16)
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n -= 1) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)]
    const [name, extra, comment] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)]
    const local = bytes.readUInt32LE(at + 42)
    const data = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const raw = bytes.subarray(data, data + size)
    files.set(bytes.toString('utf8', at + 46, at + 46 + name), method === 8 ? inflateRawSync(raw) : Buffer.from(raw))
    at += 46 + name + extra + comment
  }
  return files
}

export type Element = { readonly name: string; readonly attributes: Readonly<Record<string, string>>; text: string; readonly children: Element[] }

export function parseXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, text: '', children: [] }
  const open = [root]
  const parser = new Parser({
    onopentag: (name, attributes) => {
      const element: Element = { name, attributes, text: '', children: [] }
      open.at(-1)!.children.push(element)
      open.push(element)
    },
    ontext: (t) => void (open.at(-1)!.text += t),
    onclosetag: () => void open.pop(),
  }, { xmlMode: true })
  parser.end(text)
  if (open.length !== 1) throw new Error('the XML is not closed')
  return root
}

export function all(e: Element, name: string): Element[] {
  return e.children.flatMap((c) => [...(c.name === name ? [c] : []), ...all(c, name)])
}

export type ReadSheet = {
  readonly name: string
  /** By address; `type` is what the file says of the cell. */
  readonly cells: ReadonlyMap<string, { readonly value: string; readonly type: string; readonly formula: boolean }>
  readonly links: ReadonlyMap<string, string>
  readonly merges: readonly string[]
  readonly xml: Element
}

/** The sheets of a workbook in order, with their cells and links. */
export function readWorkbook(bytes: Buffer): { sheets: ReadSheet[]; files: Map<string, Buffer>; definedNames: string[] } {
  const files = unzip(bytes)
  const xml = (path: string): Element => parseXml(files.get(path)?.toString('utf8') ?? '')
  const book = xml('xl/workbook.xml')
  const targets = new Map(all(xml('xl/_rels/workbook.xml.rels'), 'Relationship').map((r) => [r.attributes['Id'], r.attributes['Target']]))
  const sheets = all(book, 'sheet').map((s): ReadSheet => {
    const path = `xl/${targets.get(s.attributes['r:id'])!.replace(/^\/?(xl\/)?/, '')}`
    const sheet = xml(path)
    const rels = new Map(all(xml(path.replace('worksheets/', 'worksheets/_rels/') + '.rels'), 'Relationship').map((r) => [r.attributes['Id'], r.attributes['Target']]))
    const cells = new Map(all(sheet, 'c').map((c) => {
      const text = all(c, 't').map((t) => t.text).join('')
      const value = c.children.find((x) => x.name === 'v')?.text
      return [c.attributes['r']!, { value: c.attributes['t'] === 'inlineStr' || value === undefined ? text : value, type: c.attributes['t'] ?? 'n', formula: all(c, 'f').length > 0 }] as const
    }))
    const links = new Map(all(sheet, 'hyperlink').map((h) => [h.attributes['ref']!, h.attributes['r:id'] === undefined ? `#${h.attributes['location']}` : rels.get(h.attributes['r:id'])!] as const))
    return { name: s.attributes['name']!, cells, links, merges: all(sheet, 'mergeCell').map((m) => m.attributes['ref']!), xml: sheet }
  })
  return { sheets, files, definedNames: all(book, 'definedName').map((d) => d.text) }
}

/** A row's values from column A on, as text. */
export function rowOf(sheet: ReadSheet, row: number, width: number): string[] {
  return Array.from({ length: width }, (_, i) => {
    let letters = ''
    for (let n = i + 1; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
    return sheet.cells.get(`${letters}${row}`)?.value ?? ''
  })
}
