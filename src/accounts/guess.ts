import { passwordProblem } from '../domain/password.ts'
import type { Text } from '../domain/text.ts'

/** Words that whoever guesses here would try first, beside the account's own. */
const LOCAL = ['huoshui', 'huoshui123', 'admin', 'administrator', 'root', 'guanliyuan', 'zhengfu', 'jiangxi', 'nanchang', 'china', 'beijing', '活水', '管理员', '政府', '江西', '江西省', '南昌'] as const

/** A password that falls within so many guesses (powers of ten) is one of those in everybody's lists, or nearly. */
const LEAST_GUESSES = 9

type Guesser = { readonly check: (password: string, words: string[]) => { readonly guessesLog10: number } }
let guesser: Promise<Guesser> | undefined

/** Loaded when somebody first chooses a password: its lists of common ones take some 15 MB. */
async function loadGuesser(): Promise<Guesser> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')])
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
}

/**
 * What is wrong with a password that somebody chose, null where nothing is: the rules told while typing, then whether it stands in, or is
 * made of, the common and breached ones (ASVS 4.0.3, 2.1.7). Nothing is asked outside the machine.
 */
export async function chosenPasswordProblem({ password, username, name = '' }: { password: string; username: string; name?: string }): Promise<Text | null> {
  const problem = passwordProblem(password, username)
  if (problem !== null) return problem
  guesser ??= loadGuesser()
  const { guessesLog10 } = (await guesser).check(password.normalize('NFKC'), [...LOCAL, username, name].filter((word) => word !== ''))
  return guessesLog10 >= LEAST_GUESSES ? null : { zh: '这个密码太常见,容易被猜中:请换几个互不相关的词', en: 'this password is among those that are guessed first: take some words that have nothing to do with each other' }
}
