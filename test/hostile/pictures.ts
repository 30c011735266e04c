import { crc32, deflateSync } from 'node:zlib'
import { isGone, isObserved } from '../../src/domain/outcome.ts'
import { FILE_TYPES, looksLike } from '../../src/review/unit/file-types.ts'
import { look } from '../../src/visit/look.ts'
import type { Loaded, Session } from '../../src/visit/session.ts'
import type { Rand } from './random.ts'

const NOW = new Date('2024-06-20T04:00:00Z')
const need = (ok: boolean, what: string): string | null => (ok ? null : what)
const first = (...found: (string | null)[]): string | null => found.find((f) => f !== null) ?? null
const noise = (r: Rand, n: number): Buffer => Buffer.from(r.times(n, () => r.int(256)))
const u16 = (n: number): Buffer => Buffer.from([(n >> 8) & 255, n & 255])
const u32 = (n: number): Buffer => Buffer.from([(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255])
const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')

function pngChunk(type: string, body: Buffer): Buffer {
  const typed = Buffer.concat([ascii(type), body])
  return Buffer.concat([u32(body.length), typed, u32(crc32(typed))])
}
/** A PNG whose head says `width` × `height`, whatever follows. */
function png(width: number, height: number, more: readonly Buffer[] = []): Buffer {
  const head = Buffer.concat([u32(width), u32(height), Buffer.from([8, 0, 0, 0, 0])])
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), pngChunk('IHDR', head), ...more, pngChunk('IEND', Buffer.alloc(0))])
}
const SIDES = [0, 1, 300, 65_535, 0x7fffffff, 0xffffffff]
/** Pictures by their first bytes: with dimensions nobody could hold, cut off, or with something else behind. */
const MAKE: Readonly<Record<string, (r: Rand) => Buffer>> = {
  png: (r) => png(r.pick(SIDES), r.pick(SIDES), r.times(r.int(4), () => pngChunk(r.pick(['IDAT', 'tEXt', 'iCCP', 'zTXt', 'acTL']), r.chance(0.5) ? noise(r, 200) : deflateSync(Buffer.alloc(r.int(200_000)))))),
  jpeg: (r) => Buffer.concat([Buffer.from('ffd8', 'hex'), Buffer.from(r.pick(['ffe0', 'ffe1', 'ffdb', 'ffee']), 'hex'), u16(r.pick([2, 16, 0, 65_535])), noise(r, 14), Buffer.from('ffc0001108', 'hex'), u16(65_535), u16(65_535), noise(r, r.int(3000))]),
  gif: (r) => Buffer.concat([ascii(r.pick(['GIF89a', 'GIF87a'])), Buffer.from('ffffffff8000', 'hex'), noise(r, r.int(3000))]),
  bmp: (r) => Buffer.concat([ascii('BM'), u32(r.pick(SIDES)), u32(0), noise(r, 400)]),
  webp: (r) => Buffer.concat([ascii('RIFF'), u32(r.pick(SIDES)), ascii('WEBPVP8X'), noise(r, 400)]),
  ico: (r) => Buffer.concat([Buffer.from('00000100', 'hex'), u16(65_535), noise(r, 400)]),
  tiff: (r) => Buffer.concat([ascii('II*\0'), noise(r, 400)]),
  pdf: (r) => Buffer.concat([ascii('%PDF-1.7\n'), noise(r, 400)]),
}
const PAGE = ascii('<html><title>x</title><script>alert(1)</script><h1>2019-01-01</h1>')
const TYPES = ['text/html', 'text/html; charset=utf-8', 'image/png', 'image/svg+xml', 'IMAGE/JPEG; x', 'application/octet-stream', '', 'application/pdf']

/**
 * The product opens no picture: Chromium draws those of a page. What can come as one are a site's pages and the files that units bring:
 * neither may be taken for what it is not, whatever is said of it.
 */
export async function pictureCase(r: Rand): Promise<string | null> {
  const kind = r.pick(Object.keys(MAKE))
  const whole = MAKE[kind]?.(r) ?? Buffer.alloc(0)
  const how = r.pick(['whole', 'whole', 'cut', 'page behind', 'page before', 'script within'])
  const bytes = how === 'cut' ? whole.subarray(0, r.int(whole.length)) : how === 'page behind' ? Buffer.concat([whole, PAGE]) : how === 'page before' ? Buffer.concat([PAGE, whole]) : how === 'script within' ? Buffer.concat([whole.subarray(0, whole.length >> 1), ascii('--><script>alert(1)</script>'), whole.subarray(whole.length >> 1)]) : whole
  const type = r.pick(TYPES)
  const loaded: Loaded = {
    url: 'http://a.gov.cn/', finalUrl: 'http://a.gov.cn/', status: 200, outcome: 'ok', detail: null, bytes, sha256: null, headers: type === '' ? {} : { 'content-type': type }, same: null, ms: 1, tlsTrouble: false, row: null,
  }
  const session = { load: async () => loaded, terms: { now: NOW }, tools: { recipes: [] } } as unknown as Session
  const seen = await look(session, loaded.url, r.pick(['home', 'listing', 'article'] as const))
  const page = how.startsWith('page') || how === 'script within'
  return first(
    need(!isGone(seen.outcome), `${kind}, ${how}, as ${type}: called ${seen.outcome}`),
    need(page || !isObserved(seen.outcome), `${kind}, ${how}, as ${type}: taken for a page (${seen.outcome})`),
    need(/^(image|application\/pdf)/i.test(type) ? seen.outcome === 'unreadable' : true, `${type}: ${seen.outcome}`),
    need(seen.items.length === 0, 'items of a picture'),
    brought(bytes),
  )
}

/** A file is taken under no ending but one that its first bytes bear out. */
function brought(bytes: Buffer): string | null {
  const starts = new Map([['pdf', '25504446'], ['png', '89504e47'], ['jpg', 'ffd8ff'], ['jpeg', 'ffd8ff'], ['ofd', '504b'], ['docx', '504b'], ['xlsx', '504b'], ['zip', '504b']])
  for (const ending of [...FILE_TYPES.keys(), 'html', 'svg', '__proto__', '']) {
    const right = bytes.toString('hex', 0, 4).startsWith(starts.get(ending) ?? 'none')
    if (looksLike(ending, bytes) !== right) return `.${ending} for ${bytes.toString('hex', 0, 8)}`
  }
  return null
}
