import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'
import type { ScryptOptions } from 'node:crypto'
import PQueue from 'p-queue'

/** scrypt's cost: 32 MB and about a fifth of a second (OWASP's N=2^15, r=8, p=3). Kept in each hash, so that it may grow. */
const COST = { n: 15, r: 8, p: 3 } as const
const BYTES = 32

/** At most two at once: a flood of sign-ins must not take the memory and threads that everything else needs. */
const queue = new PQueue({ concurrency: 2 })

function derive(password: string, salt: Buffer, cost: { n: number; r: number; p: number }): Promise<Buffer> {
  const N = 2 ** cost.n
  const options: ScryptOptions = { N, r: cost.r, p: cost.p, maxmem: 2 * 128 * N * cost.r }
  return queue.add(() => new Promise<Buffer>((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, BYTES, options, (error, key) => (error === null ? resolve(key) : reject(error)))
  }))
}

/** `scrypt$n$r$p$salt$hash`, salt and hash in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, COST)
  return ['scrypt', COST.n, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** False for a wrong password and for a hash of unknown form. */
export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const [kind, n, r, p, salt = '', wanted = ''] = hash.split('$')
  const cost = { n: Number(n), r: Number(r), p: Number(p) }
  if (kind !== 'scrypt' || !(cost.n >= 14 && cost.n <= 20 && cost.r >= 1 && cost.r <= 32 && cost.p >= 1 && cost.p <= 16)) return false
  const kept = Buffer.from(wanted, 'base64url')
  const got = await derive(password, Buffer.from(salt, 'base64url'), cost)
  return kept.length === got.length && timingSafeEqual(kept, got)
}

/** Letters and digits that nobody takes for one another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Characters in groups of four, nearly 5 bits each. */
export function readableSecret(groups: number): string {
  return Array.from({ length: groups }, () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')).join('-')
}

/** A first password, to be shown once: 16 characters, some 79 bits, and always of two sorts. */
export function generatePassword(): string {
  const made = readableSecret(4)
  return /\d/.test(made) && /[a-z]/.test(made) ? made : generatePassword()
}
