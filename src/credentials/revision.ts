let revision = 0

/** Counts the changes that this process made to credentials, bridges and confirmations; what was loaded before one is stale. */
export const currentRevision = (): number => revision

export function changed(): void {
  revision += 1
}
