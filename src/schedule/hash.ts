/** A number in [0, 1) from a channel and a salt: the same every time, spread evenly (FNV-1a with a final mix). */
export function fraction(channelId: number, salt: string): number {
  let h = 0x811c9dc5
  for (const c of `${channelId}/${salt}`) {
    h ^= c.codePointAt(0) ?? 0
    h = Math.imul(h, 0x01000193)
  }
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  h ^= h >>> 16
  return (h >>> 0) / 0x1_0000_0000
}
