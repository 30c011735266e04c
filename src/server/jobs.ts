import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { HuoshuiError } from '../domain/error.ts'
import type { Text } from '../domain/text.ts'

/** A piece of work that outlasts a request. Kept in memory: what it did is in the database, whoever asks for it. */
export type Job = { readonly id: string; readonly owner: string; done: number; of: number; state: 'running' | 'done' | 'failed'; result: number | null; error: Text | null }

const KEPT = 200
/** At once, over all users: each holds a connection and a core. */
const AT_ONCE = 2

/** Work in the background of the server, at most two pieces at once; whoever began it may ask how far it is. */
export class Jobs {
  readonly #jobs = new Map<string, Job>()
  readonly #running = new Set<Promise<void>>()
  readonly #log: Logger

  constructor(log: Logger) {
    this.#log = log
  }

  /** Begins at once. `run` gives the number of what it made. Throws `conflict` while two are under way. */
  start(owner: string, run: (progress: (done: number, of: number) => void) => Promise<number>): Job {
    if (this.#running.size >= AT_ONCE) throw new HuoshuiError('conflict', { zh: '已有任务在进行,请稍后再试', en: 'other work is under way; try again in a while' })
    const job: Job = { id: randomUUID(), owner, done: 0, of: 0, state: 'running', result: null, error: null }
    this.#jobs.set(job.id, job)
    for (const old of [...this.#jobs.values()].filter((j) => j.state !== 'running').slice(0, -KEPT)) this.#jobs.delete(old.id)
    const work = this.#carryOut(job, run).finally(() => this.#running.delete(work))
    this.#running.add(work)
    return job
  }

  async #carryOut(job: Job, run: (progress: (done: number, of: number) => void) => Promise<number>): Promise<void> {
    try {
      const result = await run((done, of) => Object.assign(job, { done, of }))
      Object.assign(job, { state: 'done', result })
    } catch (error) {
      const known = error instanceof HuoshuiError
      if (!known) this.#log.error({ err: error }, 'job failed 后台任务失败')
      Object.assign(job, { state: 'failed', error: known ? error.text : { zh: '任务未能完成,请告知管理员查看日志', en: 'it failed; the administrator finds why in the log' } })
    }
  }

  /** Throws `not_found` for a job that is not there, or somebody else's. */
  of(owner: string, id: string): Job {
    const job = this.#jobs.get(id)
    if (job === undefined || job.owner !== owner) throw new HuoshuiError('not_found', { zh: '没有这个任务', en: 'there is no such job' })
    return job
  }

  /** When everything under way has ended. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running)
  }
}
