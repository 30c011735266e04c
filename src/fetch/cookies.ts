import { CookieJar } from 'tough-cookie'

/** Cookies of one visit. Bounded: what a site sets beyond 60 cookies or 8 kB of header is not kept or sent. */
export type Jar = {
  /** The Cookie header for an address, or null. */
  header(url: string): string | null
  /** Keeps what an answer set; those it may not set (another domain, a public suffix) are ignored. */
  store(url: string, setCookies: readonly string[]): void
  /** Grows whenever what would be sent may have changed: a redirect to the same address makes sense only then. */
  readonly version: number
}

const MOST = 60
const LONGEST = 8192

/** A jar that costs nothing until the first cookie is set. */
export function createJar(): Jar {
  let jar: CookieJar | null = null
  let version = 0
  let kept = 0
  return {
    get version() {
      return version
    },
    header(url) {
      if (jar === null) return null
      const header = jar.getCookieStringSync(url)
      return header === '' || header.length > LONGEST ? null : header
    },
    store(url, setCookies) {
      jar ??= new CookieJar(undefined, { looseMode: true })
      const before = this.header(url)
      for (const line of setCookies) {
        if (line.length > 4096 || kept >= MOST) continue
        if (jar.setCookieSync(line, url, { ignoreError: true }) !== undefined) kept += 1
      }
      if (this.header(url) !== before) version += 1
    },
  }
}
