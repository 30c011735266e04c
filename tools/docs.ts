/**
 * Writes what the documents take from the code: the settings table in both READMEs, docs/channels.md, docs/standard.md.
 * With --check it writes nothing and fails where a document is behind.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { channelsMarkdown } from '../src/channels/doc.ts'
import { configSchema, envName } from '../src/config/schema.ts'
import { aboutSetting, defaultOf } from '../src/config/show.ts'
import type { ConfigKey } from '../src/config/schema.ts'
import { standardMarkdown } from '../src/standard/index.ts'

const check = process.argv.includes('--check')
const behind: string[] = []

function put(file: string, text: string): void {
  const old = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (old === text) return
  if (check) behind.push(file)
  else writeFileSync(file, text)
}

/** The part of a document between its two marks is the program's; the rest is people's. */
function between(file: string, name: string, text: string): void {
  const old = readFileSync(file, 'utf8')
  const begin = `<!-- ${name} -->`
  const end = `<!-- /${name} -->`
  const from = old.indexOf(begin)
  const to = old.indexOf(end)
  if (from < 0 || to < from) throw new Error(`${file} lacks the marks ${begin} … ${end}`)
  put(file, `${old.slice(0, from + begin.length)}\n${text}\n${old.slice(to)}`)
}

function settings(head: string, language: 'zh' | 'en'): string {
  const rows = (Object.keys(configSchema.shape) as ConfigKey[]).map((key) => {
    const fallback = defaultOf(key)
    return `| \`${envName(key)}\` | ${fallback === '' ? '–' : `\`${fallback}\``} | ${aboutSetting(key)[language]} |`
  })
  return [head, '|---|---|---|', ...rows].join('\n')
}

between('README.md', 'settings', settings('| variable | default | meaning |', 'en'))
between('README.zh-CN.md', 'settings', settings('| 环境变量 | 默认值 | 含义 |', 'zh'))
put('docs/channels.md', channelsMarkdown())
put('docs/standard.md', standardMarkdown())

if (behind.length > 0) {
  console.error(`behind the code, run npm run docs: ${behind.join(', ')}`)
  process.exit(1)
}
console.log(check ? 'documents are up to date' : 'documents written')
