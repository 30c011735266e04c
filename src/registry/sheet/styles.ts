import { attribute, parseXml } from './xml.ts'

/** What a cell's number format makes of its number. */
export type Format = 'date' | { readonly digits: number } | null

/** Built-in formats that are dates: 14-22 and 45-47 everywhere, 27-36 and 50-58 in Chinese Excel. */
const builtinDate = (id: number): boolean => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** The formats of a workbook, by the index that cells name. */
export function readStyles(xml: string | null): readonly Format[] {
  const custom = new Map<number, Format>()
  const formats: Format[] = []
  let inCells = false
  parseXml(xml ?? '', {
    open(name, attributes) {
      if (name === 'numFmt') custom.set(Number(attribute(attributes, 'numFmtId')), formatOf(attribute(attributes, 'formatCode') ?? ''))
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0)
        formats.push(custom.get(id) ?? (builtinDate(id) ? 'date' : null))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return formats
}

function formatOf(code: string): Format {
  const plain = code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '')
  if (/^0{2,}$/.test(plain)) return { digits: plain.length }
  return /[ymd]/i.test(plain) && !/general/i.test(plain) ? 'date' : null
}
