import { createHash, randomBytes } from 'node:crypto'
import { appendFile, mkdtemp, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EvidenceCorrupt, openPacks } from '../../src/evidence/index.ts'

let folder: string
let at: number
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huoshui-evidence-'))
  at = Date.parse('2026-06-15T00:00:00Z')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const sha = (b: Uint8Array): string => createHash('sha256').update(b).digest('hex')
const store = () => openPacks(folder, () => at)
const text = (s: string): Buffer => Buffer.from(s)
const packs = async (): Promise<string[]> => (await readdir(folder, { recursive: true })).filter((f) => f.endsWith('.pack')).map((f) => join(folder, f))

test('gives back what was put, by its hash', async () => {
  const s = store()
  const pieces = Array.from({ length: 200 }, (_, i) => (i === 0 ? Buffer.alloc(0) : randomBytes(i * 37)))
  for (const p of pieces) s.put(sha(p), p)
  for (const p of pieces) expect(await s.get(sha(p))).toEqual(p)
  expect(await s.has(sha(text('never seen')))).toBe(false)
  expect(await s.get(sha(text('never seen')))).toBeNull()
  s.close()
})

test('writes the same bytes once, and is read by another process while it writes', async () => {
  const writer = store()
  const reader = store()
  const bytes = text('<html>同一页面</html>')
  writer.put(sha(bytes), bytes)
  const size = (await stat((await packs())[0]!)).size
  writer.put(sha(bytes), bytes)
  expect((await stat((await packs())[0]!)).size).toBe(size)
  expect(await reader.get(sha(bytes))).toEqual(bytes)
  const later = text('<html>后来的页面</html>')
  writer.put(sha(later), later)
  expect(await reader.get(sha(later))).toEqual(later)
  writer.close()
})

test('finds damage, and names it instead of giving it out', async () => {
  const s = store()
  const bytes = text('页面'.repeat(500))
  s.put(sha(bytes), bytes)
  const path = (await packs())[0]!
  const file = await open(path, 'r+')
  const { size } = await file.stat()
  await file.write(Buffer.from([0xff, 0xff, 0xff]), 0, 3, size - 8)
  await file.close()
  await expect(s.get(sha(bytes))).rejects.toThrow(EvidenceCorrupt)
  s.close()
})

test('a good copy speaks where another is damaged', async () => {
  const bytes = text('页面'.repeat(300))
  const first = store()
  first.put(sha(bytes), bytes)
  first.close()
  const path = (await packs())[0]!
  const whole = await readFile(path)
  const file = await open(path, 'r+')
  await file.write(Buffer.from([1, 2, 3]), 0, 3, whole.length - 6)
  await file.close()
  const second = store()
  second.put(sha(bytes), bytes)
  expect(await second.get(sha(bytes))).toEqual(bytes)
  second.close()
})

test('passes over a piece that was cut short, to what was written after it', async () => {
  const s = store()
  const before = Array.from({ length: 40 }, (_, i) => text(`before ${i}`))
  for (const p of before) s.put(sha(p), p)
  for (const path of await packs()) await appendFile(path, (await readFile(path)).subarray(0, 60))
  const after = Array.from({ length: 40 }, (_, i) => text(`after ${i}`))
  for (const p of after) s.put(sha(p), p)
  const fresh = store()
  for (const p of [...before, ...after]) expect(await fresh.get(sha(p))).toEqual(p)
  s.close()
})

test('prunes months gone by, keeps what is named, and leaves the open month alone', async () => {
  const s = store()
  const old = Array.from({ length: 30 }, (_, i) => text(`old page ${i} ${'x'.repeat(200)}`))
  for (const p of old) s.put(sha(p), p)
  at = Date.parse('2026-08-10T00:00:00Z')
  const recent = text('this month')
  s.put(sha(recent), recent)
  const kept = new Set(old.slice(0, 3).map(sha))
  const done = await s.prune((h) => kept.has(h))
  expect(done.removed).toBe(27)
  expect(done.freed).toBeGreaterThan(0)
  for (const [i, p] of old.entries()) expect(await s.has(sha(p))).toBe(i < 3)
  expect(await s.get(sha(old[1]!))).toEqual(old[1])
  expect(await s.has(sha(recent))).toBe(true)
  // What was let go may be met again, and is then kept again.
  s.put(sha(old[9]!), old[9]!)
  expect(await s.get(sha(old[9]!))).toEqual(old[9])
  s.close()
})
