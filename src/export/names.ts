/** 0 → A, 26 → AA. */
export function columnName(index: number): string {
  let letters = ''
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return letters
}

/** A name that Excel takes: at most 31 characters, none of []:*?/\, not twice. Enters it in `taken`. */
export function safeSheetName(name: string, taken: Set<string>): string {
  const base = name.replace(/[[\]:*?/\\\p{Cc}]/gu, ' ').replace(/^'+|'+$/g, '').trim().slice(0, 31) || 'Sheet'
  let free = base
  for (let n = 2; taken.has(free.toLowerCase()); n += 1) free = `${base.slice(0, 31 - String(n).length - 1)} ${n}`
  taken.add(free.toLowerCase())
  return free
}
