import { gzipSync } from 'node:zlib'
import { escape, page } from '../reply.ts'
import type { Reply } from '../reply.ts'
import type { Site } from '../types.ts'

/** Doors that break while they open. */

let bomb: Buffer | null = null
const BOMB_MEGABYTES = 300

/** A few hundred kB that unpack to 300 MB of an HTML comment. */
export function gzipBomb(): Reply {
  if (bomb === null) {
    // A gzip file may consist of several members: one of a megabyte, many times over, costs no time to build.
    const head = gzipSync(Buffer.from('<!DOCTYPE html><html><head><title>首页</title></head><body><!--'))
    const member = gzipSync(Buffer.alloc(1_000_000, 0x20))
    bomb = Buffer.concat([head, ...Array.from({ length: BOMB_MEGABYTES }, () => member)])
  }
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip' }, body: bomb }
}

/** The first third of a page, under the Content-Length of the whole. */
export function truncated(whole: Reply): Reply {
  const cut = Math.floor(whole.body.length / 3)
  return { ...whole, body: whole.body.subarray(0, cut), missing: whole.body.length - cut }
}

/** Status 200, a title, nothing to read. */
export function emptyShell(site: Site): Reply {
  const body = site.seed % 2 === 0 ? '' : '<div class="wrap"></div>'
  return page(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>${escape(site.name)}</title></head><body>${body}</body></html>`)
}
