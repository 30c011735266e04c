import type { Browser, BrowserContext, Page, Request, Response, Route } from 'playwright'
import type { Outcome } from '../domain/outcome.ts'
import { bounded } from './bounded.ts'
import { documentOf, framesOf } from './document.ts'
import { failureOf, TookTooLong } from './failure.ts'
import type { Failure } from './failure.ts'
import { AddressDenied } from './guard.ts'
import type { Guard } from './guard.ts'
import type { GuardedProxy } from './proxy.ts'
import { NO_PICTURES, picture, VIEWPORT } from './picture.ts'
import type { Pictures } from './picture.ts'
import type { Captured, RenderRequest, RenderResult } from './render-types.ts'
import { outcomeOfStatus } from './status.ts'
import { Stillness, TELLING } from './stillness.ts'
import type { Redirect } from './types.ts'

export type RenderTools = { readonly guard: Guard; readonly proxy: GuardedProxy; readonly userAgent: string }

/** What one rendering ended in; `sick`: the browser can no longer be trusted and must go. */
export type Rendered = { readonly result: Omit<RenderResult, 'waitedMs'>; readonly sick: boolean }

const MOST_REQUESTS = 600
const MOST_DIALOGS = 20
const CLOSING = 5000
const MOST_CLICKS = 5
/** Kinds of resources that say nothing of what a page publishes. */
const NEEDLESS = new Set(['media', 'font', 'texttrack', 'eventsource', 'manifest'])

/** Renders one page in a context of its own. Never rejects; the context is closed on every path. */
export async function render(browser: Browser, request: RenderRequest, tools: RenderTools): Promise<Rendered> {
  const began = performance.now()
  const timeout = request.timeout ?? 45_000
  const left = (): number => timeout - (performance.now() - began)
  const seen = new Sighting(request, tools)
  let context: BrowserContext | null = null
  let sick = false
  let html = ''
  let frames: RenderResult['frames'] = []
  let pictures: Pictures = NO_PICTURES
  let settled = false
  let failure: Failure | null = null
  try {
    tools.guard.checkUrl(request.url)
    context = await bounded(browser.newContext({
      userAgent: tools.userAgent, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: VIEWPORT,
      acceptDownloads: false, serviceWorkers: 'block', permissions: [],
    }), Math.min(left(), 10_000), 'a new page')
    const page = await seen.watch(context)
    const work = (async () => {
      const stillness = new Stillness(page)
      await page.goto(request.url, { waitUntil: 'domcontentloaded', timeout: Math.max(1, left()) })
      settled = await settle(page, stillness, request, left)
      if (request.clicks !== undefined) settled = (await click(page, stillness, request, left)) && settled
      await seen.collected(left())
      const most = request.maxLength ?? 5_000_000
      html = await documentOf(page, most)
      frames = await framesOf(page, most)
      if (request.screenshot === true) pictures = await picture(page, request.element ?? null, left())
    })()
    await Promise.race([bounded(work, left(), 'the page'), seen.ended])
    if (html.length >= (request.maxLength ?? 5_000_000)) failure = { outcome: 'too_large', error: 'the document is larger than is read' }
  } catch (error) {
    failure = seen.failure(error)
  } finally {
    seen.close()
    if (context !== null) {
      try {
        await bounded(context.close(), CLOSING, 'closing a page')
      } catch {
        sick = true
      }
    }
  }
  const ms = performance.now() - began
  const ended = !browser.isConnected()
  if (ended && failure !== null) failure = { outcome: 'own_fault', error: 'the browser ended while the page was rendered' }
  return { sick: sick || ended, result: { ...seen.result(failure), html, frames, settled, ...pictures, ms } }
}

/** Everything seen of one page while it is rendered, and what ends it early. */
class Sighting {
  readonly #request: RenderRequest
  readonly #tools: RenderTools
  readonly #captured: Captured[] = []
  readonly #collecting = new Set<Promise<void>>()
  readonly #denied: string[] = []
  readonly #redirects: Redirect[] = []
  /** Rejects when the page must not go on. */
  readonly ended: Promise<never>
  #end: (error: Error) => void = () => undefined
  #page: Page | null = null
  #requests = 0
  #fetched = 0
  /** A document that came with an error is told of twice. */
  readonly #failed = new Set<Request>()
  #dialogs = 0
  #main: Response | null = null
  #target: string

  constructor(request: RenderRequest, tools: RenderTools) {
    this.#request = request
    this.#tools = tools
    this.#target = request.url
    this.ended = new Promise((_done, fail) => (this.#end = fail))
    this.ended.catch(() => undefined)
  }

  readonly #onAbort = (): void => this.#end(new TookTooLong('the visit ended while the page was rendered'))

  close(): void {
    this.#request.signal?.removeEventListener('abort', this.#onAbort)
  }

  async watch(context: BrowserContext): Promise<Page> {
    const { signal } = this.#request
    signal?.addEventListener('abort', this.#onAbort, { once: true })
    if (signal?.aborted === true) throw new TookTooLong('the visit ended before the page was rendered')
    const page = await bounded(context.newPage(), 10_000, 'a new page')
    this.#page = page
    context.on('page', (other) => void (other === page ? undefined : other.close().catch(() => undefined)))
    page.on('dialog', (dialog) => {
      this.#dialogs += 1
      dialog.dismiss().catch(() => undefined)
      if (this.#dialogs > MOST_DIALOGS) this.#end(new Spoilt('opens dialogs without end'))
    })
    page.on('crash', () => this.#end(new Spoilt('the page crashed the browser’s renderer')))
    page.on('close', () => this.#end(new Spoilt('the page closed')))
    page.on('download', () => this.#end(new Spoilt('the address is a download')))
    page.on('request', (r) => {
      if (isDocument(r, page)) this.#target = r.url()
      if (isData(r)) this.#fetched += 1
    })
    page.on('requestfailed', (r) => {
      if (TELLING.has(r.resourceType())) this.#failed.add(r)
    })
    page.on('response', (r) => this.#answered(r, page))
    await context.route('**/*', (route) => this.#judge(route))
    return page
  }

  /** The guard's word on every request before it is made; the proxy judges again where it connects. */
  async #judge(route: Route): Promise<void> {
    const asked = route.request()
    this.#requests += 1
    try {
      if (this.#requests > MOST_REQUESTS) {
        await route.abort('blockedbyclient')
        return
      }
      if (NEEDLESS.has(asked.resourceType())) {
        await route.abort('blockedbyclient')
        return
      }
      // What is clicked for a list must not send a form: somebody at the other end would have to handle it.
      if (this.#request.clicks !== undefined && asked.method() !== 'GET' && asked.isNavigationRequest()) {
        await route.abort('aborted')
        return
      }
      const url = this.#tools.guard.checkUrl(asked.url())
      await this.#tools.guard.resolve(url.hostname).catch((error: unknown) => {
        if (error instanceof AddressDenied) throw error
      })
      await route.continue()
    } catch (error) {
      if (error instanceof AddressDenied) {
        this.#deny(asked.url())
        if (this.#page !== null && isDocument(asked, this.#page)) this.#end(error)
      }
      await route.abort('addressunreachable').catch(() => undefined)
    }
  }

  #deny(url: string): void {
    if (this.#denied.length < 20) this.#denied.push(url.slice(0, 500))
  }

  #answered(response: Response, page: Page): void {
    const asked = response.request()
    if (TELLING.has(asked.resourceType()) && response.status() >= 400) this.#failed.add(asked)
    if (isDocument(asked, page)) {
      this.#main = response
      const location = response.headers()['location']
      if (response.status() >= 300 && response.status() < 400 && location !== undefined) this.#redirects.push({ url: response.url(), status: response.status(), location })
      if (this.#tools.proxy.isOurs(response.headers())) {
        const why = this.#tools.proxy.failure(hostOf(response.url()))
        if (why?.outcome === 'address_denied') this.#deny(response.url())
        this.#end(new Unreached(why ?? { outcome: 'network', error: 'no connection' }))
      }
      return
    }
    if (this.#request.capture?.some((wanted) => wanted.test(response.url())) !== true || this.#captured.length + this.#collecting.size >= 20) return
    const taken = (async () => {
      try {
        const bytes = await bounded(response.body(), 10_000, 'an answer')
        if (bytes.length <= 1_000_000) this.#captured.push({ url: response.url(), status: response.status(), contentType: response.headers()['content-type'] ?? '', bytes })
      } catch {
        // An answer that is gone (redirected, aborted) is simply not among those captured.
      }
    })()
    this.#collecting.add(taken)
    void taken.finally(() => this.#collecting.delete(taken))
  }

  async collected(ms: number): Promise<void> {
    await bounded(Promise.all(this.#collecting), Math.min(ms, 10_000), 'the answers of the page').catch(() => undefined)
  }

  /** What an error of the browser means. */
  failure(error: unknown): Failure {
    if (error instanceof Unreached) return error.why
    if (error instanceof Spoilt) return { outcome: 'unreadable', error: error.message }
    const text = String((error as Error).message ?? error)
    const code = /net::(ERR_[A-Z_0-9]+)/.exec(text)?.[1] ?? ''
    if (code === 'ERR_TOO_MANY_REDIRECTS') return { outcome: 'redirect_loop', error: code }
    if (/^ERR_(CERT|SSL|BAD_SSL|TLS)/.test(code)) return { outcome: 'tls', error: code }
    if (/TUNNEL|PROXY|ADDRESS_UNREACHABLE/.test(code)) {
      const why = this.#tools.proxy.failure(hostOf(this.#target))
      if (why?.outcome === 'address_denied') this.#deny(this.#target)
      return why ?? { outcome: 'network', error: code }
    }
    if (code === 'ERR_INVALID_AUTH_CREDENTIALS') return { outcome: 'forbidden', error: code }
    if (/TIMED_OUT/.test(code) || (error as Error).name === 'TimeoutError') return { outcome: 'timeout', error: code === '' ? 'the page took too long' : code }
    if (code === 'ERR_EMPTY_RESPONSE' || code === 'ERR_CONTENT_LENGTH_MISMATCH' || code === 'ERR_INCOMPLETE_CHUNKED_ENCODING') return { outcome: 'truncated', error: code }
    if (code === 'ERR_ABORTED' || text.includes('Download is starting')) return { outcome: 'unreadable', error: 'the address is a download or has no page' }
    if (code !== '') return { outcome: 'network', error: code }
    if (/closed|disconnected|crash/i.test(text) && !(error instanceof TookTooLong)) return { outcome: 'own_fault', error: `browser: ${text.slice(0, 200)}` }
    const known = failureOf(error)
    return known.outcome === 'network' ? { outcome: 'own_fault', error: known.error } : known
  }

  result(failure: Failure | null): Omit<RenderResult, 'html' | 'frames' | 'settled' | keyof Pictures | 'ms' | 'waitedMs'> {
    const ours = this.#main !== null && this.#tools.proxy.isOurs(this.#main.headers())
    const status = this.#main === null || ours ? null : this.#main.status()
    const headers = this.#main === null || ours ? {} : this.#main.headers()
    const outcome: Outcome = failure?.outcome ?? (status === null ? 'network' : outcomeOfStatus(status, headers))
    return {
      outcome, status, headers, url: this.#main?.url() ?? this.#target, redirects: this.#redirects, captured: this.#captured, requests: this.#requests, fetched: this.#fetched, failed: this.#failed.size, denied: this.#denied,
      ...(failure === null ? {} : { error: failure.error }),
    }
  }
}

/** Does a script ask for data by it? JSONP is a script to look at. */
function isData(request: Request): boolean {
  const kind = request.resourceType()
  return kind === 'xhr' || kind === 'fetch' || (kind === 'script' && /[?&](?:callback|jsonp\w*|cb)=/i.test(request.url()))
}

/** The page itself makes rendering it pointless. */
class Spoilt extends Error {}

class Unreached extends Error {
  readonly why: Failure
  constructor(why: Failure) {
    super(why.error)
    this.why = why
  }
}

function isDocument(request: Request, page: Page): boolean {
  try {
    return request.isNavigationRequest() && request.frame() === page.mainFrame()
  } catch {
    return false
  }
}

/** Waits for what scripts draw; false where it was still on its way in the end. */
async function settle(page: Page, stillness: Stillness, request: RenderRequest, left: () => number): Promise<boolean> {
  const most = Math.max(1, Math.min(request.settle ?? 5000, left()))
  if (request.waitFor === undefined) return stillness.reached(most, left)
  try {
    await page.waitForSelector(request.waitFor, { timeout: most, state: 'attached' })
    return true
  } catch (error) {
    // What never appears is read as the page stands then.
    if ((error as Error).name !== 'TimeoutError') throw error
    return false
  }
}

/** Clicks one after the other, each followed by a wait for what it fetches; false where one could not be clicked, or brought nothing to an end. */
async function click(page: Page, stillness: Stillness, request: RenderRequest, left: () => number): Promise<boolean> {
  const { waitFor: _, ...unhurried } = request
  for (const selector of (request.clicks ?? []).slice(0, MOST_CLICKS)) {
    try {
      await page.locator(selector).first().click({ timeout: Math.max(1, Math.min(5000, left())) })
    } catch {
      return false
    }
    if (!(await settle(page, stillness, unhurried, left))) return false
  }
  return true
}

function hostOf(url: string): string {
  return URL.parse(url)?.hostname ?? ''
}
