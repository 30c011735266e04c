import type { Ask, Probe, ProbeContext, ProbeReply, ProbeRequest, RenderedReply } from './types.ts'

/** A rendered page costs more than a fetched one: so many requests of the budget. */
const RENDER_COST = 5

export type Meter = {
  readonly ask: Ask
  requests(): number
  left(): number
}

/**
 * A probe's own door: counted against its budget and closed when its time is over. A POST passes only where the probe's
 * manifest says that it posts and the organisation's policy allows it; any other is refused here, before it is sent.
 */
export function meter(probe: Probe, context: ProbeContext, signal: AbortSignal): Meter {
  let requests = 0
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
      return reply
    } catch (error) {
      return refusal(request.url, error instanceof Error ? error.message : String(error))
    }
  }
  const render = ask.render === null ? null : async (request: Parameters<NonNullable<Ask['render']>>[0]): Promise<RenderedReply> => {
    const none = (error: string): RenderedReply => ({ outcome: 'own_fault', status: null, url: request.url, html: '', screenshot: null, requests: 0, error })
    if (left() < RENDER_COST) return none(BUDGET_SPENT)
    requests += RENDER_COST
    try {
      return await (ask.render?.({ ...request, signal: withSignal(request.signal) }) ?? none('no browser'))
    } catch (error) {
      return none(error instanceof Error ? error.message : String(error))
    }
  }
  return { ask: { ...ask, fetch, render }, requests: () => requests, left }
}

export const BUDGET_SPENT = 'the budget of the probe is spent'
export const POST_REFUSED = 'a POST is not allowed here'

/** Why something was not observed: what our own side refused, else the outcome. */
export function reasonOf(reply: { readonly outcome: string; readonly error?: string }): string {
  if (reply.error === BUDGET_SPENT) return 'budget'
  if (reply.error === POST_REFUSED) return 'post_not_allowed'
  return reply.outcome
}
