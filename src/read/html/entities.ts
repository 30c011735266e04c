/**
 * Character references in text and attributes: the numeric ones, Latin-1's names (month names carry them: `M&auml;rz`)
 * and the marks that government templates use. Others stay as written: no date hides in them.
 */
const LATIN1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil ' +
  'sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute ' +
  'Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde ' +
  'auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ' +
  'ugrave uacute ucirc uuml yacute thorn yuml'

const names = new Map<string, number>(LATIN1.split(' ').map((name, i): [string, number] => [name, 160 + i]))
for (const [name, code] of [
  ['amp', 38], ['lt', 60], ['gt', 62], ['quot', 34], ['apos', 39], ['AMP', 38], ['LT', 60], ['GT', 62], ['QUOT', 34],
  ['ensp', 32], ['emsp', 32], ['thinsp', 32], ['zwnj', 0x200c], ['zwj', 0x200d], ['ndash', 0x2013], ['mdash', 0x2014], ['lsquo', 0x2018],
  ['rsquo', 0x2019], ['ldquo', 0x201c], ['rdquo', 0x201d], ['bull', 0x2022], ['hellip', 0x2026], ['lsaquo', 0x2039], ['rsaquo', 0x203a],
  ['larr', 0x2190], ['rarr', 0x2192], ['middot', 183], ['sol', 47], ['colon', 58], ['lpar', 40], ['rpar', 41], ['num', 35],
] as const) names.set(name, code)

/** Characters of the source that the last reference decoded by `reference` took; 0 when there was none. */
export let taken = 0

/** The code point of the reference that starts with the `&` at `at`, or -1; sets `taken`. */
export function reference(text: string, at: number): number {
  taken = 0
  const end = Math.min(text.length, at + 12)
  let i = at + 1
  if (text.charCodeAt(i) === 35) {
    const hex = (text.charCodeAt(i + 1) | 32) === 120
    i += hex ? 2 : 1
    const from = i
    let value = 0
    for (; i < end; i++) {
      const c = text.charCodeAt(i)
      const digit = c >= 48 && c <= 57 ? c - 48 : hex && (c | 32) >= 97 && (c | 32) <= 102 ? (c | 32) - 87 : -1
      if (digit < 0) break
      value = value * (hex ? 16 : 10) + digit
    }
    if (i === from) return -1
    taken = i - at + (text.charCodeAt(i) === 59 ? 1 : 0)
    return value > 0 && value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff) ? value : 0xfffd
  }
  while (i < end && isNameChar(text.charCodeAt(i))) i++
  const semicolon = text.charCodeAt(i) === 59
  const code = names.get(text.slice(at + 1, i))
  // Without its semicolon only nbsp is common enough to be meant; `&copy=1` in an address must stay.
  if (code === undefined || (!semicolon && code !== 160)) return -1
  taken = i - at + (semicolon ? 1 : 0)
  return code
}

function isNameChar(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57)
}

/** A string with its character references decoded. */
export function decodeReferences(s: string): string {
  let at = s.indexOf('&')
  if (at < 0) return s
  let out = ''
  let from = 0
  while (at >= 0) {
    const code = reference(s, at)
    if (code >= 0) {
      out += s.slice(from, at) + String.fromCodePoint(code)
      from = at + taken
      at = s.indexOf('&', from)
    } else at = s.indexOf('&', at + 1)
  }
  return out + s.slice(from)
}
