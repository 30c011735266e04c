import { inWindow } from './settings.ts'
import type { Window } from './settings.ts'

const MINUTE = 60_000
const CHINA_MINUTES = 8 * 60

const minuteOfDay = (at: number): number => (((Math.floor(at / MINUTE) + CHINA_MINUTES) % 1440) + 1440) % 1440

/** Is crawling forbidden at that moment? */
export function isForbidden(windows: readonly Window[], at: Date): boolean {
  const minute = minuteOfDay(at.getTime())
  return windows.some((w) => inWindow(w, minute))
}

/**
 * The moment itself if it may be crawled then, else one after the window's end: within the free time that follows, at most an hour
 * into it, at the place `share` (0 to 1) says, so that not everybody starts at once.
 */
export function afterWindows(windows: readonly Window[], at: Date, share: number): Date {
  if (!isForbidden(windows, at)) return at
  let end = Math.floor(at.getTime() / MINUTE) * MINUTE
  const closed = (t: number): boolean => isForbidden(windows, new Date(t))
  for (let n = 0; n < 1440 && closed(end); n++) end += MINUTE
  let free = 0
  while (free < 60 && !closed(end + free * MINUTE)) free++
  return new Date(end + Math.floor(share * free * MINUTE))
}
