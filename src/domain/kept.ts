/** Rows of the table `setting` that one room writes and another reads. */

/** The moment of the last backup. */
export const LAST_BACKUP = 'backup.last'
/** What each worker says of itself; its name follows. */
export const WORKER_SIGN = 'worker:'
/** When evidence was last pruned, and what went. */
export const EVIDENCE_PRUNED = 'evidence.pruned'
/** Before which moment observations are rolled up: {"before": ISO}. */
export const ROLLED_UP = 'observations.rolled_up'
