/**
 * Loaded before the program (node --import): the machine's clock as the process sees it stands off by the milliseconds that the file
 * HUOSHUI_CHAOS_CLOCK names, looked at ten times a second. So the clock of a running process can be made to jump.
 */
import { readFileSync } from 'node:fs'

const file = process.env['HUOSHUI_CHAOS_CLOCK'] ?? ''
const RealDate = Date
let offset = 0
const look = (): void => {
  try {
    offset = Number(readFileSync(file, 'utf8')) || 0
  } catch {
    // Being written: the next look finds it.
  }
}
look()
setInterval(look, 100).unref()
const now = (): number => RealDate.now() + offset
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self) as Date,
  get: (target, key, self) => (key === 'now' ? now : Reflect.get(target, key, self) as unknown),
})
