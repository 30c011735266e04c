import type { AddressInfo } from 'node:net'
import { HuoshuiError } from '../domain/error.ts'
import { openEvidence } from '../evidence/index.ts'
import { buildApp } from './app.ts'
import { openAuth } from './auth/index.ts'
import { consoleFolder } from './console-folder.ts'
import type { Deps } from './deps.ts'


export type RunningServer = { readonly url: string; close(): Promise<void> }
export type ServeArgs = Omit<Deps, 'auth' | 'consoleFolder' | 'evidence'> & { readonly host: string; readonly port: number; readonly say: (line: { zh: string; en: string }) => void }

/** Starts the HTTP server, with the console built first where it is not. `conflict` where the port is taken. */
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
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`, close: () => app.close() }
}
