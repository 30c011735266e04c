import { noEvidence } from '../../../src/evidence/index.ts'
import type { EvidenceStore } from '../../../src/evidence/index.ts'

const PAGE = Buffer.from(`<!doctype html><html lang="zh"><title>某县人民政府</title><ul class="list">${'<li><a href="/1.html">第一次会议召开</a><span>2026-05-20</span></li>'.repeat(400)}</ul></html>`)
const PICTURE = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(40_000, 7)])

/** Bytes for every piece that the seed speaks of: a list page of 30 kB, or something that begins as a picture does. */
export const seededEvidence: EvidenceStore = { ...noEvidence, get: async (sha256) => (sha256.startsWith('bb') ? PICTURE : PAGE), has: async () => true }
