import { describe, expect, test } from 'vitest'
import { runChain } from '../../src/channels/chain.ts'
import { CHANNELS } from '../../src/channels/index.ts'
import { dig, list, number, parseJson, scriptText, text, textOf, visible } from '../../src/channels/reply.ts'
import { isGone } from '../../src/domain/outcome.ts'
import { KIND_IDS } from '../../src/domain/kinds.ts'
import { identityOf, NOW } from './conformance/kit.ts'

test('the visible words of a page', () => {
  expect(visible('<p>一</p><script>if (a < b) { "二" }</script><STYLE>三{}</STYLE><template>四</template>五 &amp;\n 六')).toBe('一 五 &amp; 六')
  expect(visible('<p>一</p><script>never closed <p>二</p>')).toBe('一')
  expect(visible('一 < 二')).toBe('一')
  expect(visible('x'.repeat(1000), 10)).toHaveLength(10)
  expect(visible('')).toBe('')
})

test('the script that a pattern opens', () => {
  expect(scriptText('<script id="a">{"x":1}</script>', /<script id="a">/)).toBe('{"x":1}')
  expect(scriptText('<script id="a">{"x":1}', /<script id="a">/)).toBeNull()
  expect(scriptText('<p>', /<script id="a">/)).toBeNull()
})

test('JSON: ids too large for a double keep their digits, JSONP and byte order marks are taken off, the rest is undefined', () => {
  expect(parseJson('{"id":9007199254740993,"n":12,"f":1.5}')).toEqual({ id: '9007199254740993', n: 12, f: 1.5 })
  expect(parseJson('\ufeffcb({"a":1});')).toEqual({ a: 1 })
  for (const none of ['', 'blocked', '<html>', '{"a":', 'undefined']) expect(parseJson(none)).toBeUndefined()
  expect(dig({ a: [{ b: null }] }, 'a', 0, 'b', 'c')).toBeUndefined()
  expect([list({ a: 1 }), list([1]), list('x'), list(null)]).toEqual([[{ a: 1 }], [1], [], []])
  expect([number('12'), number('1.2万'), number(Number.NaN), text(0), text(' '), text({})]).toEqual([12, null, null, '0', null, null])
})

test('bytes: by the header, else strict UTF-8, else GB18030', () => {
  const gbk = new Uint8Array([0xbd, 0xad, 0xce, 0xf7])
  const of = (body: Uint8Array, type?: string) => textOf({ status: 200, url: '', headers: type === undefined ? {} : { 'content-type': type }, body })
  expect([of(gbk), of(gbk, 'text/html; charset=gb2312'), of(gbk, 'text/html; charset=UTF-8'), of(new TextEncoder().encode('江西'))]).toEqual(['江西', '江西', '江西', '江西'])
})

describe('pages made to be slow to read', () => {
  const n = 200_000
  const bodies = ['<'.repeat(n * 5), '<script'.repeat(n), '<script id="__NEXT_DATA__">'.repeat(n), 'id="js_name"'.repeat(n), `id="js_name">${' '.repeat(n * 5)}`, 'class="weui-msg__title'.repeat(n), '更新时间：<'.repeat(n), `<div id="js_article">${'nickname = "'.repeat(n)}`, '<h3 '.repeat(n), '"'.repeat(n * 5), `window.__INITIAL_STATE__={${'"\\'.repeat(n)}`, '['.repeat(n), `<rss>${'<channel><item>'.repeat(n / 10)}`, `{"ok":1,"data":{"cards":[{"card_type":9,"mblog":{"id":"1","text":"${'<'.repeat(n * 5)}"}}],"userInfo":{"id":1}}}`]
  // Reading a megabyte is a matter of milliseconds; what is quadratic in it would take hours and end the run.
  test.each(bodies.map((b) => [b.slice(0, 30), b] as const))('%s…', async (_start, body) => {
    for (const kind of KIND_IDS.filter((k) => CHANNELS[k].sources.length > 1)) {
      const address = CHANNELS[kind].manifest.identityForms[kind === 'wechat_official' ? 2 : 0]!.example
      const result = await runChain(CHANNELS[kind], { kind, identity: identityOf(kind, address), now: NOW, browser: true }, async () => ({ status: 200, url: 'https://answered.invalid/', headers: {}, body, captured: [{ url: 'https://x.invalid/graphql', status: 200, body }] }))
      expect(result.newest).toBeNull()
      expect(isGone(result.outcome)).toBe(false)
    }
  })
})
