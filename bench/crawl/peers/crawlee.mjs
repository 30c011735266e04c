/**
 * Crawlee's CheerioCrawler at the same job: home page, its navigation's columns, the newest date of each column's rows.
 * `node crawlee.mjs SITES.json OUT.jsonl AT_ONCE`. Set up for speed, not as it comes: nothing on disk, no sessions, no
 * autoscaling below AT_ONCE. Prints pages, seconds and the CPU after start-up.
 */
import { createWriteStream, readFileSync } from 'node:fs'
import { CheerioCrawler, Configuration, log } from '@crawlee/cheerio'

const [list = '', out = '', atOnce = '16'] = process.argv.slice(2)
const homes = JSON.parse(readFileSync(list, 'utf8'))
const file = createWriteStream(out)
log.setLevel(log.LEVELS.ERROR)
const began = performance.now()
const cpu = process.cpuUsage()
let pages = 0

const crawler = new CheerioCrawler({
  minConcurrency: Number(atOnce),
  maxConcurrency: Number(atOnce),
  useSessionPool: false,
  persistCookiesPerSession: false,
  async requestHandler({ $, request, crawler: own }) {
    pages++
    if (request.label === 'home') {
      const links = $('.nav a').toArray().map((a) => new URL($(a).attr('href') ?? '', request.url).href).filter((u) => u !== request.url)
      await own.addRequests(links.map((url) => ({ url, label: 'column' })))
      return
    }
    let newest = ''
    $('li').each((_, li) => {
      const found = /(\d{4})-(\d{2})-(\d{2})/.exec($(li).text())
      if (found !== null && $(li).find('a').length > 0 && found[0] > newest) newest = found[0]
    })
    file.write(`${JSON.stringify({ url: request.url, newest })}\n`)
  },
}, new Configuration({ persistStorage: false }))

await crawler.run(homes.map((url) => ({ url, label: 'home' })))
await new Promise((done) => { file.end(done) })
const used = process.cpuUsage(cpu)
console.log(JSON.stringify({ pages, seconds: (performance.now() - began) / 1000, cpu: (used.user + used.system) / 1e6 }))
