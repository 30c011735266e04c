import type { VisitBullQueue } from './store.ts'
import type { QueueState } from './types.ts'

/** Jobs looked at for the one that runs longest: those in hand are few. */
const IN_VIEW = 200

/** How much is in the queue, and since when; as the datastore has it now. */
export async function queueState(queue: VisitBullQueue): Promise<QueueState> {
  const [n, [oldest], running] = await Promise.all([
    queue.getJobCounts('wait', 'prioritized', 'active', 'delayed'),
    queue.getJobs(['wait'], 0, 0, true),
    queue.getJobs(['active'], 0, IN_VIEW - 1, true),
  ])
  // A job may end while it is looked at: then there is none under its id.
  const since = running.flatMap((job) => (job?.processedOn === undefined ? [] : [job.processedOn]))
  return {
    waiting: (n['wait'] ?? 0) + (n['prioritized'] ?? 0),
    active: n['active'] ?? 0,
    delayed: n['delayed'] ?? 0,
    waitingSince: oldest?.timestamp ?? null,
    activeSince: since.length === 0 ? null : Math.min(...since),
  }
}
