import { KIND_IDS, KINDS } from '../domain/kinds.ts'

const plain = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** Words that registers add to an account's name, and platforms do not: “江西发布微博” is “江西发布”. Longest first. */
const ADDED: readonly string[] = [...new Set(['官方', '政务', '账号', '帐号', ...KIND_IDS.flatMap((k) => [KINDS[k].name.zh, ...KINDS[k].aliases])].map(plain))]
  .filter((word) => word !== '')
  .sort((a, b) => b.length - a.length)

function core(name: string): string {
  let rest = plain(name)
  for (;;) {
    const word = ADDED.find((w) => rest.length > w.length && rest.endsWith(w))
    if (word === undefined) return rest
    rest = rest.slice(0, -word.length)
  }
}

/** The platform's name against the register's, punctuation and the platform's own name left out. Null where they agree. */
export function renaming(registered: string | undefined, shown: string | null): { from: string; to: string } | null {
  if (registered === undefined || shown === null) return null
  const a = core(registered)
  const b = core(shown)
  return a === '' || b === '' || a === b ? null : { from: registered, to: shown }
}
