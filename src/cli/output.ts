import type { Writable } from 'node:stream'
import { ZodError, prettifyError } from 'zod'
import { HuoshuiError, ERROR_CODES, plainError } from '../domain/error.ts'
import type { Text } from '../domain/text.ts'

/** Writes to stdout and waits until it has gone, so that a large answer into a pipe is whole. */
export async function print(text: string): Promise<void> {
  await write(process.stdout, text.endsWith('\n') ? text : `${text}\n`)
}

/** Progress, warnings and words for people go to stderr: stdout belongs to the answer. */
export async function say(text: string): Promise<void> {
  await write(process.stderr, text.endsWith('\n') ? text : `${text}\n`)
}

/** One document on one line: with `--json` stdout carries nothing else. */
export async function printJson(value: unknown): Promise<void> {
  await print(JSON.stringify(value))
}

/** Both languages, Chinese first. */
export function both(text: Text): string {
  return text.zh === text.en ? text.zh : `${text.zh}\n${text.en}`
}

/** Says an error in words (in JSON too where asked for) and returns the exit code that docs/cli.md lists. */
export async function reportError(thrown: unknown, json: boolean): Promise<number> {
  const error = thrown instanceof ZodError ? notFitting(thrown) : thrown
  if (error instanceof HuoshuiError) {
    await say(both(error.text))
    if (json) await printJson({ error: { code: error.code, ...error.text, details: error.details } })
    return ERROR_CODES[error.code].exit
  }
  const { message, stack } = plainError(error)
  await say(stack === '' ? message : stack)
  if (json) await printJson({ error: { code: 'unexpected', en: message, zh: '程序内部错误' } })
  return 1
}

/** Input that a verb's schema refused: the fields are named, whatever the verb. */
function notFitting(error: ZodError): HuoshuiError {
  const why = prettifyError(error)
  return new HuoshuiError('bad_input', { zh: `输入有误:${why}`, en: `the input does not fit: ${why}` }, { details: error.issues })
}

function write(to: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => to.write(text, (error) => (error ? reject(error) : resolve())))
}
