import { OUTCOMES } from '../../domain/outcome.ts'
import { drifted, signalled, unseen } from '../outcome.ts'
import { textOf } from '../reply.ts'
import { byText, obstacle } from '../signals.ts'
import type { Reading, Source } from '../types.ts'
import { signals } from './signals.ts'

const ID = 'mini_program.status'
const TITLE = /class=["'][^"']{0,200}weui-msg__title[^"']{0,200}["'][^>]{0,200}>([^<]{0,200})</

/** The one public page about a mini program: whether its service is suspended. It knows no dates. */
export const status: Source = {
  id: ID, tier: 'public', needs: ['none'], sees: ['existence', 'function'], sure: 'seen',
  note: { zh: '公开状态页：是否暂停服务（弱证据，不含更新时间）', en: 'the public status page: whether the service is suspended (weak evidence, no dates)' },
  ready: (task) => (/^wx[0-9a-f]{16}$/.test(task.identity.key) ? null : 'credential_missing'),
  *read(task): Reading {
    const reply = yield { do: 'fetch', request: { url: `https://mp.weixin.qq.com/mp/waerrpage?appid=${task.identity.key}&type=offshelf` } }
    const blocked = obstacle(ID, reply, (t) => TITLE.test(t))
    if (blocked !== null) return blocked
    if ('failed' in reply) return unseen(ID, reply.failed, reply.detail)
    const title = TITLE.exec(textOf(reply))?.[1]?.replace(/\s+/g, ' ').trim()
    if (title === undefined) return drifted(ID, 'no .weui-msg__title')
    if (/环境异常|操作频繁|访问过于频繁/.test(title)) return unseen(ID, title.includes('环境异常') ? 'challenge' : 'rate_limited', title)
    const said = byText(signals, title)
    if (said !== null) return signalled(ID, said, task, title)
    return { ...unseen(ID, 'ok', `status page: ${title === '' ? 'no notice' : title}`), advice: OUTCOMES.ok.advice }
  },
}
