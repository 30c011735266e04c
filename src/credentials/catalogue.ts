import { CHANNELS } from '../channels/index.ts'
import type { Signal } from '../channels/index.ts'
import { HuoshuiError } from '../domain/error.ts'
import type { Kind } from '../domain/kinds.ts'
import type { Text } from '../domain/text.ts'

/** A credential that some source of some kind asks for, as the manifests declare it. */
export type CredentialInfo = {
  readonly id: string
  readonly fields: readonly string[]
  readonly kind: Kind
  readonly sources: readonly string[]
  readonly note: Text
  /** It opens one account and no other: used for another channel it would read the wrong account's dates. */
  readonly oneAccount: boolean
}

/** Fields that name the account which a key belongs to. */
const ACCOUNT_FIELDS: ReadonlySet<string> = new Set(['appid', 'open_id'])

export const CREDENTIALS: ReadonlyMap<string, CredentialInfo> = read()

/** Source id → the credential it asks for. */
export const CREDENTIAL_OF_SOURCE: ReadonlyMap<string, string> = new Map([...CREDENTIALS.values()].flatMap((c) => c.sources.map((s) => [s, c.id])))

/** Guesses at a platform's words, by id: what a person may confirm. */
export const GUESSES: ReadonlyMap<string, { readonly kind: Kind; readonly signal: Signal }> = new Map(
  Object.values(CHANNELS).flatMap((k) => k.manifest.signals.filter((s) => s.sure === 'memory').map((signal) => [signal.id, { kind: k.kind, signal }])),
)

/** Throws `not_found` that lists the known ids. */
export function credentialInfo(id: string): CredentialInfo {
  const info = CREDENTIALS.get(id)
  if (info !== undefined) return info
  const known = [...CREDENTIALS.values()].map((c) => `${c.id} (${c.fields.join(', ')})`).join('; ')
  throw new HuoshuiError('not_found', { zh: `没有这种凭据;可配置的有:${known}`, en: `there is no such credential; known are: ${known}` })
}

function read(): Map<string, CredentialInfo> {
  const found = new Map<string, CredentialInfo>()
  for (const { kind, sources } of Object.values(CHANNELS)) {
    for (const { id: source, credential, note } of sources) {
      if (credential === undefined) continue
      const known = found.get(credential.id)
      found.set(credential.id, known === undefined
        ? { ...credential, kind, note, sources: [source], oneAccount: credential.fields.some((f) => ACCOUNT_FIELDS.has(f)) }
        : { ...known, sources: [...known.sources, source] })
    }
  }
  return found
}
