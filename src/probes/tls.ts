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
    const secure = new URL(home)
    secure.protocol = 'https:'
    const port = secure.port === '' ? 443 : Number(secure.port)
    const { certificate } = trial.ask
    // Whoever shows a certificate speaks HTTPS, whether or not anybody trusts it: an ended one is what is looked for.
    const shown = certificate === undefined || certificate === null ? null : await certificate(secure.hostname.replace(/^\[|\]$/g, ''), port, trial.signal)
    if (shown !== null) return { outcome: 'ok', value: { https: true, daysLeft: Math.floor((shown.validTo.getTime() - trial.now.getTime()) / DAY), validTo: shown.validTo } }
    if (home.protocol === 'https:') return { outcome: 'ok', value: { https: true, daysLeft: null, validTo: null } }
    // A port of its own that answers plainly answers nothing else.
    if (home.port !== '') return { outcome: 'ok', value: { https: false, daysLeft: null, validTo: null } }
    const reply = await trial.ask.fetch({ url: secure.href, method: 'HEAD', signal: trial.signal })
    // The fetcher falls back to http by itself after trouble with the certificate.
    const https = reply.status !== null && reply.url.startsWith('https:')
    if (!https && reply.status === null && reply.outcome !== 'refused' && reply.outcome !== 'tls') return { outcome: reply.outcome, value: null }
    return { outcome: 'ok', value: { https, daysLeft: null, validTo: null } }
  },
}
