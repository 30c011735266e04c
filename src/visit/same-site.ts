import { getDomain } from 'tldts'

/** Registrable domain, or the host itself where it has none (addresses, localhost). */
function domainOf(host: string): string {
  const name = host.replace(/:\d+$/, '')
  return getDomain(name, { allowPrivateDomains: true }) ?? host
}

/** Do two addresses lie on the same registrable domain? IP addresses must be the same, port included. */
export function sameDomain(a: string, b: string): boolean {
  const x = URL.parse(a)
  const y = URL.parse(b)
  if (x === null || y === null) return false
  return x.host === y.host || domainOf(x.host) === domainOf(y.host)
}

const FILES = /\.(?:pdf|docx?|xlsx?|pptx?|wps|et|zip|rar|7z|jpe?g|png|gif|mp[34]|avi|exe|apk)(?:$|[?#])/i

/**
 * Says whether an address belongs to the site at `home`. A www host is its domain's portal and owns the hosts beside it
 * (xxgk.example.gov.cn of www.example.gov.cn); any other host owns itself only, because hundreds of sites share one domain.
 */
export function ownership(home: string): (url: string) => boolean {
  const own = URL.parse(home)
  if (own === null) return () => false
  const bare = own.host.replace(/^www\./, '')
  const portal = bare !== own.host
  let lastHost = ''
  let lastAnswer = false
  return (url) => {
    const from = url.indexOf('://') + 3
    const end = /[/?#]/.exec(url.slice(from))
    const host = (end === null ? url.slice(from) : url.slice(from, from + end.index)).toLowerCase()
    if (host !== lastHost) {
      lastHost = host
      lastAnswer = host === own.host || host.replace(/^www\./, '') === bare || (portal && host.endsWith(`.${bare}`))
    }
    return lastAnswer && !FILES.test(url)
  }
}
