import { describe, expect, it } from 'vitest'
import { BUILTIN_RECIPES, recipeFor, recipeSchema, testRecipe, viewPage } from '../../src/probes/index.ts'
import { NOW } from './try.ts'

const page = (html: string) => viewPage({ url: 'http://x.gov.cn/l/', finalUrl: 'http://x.gov.cn/l/', status: 200, outcome: 'ok', bytes: Buffer.from(html), headers: { 'content-type': 'text/html; charset=utf-8' }, sha256: null }, NOW)

/** Lists in the shape that each family's templates give them. */
const SHAPES: Readonly<Record<string, string>> = {
  trs: '<div class="TRS_Editor"></div><ul class="lists"><li><a href="./202611/t20261120_1.html">关于安全生产的通知</a><span>2026-11-20</span></li></ul>',
  'hanweb-jpage': '<script src="/script/jpage/jpage.js"></script><div class="default_pgContainer"><li><a href="/art/2026/11/20/art_1_2.html">关于安全生产的通知</a><span>2026-11-20</span></li></div>',
  gkmlpt: '<script src="/gkmlpt/js/x.js"></script><table class="table-content"><tr><td><a href="/gkmlpt/content/1/103/post_103.html">关于安全生产的通知</a></td><td>2026-11-20</td></tr></table>',
  nfcms: '<script>var NFCMS_SITE_ID="1"</script><ul class="ul_art_row"><li class="li_art_title"><a href="/content/post_1.html">关于安全生产的通知</a></li><li class="li_art_date">2026-11-20</li></ul>',
  ucap: '<div id="UCAP-CONTENT"></div><div class="list_div"><div class="list-right_title"><a href="/c1/content.html">关于安全生产的通知</a></div><table><tr><td>发布时间：2026-11-20</td></tr></table></div>',
  vsb: '<!--Announced by Visual SiteBuilder 9--><ul><li id="line_u8_0"><a href="../info/1001/2345.htm">关于安全生产的通知</a><span>2026/11/20</span></li></ul>',
  jpaas: `<script parseType="buildstatic" url="/x"></script><div class="page-content"><ul><li><a href="/art/2026/art_0.html">关于安全生产的通知</a><span class="fr">2026-11-20</span></li></ul></div>`,
}

describe('recipes', () => {
  it.each(BUILTIN_RECIPES.map((r) => [r.id, r] as const))('%s fits its family and reads its list', (id, recipe) => {
    const html = SHAPES[id] ?? ''
    expect(recipeFor('x.gov.cn', html)?.id).toBe(id)
    const test = testRecipe(recipe, page(`<html><body>${html}</body></html>`), NOW)
    expect(test.finds).toBe(true)
    expect(test.lists[0]?.items[0]).toMatchObject({ title: '关于安全生产的通知', date: '2026-11-20', url: expect.stringMatching(/^http:\/\/x\.gov\.cn\//) })
  })
  it('refuses what is no recipe, and finds nothing with a selector that is none', () => {
    expect(recipeSchema.safeParse({ id: 'x', name: 'x', fits: {}, run: 'rm' }).success).toBe(false)
    expect(recipeSchema.safeParse({ id: 'x', name: 'x', fits: {}, search: { url: '/no-word', results: 'li', title: {} } }).success).toBe(false)
    const bad = recipeSchema.parse({ id: 'x', name: 'x', fits: { hosts: ['a'] }, lists: [{ rows: '((', title: {}, link: {} }] })
    expect(testRecipe(bad, page('<ul><li>x</li></ul>'), NOW).finds).toBe(false)
    expect(recipeFor('a', '', [bad])).toBe(bad)
    expect(recipeFor('b', 'nothing')).toBeNull()
  })
})
