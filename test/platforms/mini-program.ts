import { handler, html, modeOf } from './shared.ts'
import type { Handler, Mode, PlatformState } from './shared.ts'

export const MINI_PROGRAM_HOSTS = ['mp.weixin.qq.com'] as const

/** What the status page says; anything else looks normal, for an unknown appid too. */
const TITLES: Partial<Record<Mode, string>> = {
  banned: '小程序因违规已暂停服务',
  cancelled: '小程序已暂停服务',
  server_error: '小程序系统故障，开发者正在修复',
  hidden: '小程序系统更新维护中',
}

/** The one public page about a mini program: `/mp/waerrpage?appid=…&type=offshelf`. */
export function createMiniProgram(state: PlatformState): Handler {
  return handler(state, (asked) => {
    if (asked.path !== '/mp/waerrpage') return null
    const mode = modeOf(state, state.accounts[asked.query.get('appid') ?? ''])
    if (mode === 'challenge') return html('<!DOCTYPE html><html><head><title>环境异常</title></head><body><h2 class="weui-msg__title">环境异常</h2><p>完成验证后即可继续访问</p></body></html>')
    if (mode === 'rate_limited') return html('<h2 class="weui-msg__title">操作频繁，请稍候再试</h2>')
    if (mode === 'drifted') return html('<!DOCTYPE html><html><head><title>微信</title></head><body><div id="app"></div></body></html>')
    return html(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>小程序</title></head><body><div class="weui-msg"><div class="weui-msg__text-area"><h2 class="weui-msg__title">${TITLES[mode] ?? '页面不存在'}</h2></div></div></body></html>`)
  })
}
