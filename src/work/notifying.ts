import type { Ctx } from '../../db/context.ts'
import type { Config } from '../config/schema.ts'
import { createFetcher, createGuard, guardedSocket } from '../fetch/index.ts'
import { emailSender, gatherNews, robotSender, sendLetters, writeLetters } from '../notify/index.ts'
import type { Senders } from '../notify/index.ts'
import { queueEye } from '../queue/index.ts'
import type { VisitQueue } from '../queue/index.ts'
import { lookAtWatcher } from '../watcher/index.ts'

const EVERY_MS = 60_000

export type Notifying = { close(): Promise<void> }

/** What is new is gathered, written into letters and sent, once a minute; one round at a time. */
export function startNotifying({ ctx: given, config, log, queue }: { ctx: Ctx; config: Config; queue: Pick<VisitQueue, 'state'>; log: { warn(message: string): void } }): Notifying {
  const ctx: Ctx = { ...given, actor: { kind: 'system', name: 'notify' } }
  // Robots are public addresses: the guard opens no range for them. A mail server may stand in a network that is opened.
  const fetcher = createFetcher({ contact: config.contact, timeouts: { total: 20_000 } })
  const post = async (url: string, body: unknown): Promise<{ status: number; text: string }> => {
    const answer = await fetcher.fetch({ url, method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' }, maxRedirects: 0, maxBytes: 64_000 })
    if (answer.status === null) throw new Error(answer.error ?? answer.outcome)
    return { status: answer.status, text: Buffer.from(answer.bytes).toString('utf8') }
  }
  const senders: Senders = {
    wecom: robotSender('wecom', post),
    dingtalk: robotSender('dingtalk', post),
    ...(config.smtp === undefined ? {} : { email: emailSender({ smtp: config.smtp, from: config.mailFrom, connect: guardedSocket(createGuard({ allowNets: config.allowNets })) }) }),
  }
  const eye = queueEye(() => queue.state())
  const round = async (): Promise<void> => {
    try {
      await gatherNews({ ctx, input: { alarms: (await lookAtWatcher({ ctx, config, queue: eye })).alarms } })
      await writeLetters({ ctx })
      await sendLetters({ ctx, senders })
    } catch (error) {
      log.warn(`notify: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  let running: Promise<void> = Promise.resolve()
  let idle = true
  const timer = setInterval(() => {
    if (!idle) return
    idle = false
    running = round().finally(() => { idle = true })
  }, EVERY_MS)
  return {
    close: async () => {
      clearInterval(timer)
      await running
      await fetcher.close()
    },
  }
}
