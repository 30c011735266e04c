import { Parser } from 'htmlparser2'
import { expect } from 'vitest'
import { unzipBytes } from '../../src/export/zip.ts'

/** The text of a .docx, after a check that its parts are there and are XML with every element closed. */
export function readDocx(bytes: Uint8Array): string {
  const files = unzipBytes(bytes)
  for (const part of ['[Content_Types].xml', '_rels/.rels', 'word/document.xml', 'word/styles.xml', 'word/_rels/document.xml.rels']) expect(files.has(part), part).toBe(true)
  for (const [path, content] of files) if (/\.(xml|rels)$/.test(path)) wellFormed(path, Buffer.from(content).toString('utf8'))
  const types = Buffer.from(files.get('[Content_Types].xml') ?? '').toString('utf8')
  expect(types).toContain('wordprocessingml.document.main+xml')
  // Every relation's target is in the file.
  const rels = Buffer.from(files.get('word/_rels/document.xml.rels') ?? '').toString('utf8')
  for (const [, target = ''] of rels.matchAll(/Target="([^"]+)"/g)) if (!/^https?:/.test(target)) expect(files.has(`word/${target.replace(/^\/?(word\/)?/, '')}`), target).toBe(true)
  const body = Buffer.from(files.get('word/document.xml') ?? '').toString('utf8')
  // Each row of a table has as many cells as its grid has columns.
  for (const [table = ''] of body.matchAll(/<w:tbl>.*?<\/w:tbl>/gs)) {
    const columns = [...table.matchAll(/<w:gridCol /g)].length
    for (const [row = ''] of table.matchAll(/<w:tr>.*?<\/w:tr>/gs)) expect([...row.matchAll(/<w:tc>/g)].length).toBe(columns)
  }
  return [...body.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map((m) => m[1]).join('\n')
}

function wellFormed(path: string, xml: string): void {
  const open: string[] = []
  let closedWrong = false
  const parser = new Parser({
    onopentagname: (name) => void open.push(name),
    onclosetag: (name, implied) => {
      if (open.pop() !== name) closedWrong = true
      if (implied && !new RegExp(`<${name}(\\s[^>]*)?/>`).test(xml)) closedWrong = true
    },
  }, { xmlMode: true })
  parser.end(xml)
  expect(open.length === 0 && !closedWrong, `${path} is well-formed`).toBe(true)
  expect([...xml].some((c) => c < ' ' && !'\t\n\r'.includes(c)), `${path} has no control characters`).toBe(false)
}
