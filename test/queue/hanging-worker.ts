/** A worker to be killed: takes a job, says so, and never ends it. Its store comes as JSON in argv. */
import { runWorker } from '../../src/queue/index.ts'
import type { QueueStore } from '../../src/queue/index.ts'

await runWorker({
  store: JSON.parse(process.argv[2] ?? '{}') as QueueStore,
  concurrency: 1,
  timeoutMs: 600_000,
  lockMs: 1000,
  stalledMs: 500,
  handler: (job) => {
    process.stdout.write(`took ${job.channelId}\n`)
    return new Promise(() => undefined)
  },
})
