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
      let sum = 0
      page.on('response', (response) => {
        if (!/\.js$/.test(new URL(response.url()).pathname)) return
        void response.body().then((body) => { sum += gzipSync(body).length }, () => undefined)
      })
      await page.goto(url, { waitUntil: 'networkidle' })
      paints.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN))
      bytes = Math.max(bytes, sum)
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
