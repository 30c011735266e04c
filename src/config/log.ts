import { pino } from 'pino'
import type { DestinationStream, Logger } from 'pino'
import { plainError, plainText } from '../domain/error.ts'
import type { Config } from './schema.ts'

/**
 * The program's log: one JSON document a line, whatever was written into a name or an address, and never the values that a
 * failed statement was sent.
 */
export function openLog({ logLevel }: Pick<Config, 'logLevel'>, to: DestinationStream = pino.destination(2)): Logger {
  return pino({
    level: logLevel,
    base: null,
    serializers: {
      err: (error: unknown) => ({ ...plainError(error), ...(error instanceof Error && 'code' in error ? { code: error.code } : {}) }),
    },
    hooks: {
      logMethod(args, method) {
        const given: readonly unknown[] = args
        const [first] = given
        // An error alone: the library would make the line's words of its message.
        const err = first instanceof Error ? first : given.length === 1 && first !== null && typeof first === 'object' && 'err' in first ? first.err : undefined
        const said = err === undefined ? given : [first instanceof Error ? { err } : first, ...(given.length === 1 ? [plainError(err).message] : given.slice(1))]
        method.apply(this, said.map((a) => (typeof a === 'string' ? plainText(a) : a)) as typeof args)
      },
    },
  }, to)
}
