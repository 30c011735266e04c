/** Median minutes from being asked to the account's first reply; null without any reply, and replies before the question are left out. */
export function medianReply(pairs: readonly { readonly asked: Date; readonly answered: Date }[]): number | null {
  const minutes = pairs.map((p) => (p.answered.getTime() - p.asked.getTime()) / 60_000).filter((m) => m >= 0).sort((a, b) => a - b)
  if (minutes.length === 0) return null
  const middle = Math.floor(minutes.length / 2)
  const upper = minutes[middle] ?? 0
  const value = minutes.length % 2 === 1 ? upper : ((minutes[middle - 1] ?? upper) + upper) / 2
  return Math.round(value * 10) / 10
}
