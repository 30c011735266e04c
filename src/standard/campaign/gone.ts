import { dayInChina } from '../../domain/date.ts'
import { isGone, OUTCOMES, type Outcome } from '../../domain/outcome.ts'
import type { ChannelFacts, GoneSighting } from '../facts.ts'
import { define, hours } from '../indicator.ts'
import { evidenceOf, met, notObserved, violated } from '../result.ts'
import { CAMPAIGN, DOC_2018 } from './groups.ts'

/**
 * The sightings since the channel was last seen alive, oldest first. A failure to look between them neither adds nor
 * breaks; no connection is never gone (it is W2's matter).
 */
export function goneSince(facts: ChannelFacts, now: Date): readonly GoneSighting[] {
  const until = now.getTime()
  const seenAlive = (o: Outcome): boolean => OUTCOMES[o].group === 'seen' && o !== 'attested'
  const lastAlive = facts.visits.reduce((t, v) => (v.at.getTime() <= until && seenAlive(v.outcome) ? Math.max(t, v.at.getTime()) : t), -Infinity)
  const visits = facts.visits.filter((v) => isGone(v.outcome) && v.ownNetwork !== true).map((v) => ({ at: v.at, outcome: v.outcome, evidence: [] }))
  return [...facts.gone.filter((g) => isGone(g.outcome)), ...visits]
    .filter((s) => s.at.getTime() > lastAlive && s.at.getTime() <= until)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
}

export const gone = define({
  id: 'gone',
  part: 'campaign',
  group: CAMPAIGN,
  item: { zh: '渠道已不存在', en: 'Channel no longer exists' },
  clause: {
    zh: '网站首页或账号经间隔24小时以上两次查看,均明确不存在、已注销、被封禁或已公告关停的,按规定办理关停注销。',
    en: 'The home page or account was said not to exist, to be cancelled, banned or closed in two sightings at least 24 hours apart: close and deregister it.',
  },
  document: DOC_2018,
  capTenths: null,
  appliesTo: ['website', 'account'],
  needs: [{ from: 'observations', what: 'existence' }],
  sure: 'derived',
  decided: 'automatic',
  proposes: 'shut_down',
  params: { apart: hours(24, '两次确认的最短间隔(含)', 'shortest interval between two sightings, inclusive') },
  evaluate: (facts, p, now) => {
    const seen = goneSince(facts, now)
    const first = seen[0]
    const last = seen.at(-1)
    const evidence = evidenceOf(...seen.map((s) => s.evidence))
    if (first === undefined || last === undefined) {
      const outcome = facts.visits[0]?.outcome
      if (outcome === undefined) return notObserved('not_visited')
      return OUTCOMES[outcome].group === 'seen' && outcome !== 'attested' ? met() : notObserved(outcome)
    }
    const places = seen.map((s) => ({
      name: s.at.toISOString(), url: facts.channel.address ?? null, answer: 'violated' as const, reason: s.outcome,
      newest: null, daysOver: null, since: dayInChina(s.at), note: OUTCOMES[s.outcome].name,
    }))
    if (last.at.getTime() - first.at.getTime() < p.apart.value * 3_600_000) return notObserved('unconfirmed', { evidence, places })
    return violated({ since: dayInChina(first.at), evidence, places })
  },
})
