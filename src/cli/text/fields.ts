import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { HuoshuiError } from '../../domain/error.ts'

/**
 * `name=value` pairs; a value of `-` is the next line of standard input, so that it stands in no list of processes and
 * no history. Errors name the pair by its place and never repeat it: it may be a secret.
 */
export async function fieldValues(pairs: readonly string[], input: Readable = process.stdin): Promise<Record<string, string>> {
  const read = pairs.map((pair, i) => {
    const at = pair.indexOf('=')
    if (at < 1) throw new HuoshuiError('bad_input', { zh: `第 ${i + 1} 个字段应写成 名称=值`, en: `field ${i + 1} is to be written name=value` })
    return { name: pair.slice(0, at), value: pair.slice(at + 1) }
  })
  const lines = await readLines(read.filter((p) => p.value === '-').length, input)
  return Object.fromEntries(read.map(({ name, value }) => [name, value === '-' ? (lines.shift() ?? '') : value]))
}

/** The first `n` lines of standard input. Throws `bad_input` where there are fewer. */
export async function readLines(n: number, input: Readable = process.stdin): Promise<string[]> {
  const lines: string[] = []
  if (n === 0) return lines
  const reader = createInterface({ input, terminal: false })
  for await (const line of reader) {
    lines.push(line)
    if (lines.length === n) break
  }
  reader.close()
  if (lines.length < n) throw new HuoshuiError('bad_input', { zh: `标准输入应有 ${n} 行,只有 ${lines.length} 行`, en: `standard input was to have ${n} lines and had ${lines.length}` })
  return lines
}
