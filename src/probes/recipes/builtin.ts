import { recipeSchema } from './schema.ts'
import type { Recipe } from './schema.ts'

const row = (rows: string, date: string) => ({ rows, title: { select: 'a' }, link: { select: 'a' }, date: { select: date, match: '(\\d{4}[-/.年]\\d{1,2}[-/.月]\\d{1,2})' } })

/** Recipes of the CMS families (docs/probes.md): where their own templates put lists, results and letters. */
export const BUILTIN_RECIPES: readonly Recipe[] = [
  { id: 'trs', name: '拓尔思 TRS WCM', fits: { marks: ['TRS_Editor', 'trs_editor', 'TRS_UEDITOR', 'TRS_PreAppend', 'createPageHTML('] }, lists: [row('ul.lists li, .list ul li', 'span')] },
  { id: 'hanweb-jpage', name: '大汉 JCMS', fits: { marks: ['dataproxy.jsp', '/script/jpage', 'jpage'] }, lists: [row('.default_pgContainer li, .default_pgContainer tr', 'span, td:last-child')] },
  { id: 'gkmlpt', name: '政府信息公开目录平台', fits: { marks: ['gkmlpt'] }, lists: [row('.table-content tr, .list-content li', 'td:last-child, span')] },
  { id: 'nfcms', name: '南方网 NFCMS', fits: { marks: ['NFCMS_SITE_ID', 'news_cont_d_wrap'] }, lists: [row('ul.ul_art_row, .list li', '.li_art_date, span')] },
  { id: 'ucap', name: '开普云 UCAP', fits: { marks: ['UCAP-CONTENT', 'ucapcontent'] }, lists: [row('.list_div, .list li', 'td, span')] },
  { id: 'vsb', name: '博达 VSB', fits: { marks: ['Announced by Visual SiteBuilder', '_sitegray'] }, lists: [row('[id^=line_u], .winstyle tr', 'span, td:last-child')] },
  { id: 'jpaas', name: '统一平台 JPAAS', fits: { marks: ['parseType="buildstatic"', "parseType='buildstatic'"] }, lists: [row('.page-content ul li', '.fr, span')] },
].map((r) => recipeSchema.parse(r))

/** The first recipe that fits a page: by its site's host (`*.x.gov.cn` for all below it), else by a mark in its source. Null where none does. */
export function recipeFor(host: string, source: string, recipes: readonly Recipe[] = BUILTIN_RECIPES): Recipe | null {
  const bare = host.replace(/:\d+$/, '')
  const named = (h: string): boolean => h === host || h === bare || (h.startsWith('*.') && bare.endsWith(h.slice(1)))
  return recipes.find((r) => r.fits.hosts.some(named)) ?? recipes.find((r) => r.fits.marks.some((m) => source.includes(m))) ?? null
}
