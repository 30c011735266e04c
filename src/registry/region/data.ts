import { readFileSync } from 'node:fs'

/** 行政区划: 1 province, 2 city, 3 county, 4 township. */
export type Region = {
  readonly code: string
  readonly name: string
  readonly level: 1 | 2 | 3 | 4
  readonly parent: string | null
}

export type Zone = Region & { readonly aliases: readonly string[] }

const FOLDER = new URL('../../../db/regions/', import.meta.url)

/** The regions that the program ships: GB/T 2260 first, then zones with codes of our own. Parents come before children. */
export function shippedRegions(): readonly Zone[] {
  const standard = rowsOf('gbt2260.tsv')
  const known = new Set(standard.map(([code]) => code))
  const regions = standard.map(([code = '', name = '']): Zone => ({ code, name, aliases: [], ...placeOf(code, known) }))
  const zones = rowsOf('zones.tsv').map(([code = '', name = '', aliases = '']): Zone => ({
    code,
    name,
    aliases: aliases === '' ? [] : aliases.split(','),
    ...placeOf(code, known),
  }))
  return [...regions, ...zones].sort((a, b) => a.level - b.level || (a.code < b.code ? -1 : 1))
}

/** Level and parent, which follow from a code: of six characters by GB/T 2260, ours with a Z, or a township's nine digits. */
export function placeOf(code: string, known: { has(code: string): boolean }): Pick<Region, 'level' | 'parent'> {
  const province = `${code.slice(0, 2)}0000`
  if (code.length === 9) return { level: 4, parent: code.slice(0, 6) }
  if (code === province) return { level: 1, parent: null }
  if (code.endsWith('00') || code[2] === 'Z') return { level: 2, parent: province }
  const city = `${code.slice(0, 4)}00`
  return { level: 3, parent: known.has(city) ? city : province }
}

function rowsOf(file: string): string[][] {
  const lines = readFileSync(new URL(file, FOLDER), 'utf8').trim().split('\n')
  return lines.slice(1).map((line) => line.split('\t'))
}
