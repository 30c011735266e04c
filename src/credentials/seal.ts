import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { HuoshuiError } from '../domain/error.ts'
import type { Key } from './key.ts'

const NONCE = 12
const TAG = 16

/**
 * AES-256-GCM with a fresh nonce: base64 of nonce, tag, ciphertext. `place` says what row it belongs to and is part of
 * what is authenticated, so that a sealed text moved to another row does not open.
 */
export function seal(key: Key, place: string, plain: string): string {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(Buffer.from(place))
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
}

/** The inverse of `seal`. Throws `unavailable` where the key is another or the text was changed. */
export function unseal(key: Key, place: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, bytes.subarray(0, NONCE), { authTagLength: TAG })
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8')
  } catch (error) {
    throw new HuoshuiError('unavailable', {
      zh: `无法解密 ${place}:密钥不对,或内容被改动`,
      en: `${place} does not open: the key is another, or what was sealed has been changed`,
    }, { cause: error })
  }
}
