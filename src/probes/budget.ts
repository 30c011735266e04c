import type { Ask, Probe, ProbeContext, ProbeReply, ProbeRequest, ProbeStep, RenderAsked, RenderedReply } from './types.ts'

/** A rendered page costs more than a fetched one: so many requests of the budget. */
const RENDER_COST = 5

export type Meter = {
  readonly ask: Ask
  requests(): number
  left(): number
  /** What was done so far, at most so many steps; what came after is counted in the last. */
  steps(): readonly ProbeStep[]
  /** Pictures that were taken, as evidence. */
  pictures(): readonly string[]
  note(step: Omit<ProbeStep, 'after'>): void
}

const MOST_STEPS = 80

/**
 * A probe's own door: counted against its budget and closed when its time is over. A POST passes only where the probe's
 * manifest says that it posts and the organisation's policy allows it; any other is refused here, before it is sent.
 */
export function meter(probe: Probe, context: ProbeContext, signal: AbortSignal): Meter {
  let requests = 0
  const began = performance.now()
  const steps: ProbeStep[] = []
  const pictures: string[] = []
  let unwritten = 0
  const note = (step: Omit<ProbeStep, 'after'>): void => {
    if (steps.length >= MOST_STEPS) unwritten += 1
    else steps.push({ after: Math.round((performance.now() - began) / 10) / 100, ...step, ...(step.url === undefined ? {} : { url: step.url.slice(0, 300) }) })
  }
  const refusal = (url: string, error: string): ProbeReply => ({
    outcome: 'own_fault', status: null, url, redirects: [], headers: {}, bytes: new Uint8Array(), truncated: false, ms: 0, error,
  })
  const left = (): number => (signal.aborted ? 0 : Math.max(0, probe.budget.requests - requests))
  const withSignal = (own: AbortSignal | undefined): AbortSignal => (own === undefined ? signal : AbortSignal.any([own, signal]))
  const { ask } = context

  const fetch = async (request: ProbeRequest): Promise<ProbeReply> => {
    const method = request.method ?? 'GET'
    if (method !== 'GET' && method !== 'HEAD' && !(method === 'POST' && probe.posts === true && context.policy.mayPost)) return refusal(request.url, POST_REFUSED)
    if (left() === 0) return refusal(request.url, BUDGET_SPENT)
    requests += 1
    try {
      const reply = await ask.fetch({ ...request, signal: withSignal(request.signal) })
      requests += reply.redirects.length
      note({ do: method, url: request.url, outcome: reply.outcome, status: reply.status, ms: Math.round(reply.ms) })
      return reply
    } catch (error) {
      return refusal(request.url, error instanceof Error ? error.message : String(error))
    }
  }
  const keptPicture = (request: RenderAsked, shown: RenderedReply, bytes: Uint8Array | null | undefined): string | null => {
    if (bytes === null || bytes === undefined) return null
    const type = bytes[0] === 0xff && bytes[1] === 0xd8 ? 'image/jpeg' : 'image/png'
    const sha256 = context.keep(bytes, { url: request.url, finalUrl: shown.url, status: shown.status, headers: { 'content-type': type }, kind: 'screenshot' })
    if (sha256 !== null) pictures.push(sha256)
    return sha256
  }
  const render = ask.render === null ? null : async (request: RenderAsked): Promise<RenderedReply> => {
    const none = (error: string): RenderedReply => ({ outcome: 'own_fault', status: null, url: request.url, html: '', settled: false, screenshot: null, requests: 0, error })
    if (left() < RENDER_COST) return none(BUDGET_SPENT)
    requests += RENDER_COST
    try {
      const at = performance.now()
      // What a browser showed is pictured: a person who doubts the finding sees what was seen.
      const shown = await (ask.render?.({ screenshot: true, ...request, signal: withSignal(request.signal) }) ?? none('no browser'))
      const picture = keptPicture(request, shown, shown.screenshot)
      const element = keptPicture(request, shown, shown.element)
      note({
        do: 'render', url: request.url, outcome: shown.outcome, status: shown.status, ms: Math.round(performance.now() - at),
        ...(picture === null ? {} : { picture }), ...(element === null ? {} : { element }), ...(shown.error === undefined ? {} : { said: { why: shown.error.slice(0, 200) } }),
      })
      return shown
    } catch (error) {
      return none(error instanceof Error ? error.message : String(error))
    }
  }
  return { ask: { ...ask, fetch, render }, requests: () => requests, left, note, pictures: () => pictures, steps: () => (unwritten === 0 ? steps : [...steps.slice(0, -1), { after: steps.at(-1)?.after ?? 0, do: 'more', said: { steps: unwritten + 1 } }]) }
}

export const BUDGET_SPENT = 'the budget of the probe is spent'
export const POST_REFUSED = 'a POST is not allowed here'

/** Why something was not observed: what our own side refused, else the outcome. */
export function reasonOf(reply: { readonly outcome: string; readonly error?: string }): string {
  if (reply.error === BUDGET_SPENT) return 'budget'
  if (reply.error === POST_REFUSED) return 'post_not_allowed'
  return reply.outcome
}
