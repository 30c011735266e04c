import type { Page } from 'playwright'
import { bounded } from './bounded.ts'
import type { RenderResult } from './render-types.ts'

/** The document as scripts have left it, at most `most` characters. */
export async function documentOf(page: Page, most: number): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await page.evaluate((n) => `<!DOCTYPE html>${document.documentElement.outerHTML.slice(0, n)}`, most)
    } catch (error) {
      // A script may send the page elsewhere at that very moment: the next document is read instead.
      if (tries >= 3 || !/context was destroyed|navigation/i.test(String(error))) throw error
      await page.waitForLoadState('domcontentloaded')
    }
  }
}

/** The frames within it, at most 5, each as scripts have left it; one that does not answer is left out. */
export async function framesOf(page: Page, most: number): Promise<RenderResult['frames']> {
  const inner = page.frames().filter((f) => f !== page.mainFrame() && /^https?:/.test(f.url())).slice(0, 5)
  const read = await Promise.all(inner.map(async (frame) => {
    try {
      return { url: frame.url(), html: await bounded(frame.evaluate((n) => document.documentElement.outerHTML.slice(0, n), most), 3000, 'a frame') }
    } catch {
      return null
    }
  }))
  return read.filter((f) => f !== null)
}
