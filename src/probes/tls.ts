import { z } from 'zod'
import type { Probe } from './types.ts'

export const tlsValue = z.object({ https: z.boolean(), daysLeft: z.number().int().nullable(), validTo: z.coerce.date().nullable() })

const DAY = 86_400_000
/** Days left from which on an end is near. */
const SOON = 30

/** HTTPS and the days that its certificate has left; information, no rule asks for it. */
export const tls: Probe = {
  id: 'tls',
  serves: [],
  needs: ['http'],
  budget: { requests: 3, seconds: 40 },
  value: tlsValue,
  faults: ({ https, daysLeft }: z.infer<typeof tlsValue>) => (!https ? [{ key: 'https', what: { zh: '未启用 HTTPS', en: 'no HTTPS' } }]
    : daysLeft !== null && daysLeft < SOON ? [{ key: 'certificate', what: daysLeft < 0 ? { zh: `证书已过期 ${-daysLeft} 天`, en: `the certificate ended ${-daysLeft} days ago` } : { zh: `证书还有 ${daysLeft} 天到期`, en: `the certificate ends in ${daysLeft} days` } }] : []),
  async run(trial) {
    const home = new URL(trial.home.url)
    // A site at a port of its own says nothing of what stands at 443.
    if (home.protocol !== 'https:' && home.port !== '') return { outcome: 'ok', value: { https: false, daysLeft: null, validTo: null }, note: 'a port of its own: only http was tried' }
    const secure = new URL(home)
    secure.protocol = 'https:'
    if (home.protocol !== 'https:') {
      const reply = await trial.ask.fetch({ url: secure.href, method: 'HEAD', signal: trial.signal })
      // The fetcher falls back to http by itself after trouble with the certificate.
      if (reply.status === null || !reply.url.startsWith('https:')) return reply.outcome === 'refused' || reply.outcome === 'tls' || reply.status !== null ? { outcome: 'ok', value: { https: false, daysLeft: null, validTo: null } } : { outcome: reply.outcome, value: null }
    }
    const { certificate } = trial.ask
    const shown = certificate === undefined || certificate === null ? null : await certificate(secure.hostname.replace(/^\[|\]$/g, ''), secure.port === '' ? 443 : Number(secure.port), trial.signal)
    return { outcome: 'ok', value: { https: true, daysLeft: shown === null ? null : Math.floor((shown.validTo.getTime() - trial.now.getTime()) / DAY), validTo: shown?.validTo ?? null } }
  },
}
