import PQueue from 'p-queue'
import type { Browser } from 'playwright'
import { bounded } from './bounded.ts'
import { findChromium } from './chromium.ts'
import type { Chromium } from './chromium.ts'
import { failureOf } from './failure.ts'
import { bareHost } from './guard.ts'
import type { Guard } from './guard.ts'
import { watchMemory } from './memory.ts'
import type { Pacer, PacingPolicy } from './pacing.ts'
import { guardedProxy } from './proxy.ts'
import type { GuardedProxy } from './proxy.ts'
import { render as renderPage } from './render.ts'
import type { RenderRequest, RenderResult } from './render-types.ts'
import { retryAfter } from './status.ts'
import { userAgent as defaultUserAgent } from './user-agent.ts'

export type BrowserPoolOptions = {
  readonly guard: Guard
  /** Path of a Chromium; otherwise the system's, else the one from npm. */
  readonly chromium?: string | undefined
  /** Where the one from npm is unpacked, once; by default a folder of this user in the temp folder. */
  readonly folder?: string | undefined
  /** Pages at once; default 2. */
  readonly pages?: number
  /** Pages after which a browser is replaced; default 50. */
  readonly pagesPerBrowser?: number
  /** Bytes of memory a browser and its pages may take before it is ended; default 2 GB. */
  readonly maxMemory?: number
  readonly userAgent?: string | undefined
  readonly contact?: string
  readonly pacer?: Pacer
  readonly pacing?: PacingPolicy
}

export type BrowserPool = {
  /** Never rejects: what went wrong is in the outcome. */
  render(request: RenderRequest): Promise<RenderResult>
  /** Process id of the browser that runs now, pages rendered, browsers started. */
  readonly stats: { readonly pid: number | null; readonly pages: number; readonly browsers: number; readonly waiting: number }
  close(): Promise<void>
}

type Running = { readonly browser: Browser; readonly pid: number; readonly stopWatching: () => void; pages: number; active: number; retired: boolean; tooBig: boolean }

const LAUNCHING = 30_000

/** Everything a browser does on its own account is turned off; all it does for a page goes through the guarded proxy. */
const FLAGS = [
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-pings',
  '--disable-domain-reliability', '--disable-client-side-phishing-detection', '--dns-prefetch-disable', '--disable-webgl', '--disable-notifications',
  // No name is ever looked up by the browser itself: what does not go through the proxy has nowhere to go.
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp', '--webrtc-ip-handling-policy=disable_non_proxied_udp', '--js-flags=--max-old-space-size=512', '--font-render-hinting=none',
]

/**
 * Pages rendered by Chromium: a context a page, a browser for every so many pages, so many pages at once. A page, or a
 * browser, that hangs, crashes or grows without end is ended, by the id of a process started here and no other.
 */
export function createBrowserPool(options: BrowserPoolOptions): BrowserPool {
  const queue = new PQueue({ concurrency: options.pages ?? 2 })
  const userAgent = options.userAgent ?? defaultUserAgent(options.contact)
  const all = new Set<Running>()
  let current: Promise<Running> | null = null
  let proxy: Promise<GuardedProxy> | null = null
  let found: Promise<Chromium> | null = null
  let pid: number | null = null
  let pages = 0
  let browsers = 0
  let closed = false

  const launch = async (): Promise<Running> => {
    found ??= findChromium({ path: options.chromium, folder: options.folder })
    proxy ??= guardedProxy(options.guard)
    const { executable, env } = await found
    // Loaded only here: most processes never render, and it costs a quarter of a second.
    const { chromium } = await import('playwright')
    const browser = await chromium.launch({
      executablePath: executable, env: { ...cleanEnv(), ...env }, args: FLAGS, headless: true, chromiumSandbox: false, timeout: LAUNCHING,
      proxy: { server: (await proxy).url, bypass: '<-loopback>' }, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false,
    })
    const running: Running = { browser, pid: await bounded(pidOf(browser), 10_000, 'asking the browser for its process'), pages: 0, active: 0, retired: false, tooBig: false, stopWatching: () => stop() }
    const stop = watchMemory(running.pid, options.maxMemory ?? 2_000_000_000, () => {
      running.tooBig = true
      kill(running.pid)
    })
    all.add(running)
    browsers += 1
    pid = running.pid
    browser.on('disconnected', () => end(running))
    return running
  }

  /** No new pages; the process ends now or when its last page is done. */
  const retire = (running: Running): void => {
    running.retired = true
    if (running.active === 0) void shut(running)
  }
  const end = (running: Running): void => {
    running.retired = true
    running.stopWatching()
    all.delete(running)
    if (pid === running.pid) pid = null
  }
  const shut = async (running: Running): Promise<void> => {
    try {
      await bounded(running.browser.close(), 5000, 'closing the browser')
    } catch {
      kill(running.pid)
    }
    end(running)
  }

  const take = async (): Promise<Running> => {
    for (;;) {
      current ??= launch()
      const mine = current
      try {
        const running = await mine
        if (!running.retired && running.browser.isConnected()) {
          running.active += 1
          running.pages += 1
          if (running.pages >= (options.pagesPerBrowser ?? 50)) running.retired = true
          return running
        }
      } catch (error) {
        if (current === mine) current = null
        found = null
        throw error
      }
      if (current === mine) current = null
    }
  }

  const once = async (request: RenderRequest): Promise<{ result: Omit<RenderResult, 'waitedMs'>; lost: boolean }> => {
    let running: Running
    try {
      running = await take()
    } catch (error) {
      return { result: nothing(request, 'own_fault', `no browser: ${failureOf(error).error}`), lost: false }
    }
    const tools = { guard: options.guard, proxy: await (proxy ??= guardedProxy(options.guard)), userAgent }
    const { result, sick } = await renderPage(running.browser, request, tools)
    pages += 1
    running.active -= 1
    if (running.tooBig) return { result: { ...result, outcome: 'unreadable', error: 'the page took more memory than it may' }, lost: false }
    if (sick) {
      running.retired = true
      kill(running.pid)
      end(running)
    } else if (running.retired) retire(running)
    // Ended by another page's doing: this page is innocent and gets one more try.
    return { result, lost: result.outcome === 'own_fault' && sick }
  }

  const render = async (request: RenderRequest): Promise<RenderResult> => {
    const policy = { pace: 0, atOnce: 2, organisationAtOnce: 8, ...options.pacing, ...request.pacing }
    const pacer = policy.pace > 0 ? options.pacer : undefined
    let slot: { release(): void; waitedMs: number } | null = null
    let host: string
    try {
      host = bareHost(options.guard.checkUrl(request.url).hostname)
      const address = (await options.guard.resolve(host))[0] ?? ''
      if (pacer !== undefined) slot = await pacer.acquire({ host, address, organisation: request.organisation }, policy, request.signal)
    } catch (error) {
      const failure = failureOf(error)
      return { ...nothing(request, failure.outcome, failure.error), waitedMs: 0 }
    }
    try {
      const first = await once(request)
      const { result } = first.lost && !closed && request.signal?.aborted !== true ? await once(request) : first
      if (result.status !== null) pacer?.report(host, { status: result.status, retryAfterMs: retryAfter(result.headers['retry-after'], Date.now()) })
      return { ...result, waitedMs: slot?.waitedMs ?? 0 }
    } finally {
      slot?.release()
    }
  }

  return {
    async render(request) {
      if (closed) return { ...nothing(request, 'own_fault', 'the browser pool is closed'), waitedMs: 0 }
      return queue.add(() => (closed ? Promise.resolve({ ...nothing(request, 'own_fault', 'the browser pool is closed'), waitedMs: 0 }) : render(request)))
    },
    get stats() {
      return { pid, pages, browsers, waiting: queue.size }
    },
    async close() {
      closed = true
      await Promise.all([...all].map((running) => shut(running)))
      await queue.onIdle()
      await Promise.all([...all].map((running) => shut(running)))
      if (proxy !== null) await (await proxy).close()
    },
  }
}

function nothing(request: RenderRequest, outcome: RenderResult['outcome'], error: string): Omit<RenderResult, 'waitedMs'> {
  return { outcome, status: null, url: request.url, redirects: [], headers: {}, html: '', settled: false, frames: [], screenshot: null, thumbnail: null, element: null, captured: [], requests: 0, fetched: 0, failed: 0, denied: [], ms: 0, error }
}

async function pidOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const main = processInfo.find((p) => p.type === 'browser')
  if (main === undefined) throw new Error('the browser does not say its process id')
  return main.id
}

/** Ends a browser started here, with all its children: playwright makes it the leader of its own process group. */
function kill(pid: number): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL')
      return
    } catch {
      // Already gone, or no group of that id: the process alone is tried.
    }
  }
}

/** The environment without what concerns only us: passwords, addresses of databases, proxies. */
function cleanEnv(): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name of ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'TZ', 'XDG_CACHE_HOME']) {
    const value = process.env[name]
    if (value !== undefined) kept[name] = value
  }
  return kept
}
