import type { Socket } from 'node:net'
import type { Transporter } from 'nodemailer'
import type { SentMessageInfo } from 'nodemailer/lib/smtp-transport'
import type { Send } from './send.ts'

/** Posts JSON to an address through the guarded HTTP client; resolves to the answer's status and body. */
export type PostJson = (url: string, body: unknown) => Promise<{ readonly status: number; readonly text: string }>

/** Opens a TCP connection to a host that may be reached; rejects for any other, without having touched it. */
export type Connect = (host: string, port: number) => Promise<Socket>

type Smtp = { readonly smtp: string; readonly connect: Connect }

async function openTransport({ smtp, connect }: Smtp): Promise<Transporter<SentMessageInfo>> {
  const { createTransport } = await import('nodemailer')
  return createTransport({
    url: smtp, disableFileAccess: true, disableUrlAccess: true,
    getSocket: ({ host = 'localhost', port, secure = false }, give) => {
      const wanted = Number(port) || (secure ? 465 : 587)
      connect(host, wanted).then((connection) => give(null, { connection }), (error: unknown) => give(error instanceof Error ? error : new Error(String(error)), false))
    },
  })
}

/**
 * A sender by e-mail over one SMTP server, e.g. `smtps://user:password@mail.example.gov.cn`, to which `connect` leads. What
 * speaks SMTP is loaded with the first message: most workers never send one.
 */
export function emailSender(options: Smtp & { readonly from: string }): Send {
  let transport: ReturnType<typeof openTransport> | null = null
  return async ({ address, subject, body }) => {
    transport ??= openTransport(options)
    const done = await (await transport).sendMail({ from: options.from, to: address, subject, text: body })
    if (done.rejected.length > 0) throw new Error(`refused: ${done.response}`)
  }
}

/** Bytes that a robot takes in one message, less some for the heading. */
const ROBOT_BYTES = 1900

/** A sender to the group robots of 企业微信 and 钉钉: both take a text message and answer with `errcode`. */
export function robotSender(way: 'wecom' | 'dingtalk', post: PostJson): Send {
  return async ({ address, subject, body }) => {
    const answer = await post(address, { msgtype: 'text', text: { content: cut(`${subject}\n\n${body}`) } })
    if (answer.status !== 200) throw new Error(`${way} answered HTTP ${answer.status}`)
    const code = /"errcode"\s*:\s*(-?\d+)/.exec(answer.text)?.[1]
    if (code !== '0') throw new Error(`${way} answered errcode ${code ?? '?'}: ${answer.text.slice(0, 200)}`)
  }
}

function cut(text: string): string {
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length <= ROBOT_BYTES) return text
  return `${bytes.subarray(0, ROBOT_BYTES).toString('utf8').replace(/\ufffd+$/u, '')}\n…`
}
