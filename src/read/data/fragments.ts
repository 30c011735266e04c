/** Characters of fragments that are read on one page. */
const CAP = 2_000_000

/** HTML rows out of jpage and dataproxy XML: `<record><![CDATA[<li>…]]></record>`, or records without CDATA. */
export function recordsIn(text: string): string[] {
  const out: string[] = []
  let size = 0
  let at = 0
  while (out.length < 600 && size < CAP) {
    const open = text.indexOf('<record', at)
    if (open < 0) break
    const inner = text.indexOf('>', open)
    if (inner < 0) break
    if (text.startsWith('<recordset', open) || text.charCodeAt(inner - 1) === 47) {
      at = inner + 1
      continue
    }
    let close = text.indexOf('</record>', inner)
    if (close < 0) close = text.length
    const body = text.slice(inner + 1, close)
    const cdata = body.indexOf('<![CDATA[')
    const record = cdata < 0 ? body : body.slice(cdata + 9, endOf(body, cdata))
    if (record.trim() !== '') out.push(record)
    size += record.length
    at = close + 9
  }
  return out
}

function endOf(body: string, cdata: number): number {
  const end = body.indexOf(']]>', cdata)
  return end < 0 ? body.length : end
}

/** Arrays and objects in a script that may hold rows: balanced text that starts with `[{` and names a date. */
export function literalsIn(script: string): string[] {
  const out: string[] = []
  let at = 0
  while (out.length < 12) {
    const open = nextArray(script, at)
    if (open < 0) break
    const end = balanced(script, open)
    if (end < 0) break
    if (end - open > 40) out.push(script.slice(open, end))
    at = end
  }
  return out
}

/** Offset of the next `[` that an object follows. */
function nextArray(script: string, from: number): number {
  for (let open = script.indexOf('[', from); open >= 0; open = script.indexOf('[', open + 1)) {
    let next = open + 1
    while (next < script.length && next - open < 40 && script.charCodeAt(next) <= 32) next++
    if (script.charCodeAt(next) === 123) return open
  }
  return -1
}

/** Offset after the bracket that closes the one at `open`; -1 when it never closes. Quoted text is skipped. */
function balanced(s: string, open: number): number {
  let depth = 0
  for (let i = open; i < s.length && i - open < CAP; i++) {
    const c = s.charCodeAt(i)
    if (c === 34 || c === 39) {
      i++
      while (i < s.length && s.charCodeAt(i) !== c) i += s.charCodeAt(i) === 92 ? 2 : 1
    } else if (c === 91 || c === 123) depth++
    else if (c === 93 || c === 125) {
      depth--
      if (depth === 0) return i + 1
    }
  }
  return -1
}

/** The markup that a script puts together from its strings, row after row: html += "<li><a href='…'>…</a><span>2024-05-01</span></li>". */
export function markupIn(script: string): string {
  const out: string[] = []
  for (let i = 0; i < script.length && out.length < 5000; i++) {
    const quote = script.charCodeAt(i)
    if (quote !== 34 && quote !== 39 && quote !== 96) continue
    const from = i + 1
    for (i = from; i < script.length && script.charCodeAt(i) !== quote; i++) if (script.charCodeAt(i) === 92) i++
    if (i >= script.length) break
    if (i > from) out.push(script.slice(from, i).replace(/\\(["'/`])/g, '$1'))
  }
  const html = out.join('')
  return /<a\s/i.test(html) ? html : ''
}

/** Parallel arrays that some sites write a row at a time: urls[0]='…';headers[0]='…';year[0]='2020';month[0]='6';day[0]='1'. */
export function parallelArrays(script: string): { title: string; url: string; date: string }[] {
  const rows = new Map<number, Record<string, string>>()
  let n = 0
  for (const m of script.matchAll(/\b(urls?|links?|hrefs?|headers?|titles?|years?|months?|days?|dates?|times?)\[(\d{1,4})\]\s*=\s*["']?([^"';\n]{1,300})["']?\s*;/gi)) {
    if (++n > 4000) break
    const i = Number(m[2])
    const row = rows.get(i) ?? {}
    row[(m[1] ?? '').toLowerCase().replace(/s$/, '')] = (m[3] ?? '').trim()
    rows.set(i, row)
  }
  const out: { title: string; url: string; date: string }[] = []
  for (const row of rows.values()) {
    const title = row['header'] ?? row['title']
    const date = row['date'] ?? row['time'] ?? (row['year'] !== undefined && row['month'] !== undefined && row['day'] !== undefined ? `${row['year']}-${row['month']}-${row['day']}` : undefined)
    if (title !== undefined && date !== undefined) out.push({ title, date, url: row['url'] ?? row['link'] ?? row['href'] ?? '' })
  }
  return out
}
