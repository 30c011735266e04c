import { describe, expect, it } from 'vitest'
import { BUILTIN_RECIPES, recipeFor, recipeSchema, testRecipe, viewPage } from '../../../src/probes/index.ts'
import { NOW } from '../try.ts'
import { DAYS, FAMILIES, TITLES } from './families.ts'

const URL_ = 'http://www.jingan.gov.cn/zwgk/tzgg/'
const page = (html: string) => viewPage({ url: URL_, finalUrl: URL_, status: 200, outcome: 'ok', bytes: Buffer.from(html), headers: { 'content-type': 'text/html; charset=utf-8' }, sha256: null }, NOW)

describe('recipes that come built in', () => {
  it('every family has a fixture, and every fixture its family', () => {
    expect(BUILTIN_RECIPES.map((r) => r.id).toSorted()).toEqual(Object.keys(FAMILIES).toSorted())
  })
  it.each(BUILTIN_RECIPES.map((r) => [r.id, r] as const))('%s fits its own family only, and reads exactly its rows', (id, recipe) => {
    const { html, links } = FAMILIES[id]!
    expect(recipeFor('www.jingan.gov.cn', html)?.id).toBe(id)
    const fitting = BUILTIN_RECIPES.filter((r) => recipeFor('www.jingan.gov.cn', html, [r]) !== null)
    expect(fitting.map((r) => r.id)).toEqual([id])
    const [list] = testRecipe(recipe, page(html), NOW).lists
    expect(list?.items).toEqual(TITLES.map((title, i) => ({ title, url: new URL(links[i]!, URL_).href, date: DAYS[i] })))
  })
  it('fits no page that bears no mark', () => {
    expect(recipeFor('www.jingan.gov.cn', '<html><body><ul><li><a href="/1.html">标题</a> 2026-11-20</li></ul></body></html>')).toBeNull()
  })
})

describe('a recipe', () => {
  const made = (fits: object) => recipeSchema.parse({ id: 'x', name: 'x', fits, lists: [{ rows: 'li', title: {}, link: {} }] })
  it('is data of a strict form', () => {
    expect(recipeSchema.safeParse({ id: 'x', name: 'x', fits: {}, run: 'rm' }).success).toBe(false)
    expect(recipeSchema.safeParse({ id: 'x', name: 'x', fits: {}, search: { url: '/no-word', results: 'li', title: {} } }).success).toBe(false)
    expect(recipeSchema.safeParse({ id: 'x', name: 'x', fits: {}, mailbox: { rows: 'tr', title: {}, clicks: Array.from({ length: 6 }, () => 'a') } }).success).toBe(false)
  })
  it('finds nothing with a selector that is none', () => {
    const bad = recipeSchema.parse({ id: 'x', name: 'x', fits: { hosts: ['a'] }, lists: [{ rows: '((', title: {}, link: {} }] })
    expect(testRecipe(bad, page('<ul><li>x</li></ul>'), NOW).finds).toBe(false)
  })
  it('serves one host, all hosts of a platform, or whatever bears its mark', () => {
    const one = made({ hosts: ['a.gov.cn'] })
    const platform = made({ hosts: ['*.jiangxi.gov.cn'] })
    const marked = made({ marks: ['jx-platform-v3'] })
    expect(recipeFor('a.gov.cn:8080', '', [one])).toBe(one)
    expect(recipeFor('b.a.gov.cn', '', [one])).toBeNull()
    expect(recipeFor('kjj.jiangxi.gov.cn', '', [platform])).toBe(platform)
    expect(recipeFor('evil-jiangxi.gov.cn', '', [platform])).toBeNull()
    expect(recipeFor('www.x.gov.cn', '<meta name="generator" content="jx-platform-v3">', [one, marked])).toBe(marked)
    // A site named by its host comes before a mark.
    expect(recipeFor('a.gov.cn', 'jx-platform-v3', [marked, one])).toBe(one)
  })
})
