import { describe, expect, test } from 'vitest'
import type { ChannelFacts } from '../../src/standard/facts.ts'
import { capOf } from '../../src/standard/score.ts'
import { itemTenths } from '../../src/standard/scored.ts'
import { check, gov2019, parseEdition } from '../../src/standard/index.ts'
import { at, NOW, ago, column, home, site, account, posts, times } from './build.ts'
import { AUTOMATIC, WAYS, WITHOUT_EDGE } from './four-ways.ts'
import type { Expected } from './four-ways.ts'

const withW4b = parseEdition({ id: 'with-w4b', name: { zh: '全', en: 'all' }, document: { zh: '全', en: 'all' }, base: 'gov-2019', change: { W4b: { on: true } } })

const judged = (id: string, facts: ChannelFacts) => {
  const edition = id === 'W4b' ? withW4b : gov2019
  const rule = edition.rules.find((r) => r.id === id)!
  const { result } = check(facts, edition, NOW, 'seed').results.find((r) => r.id === id)!
  return { answer: result.answer, reason: result.reason, points: itemTenths(result.points, capOf(rule, facts.channel)) / 10 }
}
const expectOf = (id: string, facts: ChannelFacts, expected: Expected): void => {
  const { answer, points } = judged(id, facts)
  expect(typeof expected === 'number' ? points : answer).toBe(expected)
}

test('every indicator that observations decide is here, with every parameter on both sides of its edge', () => {
  expect(Object.keys(WAYS)).toEqual(AUTOMATIC.map((r) => r.id))
  for (const rule of AUTOMATIC) {
    expect([rule.id, ...new Set(WAYS[rule.id]!.edges.map(([param]) => param))].sort()).toEqual([rule.id, ...Object.keys(rule.params).filter((p) => !WITHOUT_EDGE(p))].sort())
  }
})

describe.each(Object.entries(WAYS))('%s', (id, ways) => {
  test('met, violated, not applicable, not observed', () => {
    expect(judged(id, ways.met).answer).toBe('met')
    expect(judged(id, ways.violated).answer).toBe('violated')
    expect(judged(id, ways.notApplicable).answer).toBe('not_applicable')
    const open = judged(id, ways.notObserved)
    expect(open).toMatchObject({ answer: 'not_observed', points: 0 })
    expect(open.reason).not.toBeNull()
  })
  test.each(ways.edges.map((e) => [e[0], e] as const))('both sides of %s', (_param, [, inside, first, outside, second]) => {
    expectOf(id, inside, first)
    expectOf(id, outside, second)
  })
})

test.each([
  ['W3', (on: string) => site({ home: home({ newest: ago(60), at: at(on) }), columns: [] })],
  ['W4a', (on: string) => site({ columns: times(5, () => column({ newest: ago(60), observedAt: at(on) })) })],
  ['N2a', (on: string) => account({ posts: posts({ newest: ago(60), observedAt: at(on) }) })],
] as const)('%s: a look of seven days ago stands, one of eight does not', (id, looked) => {
  expectOf(id, looked(ago(7)), 'violated')
  expectOf(id, looked(ago(8)), 'not_observed')
})
