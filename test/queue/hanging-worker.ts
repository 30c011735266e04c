/** A worker to be killed: takes a job, says so, and never ends it. Its store comes as JSON in CHILD_STORE: a password in a list of processes is what leaks.test.ts looks for. */
import { runWorker } from '../../src/queue/index.ts'
import type { QueueStore } from '../../src/queue/index.ts'

await runWorker({
  store: JSON.parse(process.env['CHILD_STORE'] ?? '{}') as QueueStore,
  concurrency: 1,
  timeoutMs: 600_000,
  lockMs: 1000,
  stalledMs: 500,
  handler: (job) => {
    process.stdout.write(`took ${job.channelId}\n`)
    return new Promise(() => undefined)
  },
})
