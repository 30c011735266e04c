import { hash } from 'node:crypto'
import { createJar, ipv6Names, peekCertificate } from '../fetch/index.ts'
import type { Outcome } from '../domain/outcome.ts'
import { BUILTIN_RECIPES, recipeFor, runProbes } from '../probes/index.ts'
import type { Ask, ProbeContext, ProbeRun } from '../probes/index.ts'
import { decode, readPage } from '../read/index.ts'
import { elsewhere, ELSEWHERE_MS } from './probing/elsewhere.ts'
import { tryable } from './probing/tryable.ts'
import type { EvidenceRow, Terms, Tools } from './types.ts'

export type ProbeSiteArgs = {
  readonly tools: Tools
  readonly terms: Terms
  readonly which: 'all' | readonly string[]
  readonly site: { readonly name: string; readonly siteCode: string | null; readonly url: string }
  readonly columns: ProbeContext['columns']
  /** The organisation's policy allows a probe to send what its manifest says it sends. */
  readonly mayPost: boolean
  readonly history?: ProbeContext['history']
  /** Aborted: no further probe is begun. */
  readonly until?: AbortSignal
}

export type SiteProbes = {
  /** How the home page answered. Where it was not read, nothing was tried. */
  readonly outcome: Outcome
  readonly detail: string | null
  readonly probes: readonly ProbeRun[]
  readonly evidence: readonly EvidenceRow[]
}

/**
 * Tries the functions of one website as a citizen would, under the terms of a visit: guarded, paced, held to robots.txt.
 * Writes nothing.
 */
export async function probeSite({ tools, terms, which, site, columns, mayPost, history, until }: ProbeSiteArgs): Promise<SiteProbes> {
  const { fetcher, robots, browser, config } = tools
  const jar = createJar()
  const common = {
    jar, pacing: terms.pacing, timeouts: { total: config.pageTimeout, headers: config.pageTimeout },
    ...(terms.organisation === undefined ? {} : { organisation: terms.organisation }),
  }
  const others = elsewhere(tools.guard, site.url)
  const evidence: EvidenceRow[] = []
  const keep: ProbeContext['keep'] = (bytes, meta) => {
    const sha256 = hash('sha256', bytes, 'hex')
    try {
      tools.evidence.put(sha256, bytes)
    } catch (error) {
      tools.log.warn(`evidence: ${error instanceof Error ? error.message : String(error)}`)
      return null
    }
    evidence.push({ sha256, kind: meta.kind ?? 'page', contentType: meta.headers['content-type'] ?? null, size: bytes.length, url: meta.url, finalUrl: meta.finalUrl, status: meta.status, headers: meta.headers })
    return sha256
  }
  const ask: Ask = {
    fetch: async (request) => {
      const signal = request.signal === undefined ? terms.signal : AbortSignal.any([terms.signal, request.signal])
      const barred = await others.barred(request.url)
      if (barred !== null) return barred
      const bounds = others.is(request.url) ? { ...common, timeouts: { total: ELSEWHERE_MS, headers: ELSEWHERE_MS } } : common
      if (!terms.ignoreRobots) {
        const allowed = await robots.check(request.url, { ...bounds, signal })
        if (!allowed.allowed) {
          const reply = { outcome: allowed.outcome, status: null, url: request.url, redirects: [], headers: {}, bytes: new Uint8Array(), truncated: false, ms: 0, error: 'robots.txt' }
          others.learn(request.url, reply)
          return reply
        }
      }
      const reply = await fetcher.fetch({ ...bounds, ...request, maxBytes: request.maxBytes ?? config.maxBytes, signal })
      others.learn(request.url, reply)
      return reply
    },
    render: browser === null ? null : (request) => browser.render({ ...request, pacing: terms.pacing, signal: request.signal === undefined ? terms.signal : AbortSignal.any([terms.signal, request.signal]) }),
    certificate: (host, port, signal) => peekCertificate(tools.guard, host, port, signal),
    names6: (host) => ipv6Names(host),
    // No machine of ours is known to have IPv6 to the outside: then reaching over it is not observed.
    reach6: null,
  }
  const home = await ask.fetch({ url: site.url })
  if (home.outcome !== 'ok') return { outcome: home.outcome, detail: home.error ?? null, probes: [], evidence }
  const facts = readPage(home.bytes, { url: home.url, status: home.status ?? 200, contentType: home.headers['content-type'] ?? null, headers: home.headers, now: terms.now, kind: 'home' })
  const { outcome, only } = tryable(facts, columns.length)
  const context: ProbeContext = {
    home: { url: home.url, facts, bytes: home.bytes },
    columns,
    site: { siteCode: site.siteCode ?? facts.footer.siteCode, name: site.name, host: new URL(home.url).host },
    now: terms.now,
    ask,
    keep,
    policy: { mayPost },
    recipe: recipeFor(new URL(home.url).host, decode(home.bytes, { contentType: home.headers['content-type'] ?? null }).text, [...tools.recipes, ...BUILTIN_RECIPES]),
    ...(history === undefined ? {} : { history }),
    ...(until === undefined ? {} : { until }),
  }
  if (outcome === 'ok') return { outcome, detail: null, probes: await runProbes(which, context), evidence }
  return { outcome, detail: facts.verdict?.evidence ?? null, probes: await runProbes(only.filter((id) => which === 'all' || which.includes(id)), context), evidence }
}
