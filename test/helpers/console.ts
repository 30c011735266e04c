import type { AddressInfo } from 'node:net'
import { mkdirSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright'
import type { Page } from 'playwright'
import { findChromium } from '../../src/fetch/chromium.ts'
import type { EvidenceStore } from '../../src/evidence/index.ts'
import type { Auth } from '../../src/server/auth/types.ts'
import { consoleFolder } from '../../src/server/console-folder.ts'
import type { TestDatabase } from './postgres.ts'
import { ADMINISTRATOR, testServer } from './server.ts'
import type { Person } from './server.ts'

export type OpenConsole = {
  readonly url: string
  /** A page in a browser of its own, signed in as `person` stands now; what the console prints as an error is collected. */
  open(path: string, options?: { language?: 'zh' | 'en'; width?: number; height?: number }): Promise<{ page: Page; errors: string[] }>
  /** Whoever is signed in from now on. */
  become(person: Person | null): void
  /** Closes every page that is open, and what it was about. */
  leave(): Promise<void>
  close(): Promise<void>
}

/** How many times slower than this machine a page runs: `HUOSHUI_TEST_SLOW=6` shows what an old office PC or a loaded CI machine meets. */
const SLOW = Number(process.env['HUOSHUI_TEST_SLOW'] ?? 1)
/** By how many milliseconds every answer comes late: `HUOSHUI_TEST_LATE=300` shows what is looked at before it has come. */
const LATE = Number(process.env['HUOSHUI_TEST_LATE'] ?? 0)

/** Keeps every short message the page ever showed: they go by themselves, perhaps before anybody looks. */
function keepSaid(): void {
  const said: string[] = []
  Object.assign(window, { said })
  new MutationObserver(() => {
    for (const one of document.querySelectorAll('.ant-message-notice, .ant-notification-notice')) {
      const text = one.textContent ?? ''
      if (text !== '' && said.at(-1) !== text) said.push(text)
    }
  }).observe(document, { childList: true, subtree: true, characterData: true })
}

/** Waits until the page has said so in a short message, be it gone again or not. */
export async function said(page: Page, words: string): Promise<void> {
  await page.waitForFunction((wanted) => (window as unknown as { said: string[] }).said.some((one) => one.includes(wanted)), words)
}

/** Waits until no dialog, drawer or question stands over the page, fading ones included: what they say is then met no more. */
export async function alone(page: Page): Promise<void> {
  await page.waitForFunction(() => [...document.querySelectorAll('.ant-modal-wrap, .ant-drawer, .ant-popover')].every((one) => !one.checkVisibility({ visibilityProperty: true })))
}

/** Presses a button of the dialog or question that stands over the page, and waits for that to be gone. */
export async function agree(page: Page, name: string | RegExp): Promise<void> {
  await page.locator('.ant-modal, .ant-popconfirm').filter({ visible: true }).getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).click()
  await alone(page)
}

/** The real server with the built console on loopback, and a real Chromium before it. */
export async function openConsole(t: TestDatabase, options: { auth?: Auth; env?: Record<string, string>; evidence?: EvidenceStore } = {}): Promise<OpenConsole> {
  let person: Person | null = ADMINISTRATOR
  // A copy: whoever builds the console meanwhile takes nothing away from under this browser.
  const folder = await mkdtemp(join(tmpdir(), 'huoshui-console-build-'))
  await cp(await consoleFolder(() => undefined), folder, { recursive: true })
  const app = await testServer(t, { person: () => person, consoleFolder: folder, ...options })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const found = await findChromium()
  const browser = await chromium.launch({ executablePath: found.executable, env: { ...process.env, ...found.env } as Record<string, string>, args: ['--headless', '--no-sandbox', '--disable-gpu'] })
  return {
    url,
    become: (next) => { person = next },
    open: async (path, { language = 'zh', width = 1366, height = 768 } = {}) => {
      // What fades is still there for a while, on a busy machine for long: a dialog that goes and the result behind it say the same words.
      const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' })
      await context.addInitScript((l) => { if (localStorage.getItem('huoshui.language') === null) localStorage.setItem('huoshui.language', l) }, language)
      await context.addInitScript(keepSaid)
      const page = await context.newPage()
      if (SLOW > 1) await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: SLOW })
      if (LATE > 0) await (await context.newCDPSession(page)).send('Network.emulateNetworkConditions', { offline: false, latency: LATE, downloadThroughput: -1, uploadThroughput: -1 })
      const errors: string[] = []
      page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text()) })
      page.on('pageerror', (error) => errors.push(String(error)))
      await page.goto(`${url}${path}`)
      return { page, errors }
    },
    leave: async () => { await Promise.all(browser.contexts().map((context) => context.close())) },
    close: async () => {
      await browser.close()
      await app.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A picture of the whole page, once nothing loads any more. */
export async function picture(page: Page, file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true })
  await page.waitForLoadState('networkidle')
  await page.screenshot({ path: file, fullPage: true })
}
