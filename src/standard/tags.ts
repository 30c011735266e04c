import { isDay } from '../domain/date.ts'
import type { Text } from '../domain/text.ts'
import { isSiteCode } from './site-code.ts'

/** 国办发〔2017〕47号, annex on 网页标签. Site tags stand on every page, the others on their kind of page. */
export type TagPage = 'home' | 'column' | 'article'
export type TagLayer = 'site' | 'column' | 'article'

export const COLUMN_TYPES = [
  '首页', '概况信息', '机构职能', '负责人信息', '工作动态', '政策文件', '信息公开指南', '信息公开目录', '信息公开年报', '依申请公开', '数据发布',
  '数据开放', '政策解读', '回应关切', '办事服务', '咨询投诉', '征集调查', '在线访谈',
] as const

type TagRule = { readonly name: string; readonly layer: TagLayer; readonly required: boolean; readonly fits?: (value: string) => Text | null }

const TAGS: readonly TagRule[] = [
  { name: 'SiteName', layer: 'site', required: true },
  { name: 'SiteDomain', layer: 'site', required: true, fits: (v) => (/^(?:https?:\/\/)?[a-z0-9.-]+\.[a-z政务]{2,}(?::\d+)?\/?$/i.test(v) ? null : { zh: '不是英文域名', en: 'no domain name' }) },
  { name: 'SiteIDCode', layer: 'site', required: true, fits: (v) => (isSiteCode(v) ? null : { zh: '不是10位网站标识码', en: 'no site code of ten characters' }) },
  { name: 'ColumnName', layer: 'column', required: true },
  { name: 'ColumnDescription', layer: 'column', required: true },
  { name: 'ColumnKeywords', layer: 'column', required: true },
  { name: 'ColumnType', layer: 'column', required: true },
  { name: 'ArticleTitle', layer: 'article', required: true },
  { name: 'PubDate', layer: 'article', required: true, fits: pubDate },
  { name: 'ContentSource', layer: 'article', required: true },
  { name: 'Keywords', layer: 'article', required: false },
  { name: 'Author', layer: 'article', required: false },
  { name: 'Description', layer: 'article', required: false },
  { name: 'Image', layer: 'article', required: false },
  { name: 'Url', layer: 'article', required: false },
]

export type TagFinding = {
  readonly tag: string
  readonly layer: TagLayer
  readonly required: boolean
  readonly state: 'ok' | 'missing' | 'empty' | 'malformed'
  readonly value: string | null
  readonly note: Text | null
}

const LAYERS: Readonly<Record<TagPage, readonly TagLayer[]>> = { home: ['site'], column: ['site', 'column'], article: ['site', 'article'] }

/** Checks a page's metas. Names are compared without case, as they stand in the wild; optional tags may be missing. */
export function validateTags(metas: Readonly<Record<string, string>>, page: TagPage): readonly TagFinding[] {
  const byName = new Map(Object.entries(metas).map(([k, v]) => [k.toLowerCase(), v.trim()]))
  return TAGS.filter((t) => LAYERS[page].includes(t.layer)).map((t) => {
    const value = byName.get(t.name.toLowerCase()) ?? null
    const note = value === null || value === '' ? null : (t.fits?.(value) ?? null)
    const state = value === null ? 'missing' : value === '' ? 'empty' : note === null ? 'ok' : 'malformed'
    return { tag: t.name, layer: t.layer, required: t.required, state, value, note }
  })
}

/** D27's question: has the page no site tags, or no tags of its own kind? One filled tag of a layer is the layer. */
export function lacksTags(metas: Readonly<Record<string, string>>, page: TagPage): readonly TagLayer[] {
  const found = validateTags(metas, page).filter((f) => f.required)
  return LAYERS[page].filter((layer) => found.every((f) => f.layer !== layer || f.state === 'missing' || f.state === 'empty'))
}

/** `YYYY-MM-DD HH:MM`, 24 hours. */
function pubDate(value: string): Text | null {
  const m = /^(\d{4}-\d{2}-\d{2}) (\d{2}):(\d{2})$/.exec(value)
  const ok = m !== null && isDay(m[1] ?? '') && Number(m[2]) < 24 && Number(m[3]) < 60
  return ok ? null : { zh: '不是“YYYY-MM-DD HH:MM”', en: 'not YYYY-MM-DD HH:MM' }
}

/**
 * A known template bug prints hours of 12 (`hh` for `HH`): not one of many afternoon-busy pages is dated after noon. Needs
 * at least `least` dates; a lead only.
 */
export function twelveHourClock(pubDates: readonly string[], least = 20): boolean {
  const hours = pubDates.flatMap((d) => (pubDate(d) === null ? [Number(d.slice(11, 13))] : []))
  return hours.length >= least && hours.every((h) => h >= 1 && h <= 12) && hours.some((h) => h < 6)
}
