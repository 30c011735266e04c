import { createHmac, randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { link, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config/schema.ts'
import { HuoshuiError } from '../domain/error.ts'

/** Where the key is: HUOSHUI_KEY, else the file `key` of the data folder. */
export type KeyPlace = Pick<Config, 'data' | 'key'>

export type Key = { readonly id: string; readonly bytes: Buffer; readonly from: 'environment' | 'file' }

const BYTES = 32
const fileOf = (place: KeyPlace): string => join(place.data, 'key')
/** A new key waits under this name until everything is sealed with it. */
const nextOf = (place: KeyPlace): string => `${fileOf(place)}.next`

/** Reads a key from base64. Throws `bad_input`, without the text, unless it is 32 bytes. */
export function keyFrom(text: string, from: Key['from'], where: string): Key {
  const bytes = Buffer.from(text.trim(), 'base64')
  if (bytes.length !== BYTES) {
    throw new HuoshuiError('bad_input', {
      zh: `${where} 中的密钥应为32字节的 base64(可用 openssl rand -base64 32 生成)`,
      en: `the key in ${where} must be 32 bytes in base64 (openssl rand -base64 32 makes one)`,
    })
  }
  return { id: createHmac('sha256', bytes).update('huoshui key').digest('hex').slice(0, 12), bytes, from }
}

/** The key in use, null where there is none yet. Throws `forbidden` where others may read its file. */
export async function findKey(place: KeyPlace): Promise<Key | null> {
  if (place.key !== undefined) return keyFrom(place.key, 'environment', 'HUOSHUI_KEY')
  return readKeyFile(fileOf(place))
}

/**
 * The key that opens what was sealed by `ids`. Null where nothing is sealed and no key was made. Throws `unavailable`
 * that says which key is wanted where the one at hand is another, or is missing.
 */
export async function keyFor(place: KeyPlace, ids: readonly string[]): Promise<Key | null> {
  const found = await findKey(place)
  const wanted = ids.filter((id) => id !== found?.id)
  if (wanted.length === 0) return found
  // A rotation was cut off after all was sealed anew and before the new key took the old one's place.
  if (place.key === undefined && ids.length === 1) {
    const next = await readKeyFile(nextOf(place))
    if (next !== null && next.id === ids[0]) {
      await promote(place)
      return next
    }
  }
  const where = place.key === undefined ? fileOf(place) : 'HUOSHUI_KEY'
  throw found === null
    ? new HuoshuiError('unavailable', {
      zh: `已存的凭据由密钥 ${wanted.join('、')} 加密,但找不到密钥文件 ${where}:请恢复该文件或设置 HUOSHUI_KEY`,
      en: `the stored credentials are sealed with key ${wanted.join(', ')}, and there is no key file ${where}: restore it, or set HUOSHUI_KEY`,
    })
    : new HuoshuiError('unavailable', {
      zh: `密钥不对:${where} 是密钥 ${found.id},而凭据由密钥 ${wanted.join('、')} 加密;请恢复原密钥,或删除这些凭据后重新录入`,
      en: `wrong key: ${where} is key ${found.id}, and the credentials are sealed with key ${wanted.join(', ')}; restore that key, or remove those credentials and set them anew`,
    })
}

/** Makes the key file with mode 600, unless another command was first; returns the key that is there. */
export async function makeKey(place: KeyPlace): Promise<Key> {
  const draft = `${fileOf(place)}.${process.pid}-${randomBytes(4).toString('hex')}`
  await writeKeyFile(draft, place)
  try {
    // link() fails where the name is taken: the first one there wins, and nobody reads half a file.
    await link(draft, fileOf(place)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(draft, { force: true })
  }
  const key = await readKeyFile(fileOf(place))
  if (key === null) throw new HuoshuiError('unavailable', { zh: `无法写入密钥文件 ${fileOf(place)}`, en: `the key file ${fileOf(place)} could not be written` })
  return key
}

/** Writes a new key beside the one in use. */
export async function makeNextKey(place: KeyPlace): Promise<Key> {
  await rm(nextOf(place), { force: true })
  return writeKeyFile(nextOf(place), place)
}

/** Puts the new key in the old one's place; another process may have been first. */
export async function promote(place: KeyPlace): Promise<void> {
  await rename(nextOf(place), fileOf(place)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}

export function dropNext(place: KeyPlace): Promise<void> {
  return rm(nextOf(place), { force: true })
}

async function writeKeyFile(file: string, place: KeyPlace): Promise<Key> {
  await mkdir(place.data, { recursive: true, mode: 0o700 })
  const text = randomBytes(BYTES).toString('base64')
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(`${text}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return keyFrom(text, 'file', file)
}

async function readKeyFile(file: string): Promise<Key | null> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new HuoshuiError('unavailable', { zh: `无法读取密钥文件 ${file}(${error.code})`, en: `the key file ${file} cannot be read (${error.code})` }, { cause: error })
  })
  if (handle === null) return null
  try {
    const { mode } = await handle.stat()
    if ((mode & 0o077) !== 0) {
      throw new HuoshuiError('forbidden', {
        zh: `密钥文件 ${file} 的权限为 ${(mode & 0o777).toString(8)},他人可读:请执行 chmod 600 后重试`,
        en: `the key file ${file} has mode ${(mode & 0o777).toString(8)}, so that others may read it: chmod 600 it first`,
      })
    }
    return keyFrom(await handle.readFile('utf8'), 'file', file)
  } finally {
    await handle.close()
  }
}
