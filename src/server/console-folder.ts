import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const BUILT = join(ROOT, 'dist/console')
/** What the pages are made of: the console, and the words it shares with the program. */
const SOURCES = [join(ROOT, 'src/console'), join(ROOT, 'src/domain')]

/** When a file of the console's source last changed, in ms of the epoch; 0 where the source is not there. */
function lastChange(folder: string): number {
  if (!existsSync(folder)) return 0
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((newest, entry) => Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0)
}

/** The folder of the built console, built now (about 10 s) where it is missing or older than its source. */
export async function consoleFolder(say: (line: { zh: string; en: string }) => void): Promise<string> {
  const page = join(BUILT, 'index.html')
  const built = existsSync(page)
  // An image carries the built console and no tools to build it.
  const buildable = existsSync(join(ROOT, 'node_modules/vite'))
  if (!built || (buildable && statSync(page).mtimeMs < Math.max(...SOURCES.map(lastChange)))) {
    say({ zh: '正在构建控制台页面,约十秒……', en: 'building the console, about ten seconds…' })
    const { build } = await import('vite')
    // Whoever asks for it (a test, for one), what is built is the console as it is shipped.
    const before = process.env['NODE_ENV']
    process.env['NODE_ENV'] = 'production'
    await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error' }).finally(() => { if (before === undefined) delete process.env['NODE_ENV']; else process.env['NODE_ENV'] = before })
  }
  return BUILT
}
