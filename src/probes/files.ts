const ZIP = [0x50, 0x4b]
const OLE = [0xd0, 0xcf, 0x11, 0xe0]
const starts = (bytes: Uint8Array, mark: readonly number[], at = 0): boolean => mark.every((b, i) => bytes[at + i] === b)

/** Types whose files begin with a mark of their own. Office opens one of its forms under the name of another. */
const OFFICE = new Set(['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'wps', 'et', 'dps', 'rtf'])

/**
 * Is a file what its name says? From its first kilobytes. `html`: a web page in its stead (saved as such by Office it is
 * a document); `unknown`: neither, about which nothing is claimed.
 */
export function fits(type: string, bytes: Uint8Array): 'fits' | 'html' | 'empty' | 'unknown' {
  if (bytes.length === 0) return 'empty'
  const head = Buffer.from(bytes.subarray(0, 2048)).toString('latin1')
  const html = /^(?:\xef\xbb\xbf)?\s*(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html|head|body|script|meta|title|div|h1)\b/is.test(head)
  if (OFFICE.has(type)) {
    if (starts(bytes, ZIP) || starts(bytes, OLE) || head.startsWith('{\\rtf') || head.trimStart().startsWith('<?xml')) return 'fits'
    return html ? (/urn:schemas-microsoft-com:office|<meta[^>]+(?:ms-?excel|ms-?word|Excel\.Sheet|Word\.Document)/i.test(head) ? 'fits' : 'html') : 'unknown'
  }
  if (html) return 'html'
  if (type === 'pdf') return head.slice(0, 1024).includes('%PDF-') ? 'fits' : 'unknown'
  if (type === 'ofd' || type === 'zip') return starts(bytes, ZIP) ? 'fits' : 'unknown'
  if (type === 'rar') return head.startsWith('Rar!') ? 'fits' : 'unknown'
  if (type === '7z') return head.startsWith('7z') ? 'fits' : 'unknown'
  return 'fits'
}
