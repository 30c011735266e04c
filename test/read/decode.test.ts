import { describe, expect, it } from 'vitest'
import { decode } from '../../src/read/index.ts'

// 示例市人民政府 in GB18030 and 示例 in Big5, written out as bytes.
const GB = [0xca, 0xbe, 0xc0, 0xfd, 0xca, 0xd0, 0xc8, 0xcb, 0xc3, 0xf1, 0xd5, 0xfe, 0xb8, 0xae]
const BIG5 = [0xa4, 0xa4, 0xa4, 0xe5, 0xba, 0xf4, 0xaf, 0xb8] // 中文網站
const ascii = (s: string): number[] => [...s].map((c) => c.charCodeAt(0))
const bytes = (...parts: number[][]): Uint8Array => Uint8Array.from(parts.flat())

describe('decode', () => {
  it('reads GB18030 that only the page declares', () => {
    const d = decode(bytes(ascii('<html><head><meta charset="gb2312"><title>'), GB, ascii('</title>')))
    expect(d.text).toContain('示例市人民政府')
    expect(d.charset).toBe('gb18030')
    expect(d.replacements).toBe(0)
  })
  it('reads GB18030 that nothing declares', () => {
    expect(decode(bytes(ascii('<title>'), GB, ascii('</title>'))).text).toContain('示例市人民政府')
  })
  it('sees through a header that says UTF-8 over GBK bytes', () => {
    const d = decode(bytes(ascii('<title>'), GB, ascii('</title>')), { contentType: 'text/html; charset=UTF-8' })
    expect(d).toMatchObject({ charset: 'gb18030', replacements: 0 })
  })
  it('sees through a page that says gb2312 over UTF-8 bytes', () => {
    const d = decode(new TextEncoder().encode('<meta charset=gb2312><title>示例市</title>'), { contentType: 'text/html; charset=gb2312' })
    expect(d.charset).toBe('utf-8')
    expect(d.text).toContain('示例市')
  })
  it('goes by the http-equiv form of the declaration', () => {
    const d = decode(bytes(ascii('<meta http-equiv="Content-Type" content="text/html; charset=big5">'), BIG5))
    expect(d.text).toContain('中文網站')
    expect(d.charset).toBe('big5')
  })
  it('takes a byte order mark over every label', () => {
    const d = decode(bytes([0xef, 0xbb, 0xbf], [...new TextEncoder().encode('示例')]), { contentType: 'text/html; charset=gbk' })
    expect(d).toEqual({ text: '示例', charset: 'utf-8', replacements: 0 })
    expect(decode(bytes([0xff, 0xfe, 0x3a, 0x79])).text).toBe('示')
  })
  it('keeps UTF-8 with a few broken bytes as UTF-8 and counts them', () => {
    const d = decode(bytes([...new TextEncoder().encode('示例市人民政府办公室关于印发的通知'.repeat(20))], [0xe7, 0xa4]), { contentType: 'text/html; charset=utf-8' })
    expect(d.charset).toBe('utf-8')
    expect(d.replacements).toBeGreaterThan(0)
    expect(d.text).toContain('示例市人民政府')
  })
  it('survives a label that no decoder has', () => {
    expect(decode(bytes(ascii('<title>'), GB, ascii('</title>')), { charset: 'x-no-such' }).text).toContain('示例市')
  })
})
