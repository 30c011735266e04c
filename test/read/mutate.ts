import { article } from './pages.ts'

/** A small generator whose numbers depend on the seed alone, so that every failure can be run again. */
export function numbers(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b1
  return () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d)
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39)
    state ^= state >>> 15
    return (state >>> 0) / 4_294_967_296
  }
}

export function seedPages(): Uint8Array[] {
  const rows = Array.from({ length: 15 }, (_, i) => `<li><a href="/tz/${i}.html" title="标题">关于某项工作的通知第${i}号</a><span>[2024-05-${10 + i}]</span></li>`).join('')
  const pages = [
    article('发布时间：2024-05-01 10:00 来源：市政府办'),
    `<html><head><title>通知公告</title></head><body><div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/a/">政务公开</a></li><li><a href="/b/">新闻动态</a></li><li><a href="/c/">办事服务</a></li></ul></div><ul>${rows}</ul></body></html>`,
    `<script type="text/xml"><datastore><recordset>${Array.from({ length: 9 }, (_, i) => `<record><![CDATA[<li><a href="/x/${i}">第${i}条信息标题</a>2024-06-0${i + 1}</li>]]></record>`).join('')}</recordset></datastore></script>`,
    `<script>var d=[${Array.from({ length: 9 }, (_, i) => `{"title":"第${i}条信息","url":"/x/${i}","pubDate":"2024-06-0${i + 1}"}`).join(',')}]</script>`,
    '<table><tr><td>标题</td><td>发布日期</td></tr><tr><td><a href="a.html">一条信息的标题</a></td><td>2024-06-01</td></tr><tr><td><a href="b.html">又一条信息的标题</a></td><td>06-02</td></tr></table>',
  ]
  return pages.map((p) => new TextEncoder().encode(p))
}

/** A page with some of its bytes cut, doubled, swapped or overwritten. */
export function mutate(page: Uint8Array, seed: number): Uint8Array {
  const next = numbers(seed)
  let out = [...page]
  const times = 1 + Math.trunc(next() * 8)
  for (let k = 0; k < times && out.length > 4; k++) {
    const at = Math.trunc(next() * out.length)
    const size = Math.trunc(next() * 60)
    switch (Math.trunc(next() * 6)) {
      case 0: out.splice(at, size); break
      case 1: out.splice(at, 0, ...out.slice(at, at + size)); break
      case 2: for (let i = at; i < Math.min(out.length, at + size); i++) out[i] = Math.trunc(next() * 256); break
      case 3: out = [...out.slice(at), ...out.slice(0, at)]; break
      case 4: out[at] = [60, 62, 34, 39, 38, 0, 45][Math.trunc(next() * 7)] ?? 60; break
      default: out = out.slice(0, Math.max(8, at))
    }
  }
  return Uint8Array.from(out)
}
