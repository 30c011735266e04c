import { isIP } from 'node:net'
import type { AddressInfo } from 'node:net'
import { prepareSetup } from '../accounts/index.ts'
import { HuoshuiError } from '../domain/error.ts'
import { openEvidence } from '../evidence/index.ts'
import { buildApp } from './app.ts'
import { openAuth } from './auth/index.ts'
import { consoleFolder } from './console-folder.ts'
import type { Given } from './deps.ts'

export type RunningServer = { readonly url: string; close(): Promise<void> }
export type ServeArgs = Omit<Given, 'auth' | 'consoleFolder' | 'evidence'> & { readonly host: string; readonly port: number; readonly say: (line: { zh: string; en: string }) => void }

/**
 * Starts the HTTP server, with the console built first where it is not, and says the set-up code where nobody has an
 * account yet. `conflict` where the port is taken.
 */
export async function serve({ host, port, say, ...base }: ServeArgs): Promise<RunningServer> {
  const auth = await openAuth(base)
  const evidence = openEvidence(base.config)
  const app = await buildApp({ ...base, auth, evidence, consoleFolder: await consoleFolder(say) })
  app.addHook('onClose', async () => evidence.close())
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
  if (!isLoopback(host) && !base.config.trustProxy) {
    say({
      zh: `警告:${host} 对外可达且未经 TLS,密码与会话将以明文传输;请置于反向代理之后并设置 HUOSHUI_TRUST_PROXY=true`,
      en: `warning: ${host} can be reached from outside without TLS, and passwords travel in the clear: put a reverse proxy before it and set HUOSHUI_TRUST_PROXY=true`,
    })
  }
  const code = await prepareSetup({ ctx: base.ctx })
  if (code !== null) {
    say({
      zh: `首次启动:请在浏览器中用初始化码 ${code} 建立第一个管理员(重启后换新)`,
      en: `first start: enter the first administrator in the browser with the set-up code ${code} (it changes at each start)`,
    })
  }
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`, close: () => app.close() }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
