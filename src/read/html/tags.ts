/**
 * HTML tag names as small numbers. A name is looked up by a rolling hash of its letters, so that reading a tag
 * allocates nothing; unknown names are `UNKNOWN` and behave as inline elements.
 */
const NAMES =
  'a p li ul ol dl dt dd table tr td th tbody thead tfoot caption div span h1 h2 h3 h4 h5 h6 script style noscript template ' +
  'textarea title option select optgroup img iframe frame frameset form input button meta link base br hr nav header footer ' +
  'aside main article section time area map body head html b i em strong font u small center label pre blockquote svg xmp ' +
  'publishtime ucapcontent figure video audio source embed object param wbr col noframes fieldset address details summary menu data record'

const list = ['', ...NAMES.split(' ')]
export const UNKNOWN = 0
const index = new Map(list.map((name, id): [string, number] => [name, id]))

/** The number of a tag name known here; `UNKNOWN` for the rest. */
export function tagId(name: string): number {
  return index.get(name) ?? UNKNOWN
}

export function tagName(id: number): string {
  return list[id] ?? ''
}

export const T = {
  a: tagId('a'), p: tagId('p'), li: tagId('li'), ul: tagId('ul'), ol: tagId('ol'), dl: tagId('dl'), dt: tagId('dt'), dd: tagId('dd'),
  table: tagId('table'), tr: tagId('tr'), td: tagId('td'), th: tagId('th'), tbody: tagId('tbody'), thead: tagId('thead'), div: tagId('div'),
  span: tagId('span'), h1: tagId('h1'), h2: tagId('h2'), h3: tagId('h3'), h4: tagId('h4'), h5: tagId('h5'), h6: tagId('h6'),
  script: tagId('script'), noscript: tagId('noscript'), title: tagId('title'), option: tagId('option'), img: tagId('img'),
  iframe: tagId('iframe'), frame: tagId('frame'), frameset: tagId('frameset'), form: tagId('form'), input: tagId('input'), select: tagId('select'),
  textarea: tagId('textarea'), meta: tagId('meta'), base: tagId('base'), nav: tagId('nav'), header: tagId('header'), footer: tagId('footer'),
  aside: tagId('aside'), main: tagId('main'), article: tagId('article'), section: tagId('section'), time: tagId('time'), area: tagId('area'),
  body: tagId('body'), head: tagId('head'), html: tagId('html'), button: tagId('button'), menu: tagId('menu'), template: tagId('template'),
  data: tagId('data'), link: tagId('link'),
} as const

/** What the scanner must know of a tag; bits of `traits[id]`. */
export const VOID = 1
export const RAW = 2
export const BLOCK = 4
/** Its text is not seen by a reader of the page. */
export const UNSEEN = 8
/** It may stand in the head without ending it. */
export const HEAD = 16
export const traits = new Uint8Array(list.length)
const mark = (names: string, bit: number): void => {
  for (const name of names.split(' ')) traits[tagId(name)] = (traits[tagId(name)] ?? 0) | bit
}
mark('img frame input meta link base br hr area source embed param wbr col', VOID)
mark('script style noscript textarea title xmp noframes iframe', RAW)
mark('script style noscript textarea title noframes iframe option select template svg head', UNSEEN)
mark(
  'p li ul ol dl dt dd table tr td th tbody thead tfoot caption div h1 h2 h3 h4 h5 h6 form nav header footer aside main article section ' +
    'body center pre blockquote figure fieldset address details summary menu br hr frameset html head option',
  BLOCK,
)
mark('html head title meta link base script style noscript template noframes', HEAD)

const SLOTS = 1024
const slotHash = new Int32Array(SLOTS)
const slotId = new Uint8Array(SLOTS)

/** One step of the rolling hash; ASCII letters count the same in either case. */
export function hashStep(hash: number, code: number): number {
  return (Math.imul(hash, 31) + (code >= 65 && code <= 90 ? code + 32 : code)) | 0
}

/** The tag with this rolling hash, or `UNKNOWN`. */
export function tagOfHash(hash: number): number {
  let slot = hash & (SLOTS - 1)
  while (slotId[slot] !== 0) {
    if (slotHash[slot] === hash) return slotId[slot] ?? UNKNOWN
    slot = (slot + 1) & (SLOTS - 1)
  }
  return UNKNOWN
}

for (let id = 1; id < list.length; id++) {
  let hash = 0
  for (const letter of list[id] ?? '') hash = hashStep(hash, letter.charCodeAt(0))
  let slot = hash & (SLOTS - 1)
  while (slotId[slot] !== 0) slot = (slot + 1) & (SLOTS - 1)
  slotHash[slot] = hash
  slotId[slot] = id
}
