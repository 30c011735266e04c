export { crawl } from './crawl.ts'
export type { CrawlSummary } from './crawl.ts'
export { startWork } from './start.ts'
export type { Work } from './start.ts'
