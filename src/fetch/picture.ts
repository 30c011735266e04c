import type { Page } from 'playwright'
import { bounded } from './bounded.ts'
import type { RenderResult } from './render-types.ts'

export const VIEWPORT = { width: 1280, height: 900 } as const
const TALLEST = 8000
/** Bytes of a picture: a larger PNG is taken again as JPEG, and one that is larger still as a JPEG of what is seen first. */
const LARGEST = 2_000_000
const TOP = { x: 0, y: 0, ...VIEWPORT }
const JPEG = { type: 'jpeg', quality: 60 } as const

export type Pictures = Pick<RenderResult, 'screenshot' | 'thumbnail' | 'element'>
export const NO_PICTURES: Pictures = { screenshot: null, thumbnail: null, element: null }

/** The pictures are evidence, not the finding: a page that cannot be pictured in time is still read, and what there is of them is kept. */
export async function picture(page: Page, element: string | null, left: number): Promise<Pictures> {
  const timeout = Math.max(1, Math.min(left, 15_000))
  const how = { timeout, animations: 'disabled', scale: 'css' } as const
  const pictures: { -readonly [k in keyof Pictures]: Pictures[k] } = { ...NO_PICTURES }
  try {
    const height = await bounded(page.evaluate(() => document.documentElement.scrollHeight), 3000, 'measuring the page')
    const whole = height <= TALLEST ? { fullPage: true } : { clip: TOP }
    pictures.screenshot = await capped([
      () => page.screenshot({ ...how, ...whole }), () => page.screenshot({ ...how, ...whole, ...JPEG }), () => page.screenshot({ ...how, ...JPEG, clip: TOP }),
    ])
    pictures.thumbnail = await bounded(thumbnail(page), Math.min(timeout, 5000), 'the small picture')
    if (element !== null) pictures.element = await ofElement(page, element, { ...how, timeout: Math.min(timeout, 5000) })
  } catch {
    // What there is of them is kept.
  }
  return pictures
}

/** The first picture that is not too large; null where every one is. */
async function capped(ways: readonly (() => Promise<Uint8Array>)[]): Promise<Uint8Array | null> {
  for (const take of ways) {
    const bytes = await take()
    if (bytes.length <= LARGEST) return bytes
  }
  return null
}

/** The first element of a selector that is to be seen; null where there is none. */
async function ofElement(page: Page, selector: string, how: { readonly timeout: number; readonly animations: 'disabled'; readonly scale: 'css' }): Promise<Uint8Array | null> {
  try {
    const at = page.locator(selector).filter({ visible: true }).first()
    if ((await bounded(at.count(), how.timeout, 'the element')) === 0) return null
    return await capped([() => at.screenshot(how), () => at.screenshot({ ...how, ...JPEG })])
  } catch {
    return null
  }
}

/** What a visitor sees first, at a quarter of its size: the browser scales it better, and with less code, than we could. */
async function thumbnail(page: Page): Promise<Uint8Array> {
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'jpeg', quality: 70, clip: { ...TOP, scale: 0.25 } })
  return Buffer.from(data, 'base64')
}

/** What a picture is, by its first bytes. */
export function pictureType(bytes: Uint8Array): 'image/png' | 'image/jpeg' {
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? 'image/jpeg' : 'image/png'
}
