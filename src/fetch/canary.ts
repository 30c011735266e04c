import type { Outcome } from '../domain/outcome.ts'
import type { Text } from '../domain/text.ts'
import type { Fetcher } from './types.ts'

/** Outcomes that our own network being down would give as well: only these call it into question. */
export const NETWORK_OUTCOMES: ReadonlySet<Outcome> = new Set<Outcome>(['dns', 'refused', 'timeout', 'tls', 'network'])

export type CanarySight = { readonly url: string; readonly answered: boolean; readonly outcome: Outcome }

export type NetworkJudgement = {
  /** False: nothing seen in these minutes may be held against anybody. */
  readonly sees: boolean
  readonly why: Text
}

const FEW = 0.1

/**
 * Does our own network work? Judged from visits of other channels in the same minutes (`successes`: they answered;
 * `failures`: they failed in a way our own network could have caused) and from canaries. Without a canary and without
 * a success the answer is that we cannot see. Canaries that are all silent outweigh a handful of successes, which a
 * half-cut network still gives; many successes outweigh the canaries.
 */
export function judgeOwnNetwork(seen: { readonly successes: number; readonly failures: number; readonly canaries: readonly CanarySight[] }): NetworkJudgement {
  const { successes, failures, canaries } = seen
  if (canaries.some((c) => c.answered)) return { sees: true, why: { zh: '探测地址有响应', en: 'a canary answers' } }
  const share = successes / Math.max(1, successes + failures)
  if (canaries.length > 0 && share < FEW) {
    return { sees: false, why: { zh: `${canaries.length} 个探测地址均无响应,同期渠道几乎全部失败`, en: `none of ${canaries.length} canaries answers, and nearly all channels fail` } }
  }
  if (successes > 0) return { sees: true, why: { zh: `同期有 ${successes} 个渠道访问成功`, en: `${successes} channels answered in the same minutes` } }
  return { sees: false, why: { zh: '未配置探测地址且同期没有任何渠道访问成功,无法判断本机网络', en: 'no canary is set and nothing answered in the same minutes: we cannot see' } }
}

/** Asks every canary once, at most 20; any answer at all counts. */
export function probeCanaries(fetcher: Fetcher, urls: readonly string[], signal?: AbortSignal): Promise<CanarySight[]> {
  return Promise.all(urls.slice(0, 20).map(async (url) => {
    const result = await fetcher.fetch({
      url, maxBytes: 10_000, maxRedirects: 0, pacing: { pace: 0 }, timeouts: { total: 10_000, headers: 10_000 }, ...(signal === undefined ? {} : { signal }),
    })
    return { url, answered: result.status !== null, outcome: result.outcome }
  }))
}
