import { execFile } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const VITE = join(ROOT, 'node_modules/vite/bin/vite.js')
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
  const buildable = existsSync(VITE)
  if (!built || (buildable && statSync(page).mtimeMs < Math.max(...SOURCES.map(lastChange)))) {
    say({ zh: '正在构建控制台页面,约十秒……', en: 'building the console, about ten seconds…' })
    // In a process of its own: the builder takes some 600 MB, which this one would keep as long as it serves. Whoever asks (a test, for one), it is built as it is shipped.
    await promisify(execFile)(process.execPath, [VITE, 'build', '--logLevel', 'error'], { cwd: ROOT, env: { ...process.env, NODE_ENV: 'production' } })
  }
  return BUILT
}
