import { openCsv } from './csv.ts'
import { sheetError } from './problem.ts'
import { LIMITS } from './types.ts'
import type { Sheet } from './types.ts'
import { openXlsx } from './xlsx.ts'

/** Opens a ledger file by what its bytes are, whatever its name says. Throws `bad_input` that says what to do instead. */
export async function openSheets(bytes: Buffer, name: string): Promise<Sheet[]> {
  if (bytes.length === 0) throw sheetError('empty')
  if (bytes.length > LIMITS.fileBytes) throw sheetError('too_large', `${Math.round(bytes.length / 1e6)} MB > ${LIMITS.fileBytes / 1e6} MB`)
  if (bytes.length > 4 && bytes.readUInt32BE(0) === 0x504b0304) return openXlsx(bytes)
  if (bytes.length > 8 && bytes.readUInt32BE(0) === 0xd0cf11e0) {
    throw sheetError(bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'encrypted' : 'xls')
  }
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (!wide && bytes.subarray(0, 4096).includes(0)) throw sheetError('binary')
  if (/^\s*(?:<!doctype html|<html|<table|<\?xml)/i.test(bytes.subarray(0, 512).toString('latin1'))) throw sheetError('html')
  return [openCsv(bytes, name)]
}
