import { hex } from '../random.ts'
import type { Column, Family, Item, Site } from '../types.ts'

/** How a family of content management systems names its pages, and the marks by which it is known. */
export type FamilyRules = {
  column(site: Site, column: Column): string
  /** Page `n` of `pages` of a column's list, from 1. */
  listPage(site: Site, column: Column, n: number, pages: number): string
  article(site: Site, column: Column, item: Item): string
  readonly server: string
  readonly mark: string
  /** Around the text of an article. */
  readonly content: readonly [string, string]
}

const month = (item: Item): string => item.day.slice(0, 7).replace('-', '')
const compact = (item: Item): string => item.day.replaceAll('-', '')

const trs: FamilyRules = {
  column: (_s, c) => `/${c.key}/`,
  listPage: (_s, c, n) => (n === 1 ? `/${c.key}/` : `/${c.key}/index_${n - 1}.html`),
  article: (_s, c, i) => `/${c.key}/${month(i)}/t${compact(i)}_${c.number}${i.id}.html`,
  server: 'nginx', mark: '<!-- TRS WCM -->', content: ['<div class="TRS_Editor">', '</div>'],
}

const jpage: FamilyRules = {
  column: (_s, c) => `/col/col${c.number}/index.html`,
  listPage: (_s, c, n) => `/col/col${c.number}/index.html${n === 1 ? '' : `?uid=${c.number}9&pageNum=${n}`}`,
  article: (_s, c, i) => `/art/${Number(i.day.slice(0, 4))}/${Number(i.day.slice(5, 7))}/${Number(i.day.slice(8))}/art_${c.number}_${i.id}.html`,
  server: 'Apache', mark: '<script type="text/javascript" src="/script/jquery.js"></script>', content: ['<div id="zoom">', '</div>'],
}

const gkmlpt: FamilyRules = {
  column: (_s, c) => `/${c.key}/gkmlpt/index`,
  listPage: (_s, c) => `/${c.key}/gkmlpt/index`,
  article: (_s, c, i) => `/${c.key}/gkmlpt/content/1/${i.id.slice(0, 3)}/post_${c.number}${i.id}.html`,
  server: 'nginx', mark: '<!-- 政府信息公开平台 -->', content: ['<div class="article-content">', '</div>'],
}

const nfcms: FamilyRules = {
  column: (_s, c) => `/${c.key}/index.html`,
  listPage: (_s, c, n) => (n === 1 ? `/${c.key}/index.html` : `/${c.key}/index_${n}.html`),
  article: (_s, c, i) => `/${c.key}/content/post_${c.number}${i.id}.html`,
  server: 'nginx', mark: '<script>var NFCMS_SITE_ID = 755;</script>', content: ['<div class="news_cont_d_wrap">', '</div>'],
}

const ucap: FamilyRules = {
  column: (s, c) => `/${s.id}/c${c.number}/list.shtml`,
  listPage: (s, c) => `/${s.id}/c${c.number}/list.shtml`,
  article: (s, c, i) => `/${s.id}/c${c.number}/c${i.id}/content.shtml`,
  server: 'nginx', mark: '<script id="_jiucuo_" src="/js/jiucuo.js"></script>', content: ['<div id="UCAP-CONTENT"><ucapcontent>', '</ucapcontent></div>'],
}

const vsb: FamilyRules = {
  column: (_s, c) => `/${c.key}.htm`,
  // Pages are numbered from the oldest, so that an old page keeps its address.
  listPage: (_s, c, n, pages) => (n === 1 ? `/${c.key}.htm` : `/${c.key}/${pages - n + 1}.htm`),
  article: (_s, c, i) => `/info/${c.number}/${i.id}.htm`,
  server: 'VAppServer', mark: '<!--Announced by Visual SiteBuilder 9-->\n<link rel="stylesheet" href="/index.vsb.css">', content: ['<div class="v_news_content">', '</div>'],
}

const buildstatic: FamilyRules = {
  column: (_s, c) => `/col/col${c.number}/index.html`,
  listPage: (_s, c) => `/col/col${c.number}/index.html`,
  article: (s, c, i) => `/art/${i.day.slice(0, 4)}/art_${hex(32, s.id, c.key, i.id)}.html`,
  server: 'nginx', mark: '<script src="/jpaas/build.js"></script>', content: ['<div id="con_con">', '</div>'],
}

const datafile: FamilyRules = {
  column: (_s, c) => `/${c.key}/index.htm`,
  listPage: (_s, c) => `/${c.key}/index.htm`,
  article: (_s, c, i) => `/${c.key}/${month(i)}/content_${c.number}${i.id}.htm`,
  server: 'nginx', mark: '<meta name="lanmu" content="1">', content: ['<div class="pages_content">', '</div>'],
}

const hashed: FamilyRules = {
  column: (_s, c) => `/${c.key}/index.html`,
  listPage: (_s, c, n) => (n === 1 ? `/${c.key}/index.html` : `/${c.key}/index_${n - 1}.html`),
  article: (s, c, i) => `/${c.key}/${compact(i)}/${hex(32, s.id, c.key, i.id)}.html`,
  server: 'nginx', mark: '<!-- eportal -->', content: ['<div class="Article_content">', '</div>'],
}

export const FAMILIES: Readonly<Record<Family, FamilyRules>> = { trs, jpage, gkmlpt, nfcms, ucap, vsb, buildstatic, datafile, hash: hashed }

/** Standing pages (leaders, functions, services, letters) have no rows, so every family gives them a plain address. */
export function columnPath(site: Site, column: Column): string {
  const standing = column.form !== 'list' && column.form !== 'blank'
  if (standing && site.family === 'gkmlpt') return `/${column.key}/index.html`
  return FAMILIES[site.family].column(site, column)
}
