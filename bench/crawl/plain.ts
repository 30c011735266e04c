/** The yardstick: undici and cheerio, 16 at once, nothing stored. `node plain.ts SITES PORT`; prints pages, columns, seconds, CPU. */
import { load } from 'cheerio'
import { Agent, request } from 'undici'
import { hostOf } from './sites.ts'

const [sites = 300, port = 0] = process.argv.slice(2).map(Number)
const dispatcher = new Agent({ connections: 6, keepAliveTimeout: 4000 })
const began = performance.now()
const cpu = process.cpuUsage()
const newest: Record<string, string> = {}
let pages = 0

async function get(url: string): Promise<ReturnType<typeof load>> {
  const { body } = await request(url, { dispatcher })
  pages++
  return load(await body.text())
}

async function crawl(site: number): Promise<void> {
  const home = `http://${hostOf(site)}:${port}/`
  const $ = await get(home)
  const links = $('.nav a').toArray().map((a) => new URL($(a).attr('href') ?? '', home).href).filter((u) => u !== home)
  for (const link of links) {
    const $$ = await get(link)
    let top = ''
    $$('li').each((_, li) => {
      const found = /(\d{4})-(\d{2})-(\d{2})/.exec($$(li).text())
      if (found !== null && $$(li).find('a').length > 0 && found[0] > top) top = found[0]
    })
    newest[link] = top
  }
}

let next = 0
await Promise.all(Array.from({ length: 16 }, async () => {
  while (next < sites) await crawl(next++)
}))
await dispatcher.close()
const used = process.cpuUsage(cpu)
console.log(JSON.stringify({ pages, seconds: (performance.now() - began) / 1000, cpu: (used.user + used.system) / 1e6, rss: process.resourceUsage().maxRSS / 1024, newest }))
