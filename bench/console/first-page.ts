import { gzipSync } from 'node:zlib'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { chromium } from 'playwright'
import { findChromium } from '../../src/fetch/chromium.ts'

export type FirstPage = Readonly<Record<string, { readonly value: number; readonly limit: number }>>

/** The first page in a real browser: kilobytes of script compressed, milliseconds to the first contentful paint (median of five). */
export async function firstPage(app: FastifyInstance): Promise<FirstPage> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`
  const found = await findChromium()
  const browser = await chromium.launch({ executablePath: found.executable, env: { ...process.env, ...found.env } as Record<string, string>, args: ['--headless', '--no-sandbox', '--disable-gpu'] })
  try {
    const paints: number[] = []
    let bytes = 0
    for (let i = 0; i < 5; i += 1) {
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
      const page = await context.newPage()
      const scripts: Promise<Buffer>[] = []
      page.on('response', (response) => {
        if (!new URL(response.url()).pathname.endsWith('.js')) return
        scripts.push(response.body())
      })
      await page.goto(url, { waitUntil: 'networkidle' })
      await page.locator('#main h1').waitFor()
      await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0)
      paints.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN))
      const sizes = (await Promise.all(scripts)).map((body) => gzipSync(body).length)
      bytes = Math.max(bytes, sizes.reduce((sum, n) => sum + n, 0))
      await context.close()
    }
    paints.sort((a, b) => a - b)
    return {
      'first page, JavaScript gzipped (kB)': { value: Math.round(bytes / 100) / 10, limit: 600 },
      'first contentful paint (ms)': { value: Math.round(paints[2] ?? Number.NaN), limit: 2000 },
    }
  } finally {
    await browser.close()
  }
}
