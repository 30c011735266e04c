import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { Logger } from 'pino'
import { ZodError, z } from 'zod'
import { ERROR_CODES, HuoshuiError } from '../domain/error.ts'
import type { Text } from '../domain/text.ts'

/** What every refusal looks like on the wire: a code, words in both languages, and rows where there are some. */
export const refusal = z.object({
  error: z.object({ code: z.string(), message: z.object({ zh: z.string(), en: z.string() }), details: z.array(z.unknown()) }),
})
export type Refusal = z.infer<typeof refusal>

export function refuse(reply: FastifyReply, status: number, code: string, message: Text, details: readonly unknown[] = []): FastifyReply {
  return reply.code(status).send({ error: { code, message, details: [...details] } } satisfies Refusal)
}

/** A refusal with a status of its own, where the services' handful of codes do not say enough: sign-in, limits. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly said: { readonly status: number; readonly code: string; readonly text: Text }
  constructor(said: Refused['said']) {
    super(said.text.en)
    this.said = said
  }
}

const field = (path: readonly PropertyKey[]): string => (path.length === 0 ? 'body' : path.map(String).join('.'))

/** Turns whatever was thrown into a refusal. What nobody foresaw is logged and shown without its innards. */
export function errorHandler(log: Logger) {
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (error instanceof HuoshuiError) return refuse(reply, ERROR_CODES[error.code].http, error.code, error.text, error.details)
    if (error instanceof Refused) return refuse(reply, error.said.status, error.said.code, error.said.text)
    if (hasZodFastifySchemaValidationErrors(error)) {
      const problems = error.validation.map((v) => ({ field: v.instancePath.replace(/^\//, '').replaceAll('/', '.') || 'body', problem: v.message ?? '' }))
      return refuse(reply, 400, 'bad_input', wrong(problems), problems)
    }
    if (error instanceof ZodError) {
      const problems = error.issues.map((i) => ({ field: field(i.path), problem: i.message }))
      return refuse(reply, 400, 'bad_input', wrong(problems), problems)
    }
    const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
    if (status === 413) return refuse(reply, 413, 'bad_input', { zh: '上传内容过大', en: 'what was sent is too large' })
    if (status >= 400 && status < 500) return refuse(reply, status, 'bad_input', { zh: '请求格式不正确', en: 'the request is malformed' })
    log.error({ err: error, url: request.routeOptions.url, id: request.id }, 'request failed 请求处理失败')
    return refuse(reply, 500, 'failed', { zh: `服务器处理出错,请将编号 ${request.id} 告知管理员`, en: `the server failed; tell the administrator number ${request.id}` })
  }
}

function wrong(problems: readonly { field: string; problem: string }[]): Text {
  const list = problems.slice(0, 5).map((p) => `${p.field}: ${p.problem}`).join('; ')
  return { zh: `输入有误——${list}`, en: `wrong input: ${list}` }
}
