import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readManifest } from '../../src/read/manifest.ts'
import { article, NOW } from './pages.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huoshui-read-'))
  await writeFile(join(folder, 'a.html'), article('发布时间：2024-05-01'))
  await writeFile(join(folder, 'l.html'), '<ul><li><a href="/1.html">第一条信息的标题</a><span>06-12</span></li><li><a href="/2.html">第二条信息的标题</a><span>06-10</span></li></ul>')
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function run(lines: readonly string[]): Promise<Record<string, unknown>[]> {
  const path = join(folder, 'cases.jsonl')
  await writeFile(path, lines.join('\n'))
  const out: Record<string, unknown>[] = []
  await readManifest(path, (line) => out.push(JSON.parse(line)), NOW)
  return out
}

describe('read --manifest', () => {
  it('answers each line in order, with witnesses, and items for lists', async () => {
    const [a, l] = await run([JSON.stringify({ id: 'a', path: 'a.html', kind: 'article' }), '', JSON.stringify({ id: 'l', path: join(folder, 'l.html'), kind: 'listing', url: 'http://a.gov.cn/' })])
    expect(a).toMatchObject({ id: 'a', date: '2024-05-01' })
    expect((a?.['witnesses'] as unknown[] | undefined)?.[0]).toMatchObject({ source: 'label', day: '2024-05-01' })
    expect(a).not.toHaveProperty('items')
    expect(l).toMatchObject({ id: 'l', date: '2024-06-12', items: [{ title: '第一条信息的标题', url: 'http://a.gov.cn/1.html', date: '2024-06-12' }, { date: '2024-06-10' }] })
  })
  it('judges by the line’s own now', async () => {
    expect((await run([JSON.stringify({ id: 'l', path: 'l.html', kind: 'listing', now: '2020-01-05T00:00:00+08:00' })]))[0]?.['date']).toBe('2019-06-12')
  })
  it('goes on after files and lines that cannot be read', async () => {
    const out = await run([JSON.stringify({ id: 1, path: 'missing.html', kind: 'article' }), 'not json', '[]', JSON.stringify({ id: 'x', kind: 'article' }), JSON.stringify({ id: 'y', path: 'a.html', now: 'soon' }), JSON.stringify({ id: 'a', path: 'a.html', kind: 'article' })])
    expect(out.map((o) => [o['id'], o['date'], typeof o['error']])).toEqual([[1, null, 'string'], [null, null, 'string'], [null, null, 'string'], ['x', null, 'string'], ['y', null, 'string'], ['a', '2024-05-01', 'undefined']])
  })
  it('throws for a manifest that is not there', async () => {
    await expect(readManifest(join(folder, 'none.jsonl'), () => undefined, NOW)).rejects.toThrow()
  })
})
