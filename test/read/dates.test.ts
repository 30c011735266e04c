import { describe, expect, it } from 'vitest'
import { parseDay, urlDate } from '../../src/read/index.ts'
import { feedDay } from '../../src/read/data/feed.ts'

const now = new Date('2024-06-20T04:00:00Z')

describe('parseDay', () => {
  it.each([
    ['2024-06-01', '2024-06-01'], ['2024/6/1', '2024-06-01'], ['2024.06.01', '2024-06-01'], ['2024年6月1日', '2024-06-01'], ['2024 年 06 月 01 日 08:30', '2024-06-01'],
    ['[06-01]', '2024-06-01'], ['6月1日', '2024-06-01'], ['12-31', '2023-12-31'], ['二〇二四年六月一日', '2024-06-01'], ['二○二三年十二月三十一日', '2023-12-31'],
    ['24-06-01', '2024-06-01'], ['20240601', '2024-06-01'], ['20240601103000', '2024-06-01'], ['2024-06-01-10:20:30', '2024-06-01'], ['2024-06-0110:20', '2024-06-01'],
    ['2024-06-01T23:30:00Z', '2024-06-01'], ['1717171200', '2024-06-01'], ['1717171200000', '2024-06-01'], ['3天前', '2024-06-17'], ['三天前', '2024-06-17'], ['2周前', '2024-06-06'],
    ['昨天 08:00', '2024-06-19'], ['前天', '2024-06-18'], ['刚刚', '2024-06-20'], ['5分钟前', '2024-06-20'], ['June 1st, 2024', '2024-06-01'], ['1. Juni 2024', '2024-06-01'], ['1 juin 2024', '2024-06-01'],
    ['1 de junio de 2024', '2024-06-01'], ['1 июня 2024', '2024-06-01'], ['01.06.2024', '2024-06-01'], ['2024. 6. 1.', '2024-06-01'], ['民國113年6月1日', '2024-06-01'], ['02-29', '2024-02-29'],
  ])('%s', (text, day) => expect(parseDay(text, now)).toBe(day))

  it.each(['', '2024-02-30', '2024-13-01', '0791-88052024', '示府发〔2024〕12号', '2024-35147', '1.2.3.4', '2024年6月', '99-99', '全年无休', '第2024-3期', '10:20:30'])('no day in %j', (text) => {
    expect(parseDay(text, now)).toBeNull()
  })
})

describe('urlDate', () => {
  it.each([
    ['http://a.gov.cn/x/202406/t20240601_123.html', '2024-06-01'], ['http://a.gov.cn/art/2024/6/1/art_1_2.html', '2024-06-01'], ['http://a.gov.cn/2024-06/01/content_5.htm', '2024-06-01'],
    ['http://a.gov.cn/fgw/20240601/abcdef.html', '2024-06-01'], ['http://a.gov.cn/2024/0601/c12.html', '2024-06-01'], ['https://web.archive.org/web/20200101000000/http://a.cn/2024/06/01/x', '2024-06-01'],
  ])('%s', (url, day) => expect(urlDate(url)?.day).toBe(day))
  it.each(['http://a.gov.cn/202406/content_5.htm', 'http://a.gov.cn/2024/', 'http://a.gov.cn/20241301/x.html', 'http://2024-06-01.cn', 'not an address', 'http://a.gov.cn/p/201924601.html'])('no day in %s', (url) => {
    expect(urlDate(url)).toBeNull()
  })
})

describe('feedDay', () => {
  const at = (url: string): { url: string; now: Date } => ({ url, now })
  it('reads an instant as the day in China', () => {
    expect(feedDay('Sat, 01 Jun 2024 18:00:00 GMT', at('http://a.com/'))).toBe('2024-06-02')
  })
  it('takes CST on a .cn host for China Standard Time', () => {
    expect(feedDay('Sat, 01 Jun 2024 20:00:00 CST', at('http://www.a.gov.cn/rss'))).toBe('2024-06-01')
    expect(feedDay('Sat, 01 Jun 2024 20:00:00 CST', at('http://www.a.com/rss'))).toBe('2024-06-02')
  })
  it('takes a time without a zone for China', () => expect(feedDay('2024-06-01 23:50:00', at('http://a.com/'))).toBe('2024-06-01'))
})
