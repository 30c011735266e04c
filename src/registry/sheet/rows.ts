import { isDay } from '../../domain/date.ts'
import { dayOfSerial } from './serial.ts'
import type { Format } from './styles.ts'
import { columnIndex } from './tail.ts'
import { LIMITS } from './types.ts'
import type { Cell, SheetRow } from './types.ts'
import { attribute, xmlParser } from './xml.ts'

type Book = {
  readonly strings: readonly string[]
  readonly formats: readonly Format[]
  readonly from1904: boolean
  readonly links: ReadonlyMap<string, string>
}

/** The rows of one sheet that hold anything. Cells beyond the column limit are left out. */
export async function* readSheetRows(pieces: AsyncIterable<string>, book: Book): AsyncGenerator<SheetRow> {
  let done: SheetRow[] = []
  let cells: (Cell | undefined)[] = []
  let number = 0
  let filled = false
  let ref = ''
  let at = -1
  let type = ''
  let style = 0
  let value = ''
  let inline = ''
  let formula = false
  let collecting: 'value' | 'inline' | null = null
  let phonetic = false
  const parser = xmlParser({
    open(name, attributes) {
      if (name === 'c') {
        ref = attributes['r'] ?? ''
        const letters = /^[A-Z]{1,3}/.exec(ref)?.[0]
        at = letters === undefined ? at + 1 : columnIndex(letters)
        type = attributes['t'] ?? 'n'
        style = Number(attributes['s'] ?? 0)
        value = ''
        inline = ''
        formula = false
      } else if (name === 'v') collecting = 'value'
      else if (name === 't') collecting = phonetic ? null : 'inline'
      else if (name === 'rPh') phonetic = true
      else if (name === 'f') formula = true
      else if (name === 'row') {
        number = Number(attribute(attributes, 'r') ?? number + 1)
        cells = []
        filled = false
        at = -1
      }
    },
    text(text) {
      if (collecting === 'value' && value.length < LIMITS.cellChars) value += text
      else if (collecting === 'inline' && inline.length < LIMITS.cellChars) inline += text
    },
    close(name) {
      if (name === 'v' || name === 't') collecting = null
      else if (name === 'rPh') phonetic = false
      else if (name === 'c') {
        if (at < 0 || at >= LIMITS.columns) return
        const cell = cellOf({ type, value, inline, formula, format: book.formats[style] ?? null, link: book.links.get(ref) }, book)
        if (cell === null) return
        cells[at] = cell
        filled = true
      } else if (name === 'row' && filled && number >= 1 && number <= LIMITS.rows) done.push({ number, cells })
    },
  })
  for await (const piece of pieces) {
    parser.write(piece)
    const ready = done
    done = []
    yield* ready
  }
  parser.end()
  yield* done
}

type Raw = {
  readonly type: string
  readonly value: string
  readonly inline: string
  readonly formula: boolean
  readonly format: Format
  readonly link: string | undefined
}

function cellOf(raw: Raw, book: Book): Cell | null {
  const link = raw.link === undefined ? {} : { link: raw.link }
  switch (raw.type) {
    case 's':
      return textCell(book.strings[Number(raw.value)] ?? '', link)
    case 'inlineStr':
      return textCell(raw.inline, link)
    case 'str':
      return raw.value === '' && raw.formula ? { text: '', fault: 'formula' } : textCell(raw.value, link)
    case 'b':
      return { text: raw.value === '1' ? '是' : '否', ...link }
    case 'e':
      return { text: raw.value, fault: 'error' }
    case 'd': {
      const day = raw.value.slice(0, 10)
      return isDay(day) ? { text: day, day, ...link } : textCell(raw.value, link)
    }
    default:
      if (raw.value === '') return raw.formula ? { text: '', fault: 'formula' } : null
      return numberCell(raw, book.from1904, link)
  }
}

function textCell(text: string, link: { link?: string }): Cell | null {
  // _x000D_ and kin are how control characters are written.
  const plain = text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text
  return plain === '' && link.link === undefined ? null : { text: plain, ...link }
}

function numberCell(raw: Raw, from1904: boolean, link: { link?: string }): Cell {
  const number = Number(raw.value)
  if (!Number.isFinite(number)) return { text: raw.value, ...link }
  if (raw.format === 'date') {
    const day = dayOfSerial(number, from1904)
    if (day !== null) return { text: day, number, day, ...link }
  }
  const digits = raw.format !== null && raw.format !== 'date' ? raw.format.digits : 0
  return { text: plainNumber(raw.value, number).padStart(digits, '0'), number, ...link }
}

/** 3.6010000010000001E9 → 3601000001; 1.23E+15 stays as it is where digits are lost. */
function plainNumber(raw: string, number: number): string {
  if (Number.isSafeInteger(number)) return String(number)
  return /e/i.test(raw) ? raw : String(number)
}
