import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { count, epoch, moment } from '../../src/channels/dates.ts'

/** Monday noon in China. */
const NOW = new Date('2026-11-23T04:00:00Z')
const at = (text: unknown): string | null => moment(text, NOW)?.instant.toISOString().replace('.000Z', 'Z') ?? null

test.each<[string, string, string]>([
  ['刚刚', '2026-11-23T04:00:00Z', 'minute'], ['剛剛', '2026-11-23T04:00:00Z', 'minute'], ['30秒前', '2026-11-23T03:59:30Z', 'minute'],
  ['3分钟前', '2026-11-23T03:57:00Z', 'minute'], ['几分钟前', '2026-11-23T03:57:00Z', 'minute'], ['半小时前', '2026-11-23T03:30:00Z', 'minute'], ['2 小时之前', '2026-11-23T02:00:00Z', 'minute'], ['两小时以前', '2026-11-23T02:00:00Z', 'minute'],
  ['12天前', '2026-11-10T16:00:00Z', 'day'], ['十二天前', '2026-11-10T16:00:00Z', 'day'], ['2周前', '2026-11-08T16:00:00Z', 'day'], ['3个月前', '2026-08-22T16:00:00Z', 'month'], ['1年前', '2025-11-22T16:00:00Z', 'month'],
  ['今天 08:30', '2026-11-23T00:30:00Z', 'minute'], ['昨天 23:10', '2026-11-22T15:10:00Z', 'minute'], ['前天', '2026-11-20T16:00:00Z', 'day'], ['昨晚8点', '2026-11-22T12:00:00Z', 'minute'], ['昨天下午3点半', '2026-11-22T07:30:00Z', 'minute'],
  ['周三 10:00', '2026-11-18T02:00:00Z', 'minute'], ['星期一', '2026-11-22T16:00:00Z', 'day'], ['周一 13:00', '2026-11-16T05:00:00Z', 'minute'], ['上午9:05', '2026-11-23T01:05:00Z', 'minute'], ['凌晨1:20', '2026-11-22T17:20:00Z', 'minute'],
  ['Sun Jun 07 12:00:00 +0800 2020', '2020-06-07T04:00:00Z', 'second'], ['Sun Jun 07 12:00:00 +0000 2020', '2020-06-07T12:00:00Z', 'second'],
  ['Mon, 02 Jan 2006 15:04:05 GMT', '2006-01-02T15:04:05Z', 'second'], ['02 Jan 2006 15:04:05 +0800', '2006-01-02T07:04:05Z', 'second'], ['Mon, 02 Jan 2006 15:04:05 CST', '2006-01-02T07:04:05Z', 'second'],
  ['2025-12-04 18:00', '2025-12-04T10:00:00Z', 'minute'], ['2025年12月4日 18:00:51', '2025-12-04T10:00:51Z', 'second'], ['2025-12-04T18:00:51+08:00', '2025-12-04T10:00:51Z', 'second'], ['2025-12-04T18:00:51Z', '2025-12-04T18:00:51Z', 'second'], ['2019-06-07', '2019-06-06T16:00:00Z', 'day'], ['2024-05-01-10:00:00', '2024-05-01T02:00:00Z', 'second'],
  ['06-07', '2026-06-06T16:00:00Z', 'day'], ['12-30', '2025-12-29T16:00:00Z', 'day'], ['1764842451', '2025-12-04T10:00:51Z', 'second'], ['1764842451000', '2025-12-04T10:00:51Z', 'second'],
])('%s is %s, to the %s', (text, instant, precision) => {
  expect(at(text)).toBe(instant)
  expect(moment(text, NOW)?.precision).toBe(precision)
})

test.each(['', '  ', '0', '编辑于', '2025-02-30', '2025-13-01', '25:00', '二〇二五', 'undefined', 'null', 'NaN', '1970-01-01', '昨天 99:00', '-1', '123', '99999999999999999', 'http://x/2025-01-01'])('%s is no date, and is never taken for now', (text) => {
  expect(moment(text, NOW)).toBeNull()
})

test('an epoch is seconds or milliseconds by its digits, as number or text', () => {
  expect(epoch(1_764_842_451)?.day).toBe('2025-12-04')
  expect(epoch(1_764_842_451_000)?.day).toBe('2025-12-04')
  expect(epoch('1764842451')?.day).toBe('2025-12-04')
  for (const none of [0, -1, 1, Number.NaN, Number.POSITIVE_INFINITY, '', 'x', null, undefined, {}, [], 12_345_678_901, 1e20, true]) expect(epoch(none)).toBeNull()
})

test('Chinese numerals', () => {
  expect(['十', '十二', '二十', '二十三', '两', '半', '几', '7'].map(count)).toEqual([10, 12, 20, 23, 2, 0.5, 3, 7])
  for (const none of ['', '百', '一二']) expect(count(none)).toBeNull()
})

test('anything at all gives a date in range or none, without throwing', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.integer(), fc.double(), fc.stringMatching(/^[0-9:年月日前天小时 -]{0,20}$/)), (raw) => {
    const found = moment(raw, NOW)
    return found === null || (found.day >= '2000-01-01' && found.day <= '2100-01-01')
  }), { numRuns: 2000 })
})
