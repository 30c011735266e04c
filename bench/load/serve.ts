import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Book, ServeOptions } from './server.ts'

export type { Book } from './server.ts'
export type Sites = { readonly ports: readonly number[]; readonly pid: number; book(): Promise<Book>; reset(): Promise<void>; close(): void }

/** Starts the sites in a process of their own, whose cost is not the crawl's. */
export async function serveSites(options: ServeOptions): Promise<Sites> {
  const child = fork(join(import.meta.dirname, 'server.ts'), [JSON.stringify(options)])
  const next = <T>(): Promise<T> => new Promise((resolve, reject) => {
    child.once('message', (m) => resolve(m as T))
    child.once('error', reject)
  })
  const { ports } = await next<{ ports: number[] }>()
  return {
    ports,
    pid: child.pid ?? 0,
    book: () => {
      const answer = next<Book>()
      child.send('report')
      return answer
    },
    reset: async () => {
      const done = next<string>()
      child.send('reset')
      await done
    },
    close: () => child.disconnect(),
  }
}
