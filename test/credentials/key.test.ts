import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { HuoshuiError } from '../../src/domain/error.ts'
import { findKey, keyFor, keyFrom, makeKey, makeNextKey } from '../../src/credentials/key.ts'
import { seal, unseal } from '../../src/credentials/seal.ts'
import { KEY_A, KEY_B, SECRET } from './fixtures.ts'

let folder: string
let data: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huoshui-key-'))
  data = join(folder, 'data')
})
afterEach(() => rm(folder, { recursive: true, force: true }))
const refusal = (p: Promise<unknown>): Promise<unknown> => p.then(() => null, (e: unknown) => e)

test('a key file is made once, with mode 600, and is the same for all who make it at once', async () => {
  expect(await findKey({ data })).toBeNull()
  const made = await Promise.all(Array.from({ length: 8 }, () => makeKey({ data })))
  expect(new Set(made.map((k) => k.id)).size).toBe(1)
  expect((await stat(join(data, 'key'))).mode & 0o777).toBe(0o600)
  expect(await readdir(data)).toEqual(['key'])
  expect((await findKey({ data }))?.id).toBe(made[0]!.id)
})

test('a key file that others may read is refused, with its mode and what to do', async () => {
  await makeKey({ data })
  for (const mode of [0o640, 0o604, 0o644, 0o660]) {
    await chmod(join(data, 'key'), mode)
    expect(await refusal(findKey({ data }))).toMatchObject({ code: 'forbidden', text: { en: expect.stringContaining(mode.toString(8)), zh: expect.stringContaining('chmod 600') } })
  }
})

test('a key file that is a link, a folder or no key is refused', async () => {
  await mkdir(data)
  await writeFile(join(data, 'other'), KEY_A, { mode: 0o600 })
  await symlink(join(data, 'other'), join(data, 'key'))
  expect(await refusal(findKey({ data }))).toMatchObject({ code: 'unavailable' })
  await rm(join(data, 'key'))
  await writeFile(join(data, 'key'), SECRET, { mode: 0o600 })
  const e = await refusal(findKey({ data }))
  expect(e).toMatchObject({ code: 'bad_input' })
  expect((e as HuoshuiError).message).not.toContain(SECRET)
})

test('HUOSHUI_KEY goes before the file; a wrong one stops the start and is not repeated', async () => {
  await makeKey({ data })
  expect(await findKey({ data, key: KEY_A })).toMatchObject({ from: 'environment', id: keyFrom(KEY_A, 'file', 'x').id })
  let e: unknown
  try {
    loadConfig({ HUOSHUI_KEY: SECRET })
  } catch (error) {
    e = error
  }
  expect(e).toMatchObject({ code: 'bad_input', text: { en: expect.stringContaining('HUOSHUI_KEY=***') } })
  expect(JSON.stringify(e) + String(e)).not.toContain(SECRET)
  expect(loadConfig({ HUOSHUI_KEY: KEY_A }).key).toBe(KEY_A)
})

test('the wrong key and the missing key are named', async () => {
  const other = keyFrom(KEY_B, 'environment', 'x').id
  expect(await refusal(keyFor({ data, key: KEY_A }, [other]))).toMatchObject({ code: 'unavailable', text: { en: expect.stringMatching(/^wrong key: HUOSHUI_KEY/), zh: expect.stringContaining('密钥不对') } })
  expect(await refusal(keyFor({ data }, [other]))).toMatchObject({ code: 'unavailable', text: { en: expect.stringContaining('there is no key file') } })
  expect(await keyFor({ data }, [])).toBeNull()
})

test('a rotation cut off after the rows were sealed is finished by the next reader', async () => {
  const old = await makeKey({ data })
  const next = await makeNextKey({ data })
  expect((await keyFor({ data }, [old.id]))?.id).toBe(old.id)
  expect((await keyFor({ data }, [next.id]))?.id).toBe(next.id)
  expect(await readdir(data)).toEqual(['key'])
  expect((await readFile(join(data, 'key'), 'utf8')).trim()).toBe(next.bytes.toString('base64'))
})

test('what is sealed opens with its key and place only, and never twice the same', () => {
  const key = keyFrom(KEY_A, 'file', 'x')
  const sealed = seal(key, 'credential:a:all:', SECRET)
  expect(sealed).not.toContain(SECRET)
  expect(seal(key, 'credential:a:all:', SECRET)).not.toBe(sealed)
  expect(unseal(key, 'credential:a:all:', sealed)).toBe(SECRET)
  const bytes = Buffer.from(sealed, 'base64')
  bytes[bytes.length - 1]! ^= 1
  for (const open of [
    () => unseal(keyFrom(KEY_B, 'file', 'x'), 'credential:a:all:', sealed),
    () => unseal(key, 'credential:a:channel:7', sealed),
    () => unseal(key, 'credential:a:all:', bytes.toString('base64')),
    () => unseal(key, 'credential:a:all:', ''),
    () => unseal(key, 'credential:a:all:', Buffer.from(sealed, 'base64').subarray(0, 20).toString('base64')),
  ]) expect(open).toThrow(HuoshuiError)
})
