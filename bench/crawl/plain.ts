/**
 * The bare loop: undici and cheerio, nothing else. `node plain.ts SITES.json OUT.jsonl AT_ONCE`. Prints pages, seconds and the
 * CPU after start-up.
 */
import { createWriteStream, readFileSync } from 'node:fs'
import { load } from 'cheerio'
import { Agent, request } from 'undici'

const [list = '', out = '', atOnce = '16'] = process.argv.slice(2)
const homes = JSON.parse(readFileSync(list, 'utf8')) as string[]
const file = createWriteStream(out)
const dispatcher = new Agent({ connections: 6, keepAliveTimeout: 4000 })
const began = performance.now()
const cpu = process.cpuUsage()
let pages = 0

async function get(url: string): Promise<ReturnType<typeof load>> {
  const { body } = await request(url, { dispatcher })
  pages++
  return load(await body.text())
}

async function crawl(home: string): Promise<void> {
  const $ = await get(home)
  const links = $('.nav a').toArray().map((a) => new URL($(a).attr('href') ?? '', home).href).filter((u) => u !== home)
  for (const url of links) {
    const $$ = await get(url)
    let newest = ''
    $$('li').each((_, li) => {
      const found = /(\d{4})-(\d{2})-(\d{2})/.exec($$(li).text())
      if (found !== null && $$(li).find('a').length > 0 && found[0] > newest) newest = found[0]
    })
    file.write(`${JSON.stringify({ url, newest })}\n`)
  }
}

let next = 0
await Promise.all(Array.from({ length: Number(atOnce) }, async () => {
  for (let home = homes[next++]; home !== undefined; home = homes[next++]) await crawl(home)
}))
await dispatcher.close()
await new Promise<void>((done) => { file.end(done) })
const used = process.cpuUsage(cpu)
console.log(JSON.stringify({ pages, seconds: (performance.now() - began) / 1000, cpu: (used.user + used.system) / 1e6 }))
