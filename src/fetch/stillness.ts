import type { Page, Request } from 'playwright'
import { bounded } from './bounded.ts'

/** How long nothing may be asked for, by the page's own clock, for it to count as still. */
const QUIET = 500
/** A page that still waits for something it never had is given so many times the settling it was asked for. */
const PATIENCE = 3
/** Kinds of requests whose answers change what a page says. */
export const TELLING: ReadonlySet<string> = new Set(['document', 'script', 'xhr', 'fetch'])

/**
 * Whether a page has drawn what it fetches. Playwright's `networkidle` is said once a document and never again, so that
 * nothing is waited for after a click; and it cannot tell a page that asks for ever from one whose list is on its way.
 */
export class Stillness {
  readonly #page: Page
  readonly #pending = new Map<Request, string>()
  readonly #answered = new Set<string>()
  #begun = 0

  constructor(page: Page) {
    this.#page = page
    page.on('request', (r) => {
      this.#begun += 1
      this.#pending.set(r, addressOf(r))
    })
    page.on('requestfinished', (r) => {
      this.#answered.add(addressOf(r))
      this.#pending.delete(r)
    })
    // One that failed will bring nothing any more.
    page.on('requestfailed', (r) => this.#pending.delete(r))
  }

  /** An answer that may change the page is on its way, at an address that has not answered before: no mere polling. */
  get #expects(): boolean {
    for (const [request, address] of this.#pending) if (TELLING.has(request.resourceType()) && !this.#answered.has(address)) return true
    return false
  }

  /**
   * Waits until nothing was asked for and nothing is awaited over half a second of the page's own time: on a busy
   * machine its timers are late as well. After `most` milliseconds a page that only repeats itself is taken as it is;
   * one that awaits something new has three times as long, and `false` is the answer if it still does.
   */
  async reached(most: number, left: () => number): Promise<boolean> {
    const began = performance.now()
    const over = (limit: number): boolean => performance.now() - began >= Math.min(limit, left())
    for (;;) {
      const begun = this.#begun
      await this.#rest(Math.max(1, Math.min(most * PATIENCE - (performance.now() - began), left())))
      if (this.#pending.size === 0 && this.#begun === begun) return true
      if (over(most) && !this.#expects) return true
      if (over(most * PATIENCE)) return false
    }
  }

  /** Half a second, or `most` if shorter, by the page's own timers; by ours where the document goes meanwhile or its script never rests. */
  async #rest(most: number): Promise<void> {
    const quiet = Math.min(QUIET, most)
    try {
      await bounded(this.#page.evaluate((ms) => new Promise<void>((done) => setTimeout(done, ms)), quiet), most, 'the page at rest')
    } catch (error) {
      if (this.#page.isClosed()) throw error
      await new Promise((done) => setTimeout(done, Math.min(50, most)))
    }
  }
}

/** Without its query: what is asked again differs by a time or a number. */
function addressOf(request: Request): string {
  return request.url().split(/[?#]/, 1)[0] ?? ''
}
