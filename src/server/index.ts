import type { AddressInfo } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Ctx } from '../../db/context.ts'
import { HuoshuiError } from '../domain/error.ts'
import { buildApp } from './app.ts'

export type RunningServer = { readonly url: string; close(): Promise<void> }

/**
 * Starts the HTTP server. Until sign-in exists only loopback is bound: `bad_input` for any other address. `conflict`
 * where the port is taken.
 */
export async function serve({ ctx, host, port }: { ctx: Ctx; host: string; port: number }): Promise<RunningServer> {
  if (host !== 'localhost' && !(ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback')) {
    throw new HuoshuiError('bad_input', {
      zh: `HUOSHUI_HOST=${host}:尚无登录功能,只能绑定本机地址(127.0.0.1)`,
      en: `HUOSHUI_HOST=${host}: until sign-in exists the server binds loopback only (127.0.0.1)`,
    })
  }
  const app = buildApp({ ctx })
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new HuoshuiError('conflict', {
        zh: `端口 ${port} 已被占用,请设置 HUOSHUI_PORT 或 --port`,
        en: `port ${port} is taken: set HUOSHUI_PORT or --port`,
      }, { cause: error })
    }
    throw error
  }
  const address = app.server.address() as AddressInfo
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`, close: () => app.close() }
}
