/** The name robots.txt addresses us by. */
export const ROBOT = 'HuoshuiBot'

/** One User-Agent for all requests, with an address at which a site reaches whoever runs this. */
export function userAgent(contact = '', version = '0.1'): string {
  const clean = contact.replace(/[^\x20-\x7e]|[()]/g, '').trim()
  return `Mozilla/5.0 (compatible; ${ROBOT}/${version}${clean === '' ? '' : `; +${clean}`})`
}
