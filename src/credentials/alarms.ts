import type { Ctx } from '../../db/context.ts'
import type { Alarm, AlarmCode } from '../domain/alarm.ts'
import { dayInChina } from '../domain/date.ts'
import { fill } from '../domain/text.ts'
import type { Text } from '../domain/text.ts'
import { board } from './list-credentials.ts'
import type { CredentialState } from './list-credentials.ts'

const SAID: Partial<Record<CredentialState, Text & { readonly code: AlarmCode }>> = {
  stopped: { code: 'credential_stopped', zh: '凭据 {id}({whom})自 {since} 起被平台拒绝,{n} 个渠道因此无法判断:请更新', en: 'the credential {id} ({whom}) has been refused since {since}; {n} channels cannot be seen for it: renew it' },
  expired: { code: 'credential_expired', zh: '凭据 {id}({whom})已过有效期({until}):请更新', en: 'the credential {id} ({whom}) was valid until {until}: renew it' },
  expires_soon: { code: 'credential_expires', zh: '凭据 {id}({whom})将于 {until} 到期:请及时更新', en: 'the credential {id} ({whom}) ends on {until}: renew it in time' },
  unknown_id: { code: 'credential_unused', zh: '凭据 {id} 已无来源使用:可删除', en: 'no source uses the credential {id} any more: it can be removed' },
}

/** Words for operations about credentials that were refused, have ended or soon will. Empty where all is well. Never a channel's fault. */
export async function credentialAlarms({ ctx }: { ctx: Pick<Ctx, 'db' | 'clock'> }): Promise<Alarm[]> {
  return (await board({ ctx })).flatMap((row) => {
    const text = SAID[row.state]
    if (text === undefined) return []
    const name = row.targetName ?? ''
    const whom: Text = {
      zh: row.scope === 'all' ? '全部' : row.scope === 'channel' ? `渠道 ${row.target} ${name}` : `单位 ${row.target} ${name}`,
      en: row.scope === 'all' ? 'all' : `${row.scope} ${row.target} ${name}`,
    }
    const values = { id: row.id, since: row.stoppedSince === null ? '' : dayInChina(new Date(row.stoppedSince)), until: row.validUntil ?? '', n: row.stoppedChannels }
    return [{ code: text.code, about: `${row.id}:${row.scope}:${row.target}`, zh: fill(text, { ...values, whom: whom.zh.trim() }).zh, en: fill(text, { ...values, whom: whom.en.trim() }).en }]
  })
}
