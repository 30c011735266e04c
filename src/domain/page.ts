import type { Day } from './date.ts'
import type { Witness } from './witness.ts'

/** What kind of page the caller believes it is reading. `auto` lets the reader decide. */
export type PageKind = 'article' | 'listing' | 'home'

/** 栏目类别: what a column is for; it decides which freshness rule applies. */
export const COLUMN_CLASSES = [
  'news', // 动态要闻
  'notice', // 通知公告
  'policy', // 政策文件
  'interpretation', // 政策解读
  'overview', // 概况信息
  'organisation', // 机构职能
  'leaders', // 领导信息
  'interaction', // 互动交流
  'service', // 办事服务
  'data', // 数据发布
  'topic', // 专题专栏
  'other',
] as const
export type ColumnClass = (typeof COLUMN_CLASSES)[number]

export type ListItem = {
  readonly title: string
  /** Absolute, as linked. */
  readonly url: string | null
  readonly date: Day | null
  readonly witness: Witness | null
  /** Marked 置顶, or out of the list's order in the way pinned rows are. */
  readonly pinned?: boolean
}

/** A group of rows on a page: a list page has one that matters, a home page one for each section. */
export type ListSection = {
  /** The section's heading, where one was found: it names the column. */
  readonly name: string | null
  /** The address behind the heading or its “更多” link, absolute. */
  readonly url: string | null
  readonly items: readonly ListItem[]
  readonly newest: Day | null
}

export type ColumnLink = {
  readonly name: string
  /** Absolute, as linked. */
  readonly url: string
  readonly class: ColumnClass
  /** 1 for the navigation's first level (一级栏目). */
  readonly level: number
}

/** Something the page asks the visit to fetch before it can be read. Named here, never fetched here. */
export type FollowUp = {
  readonly why: 'meta_refresh' | 'script_redirect' | 'frame' | 'jpage' | 'buildstatic' | 'json_list' | 'search_list' | 'next_page'
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly body?: string
}

/** A page that is not what it seems. `evidence` is the text or mark that gave it away. */
export type PageVerdict = {
  readonly verdict:
    | 'challenge'
    | 'login_wall'
    | 'rate_limited'
    | 'parked'
    | 'default_page'
    | 'closed_notice'
    | 'moved'
    | 'soft_404'
    | 'empty_shell'
    | 'icp_block'
  readonly signature: string
  readonly evidence: string
  /** Where it says the site or page went, for `moved`. */
  readonly target?: string
}

export type PageLink = {
  readonly url: string
  readonly text: string
  readonly tag: 'a' | 'img' | 'iframe' | 'frame' | 'form' | 'area'
}

export type PageForm = { readonly action: string; readonly method: 'get' | 'post'; readonly fields: readonly string[]; readonly text: string }

/** Everything one reading of a page yields. Pure function of bytes, headers and the judging date. */
export type PageFacts = {
  readonly kind: PageKind
  readonly title: string
  readonly charset: string
  /** U+FFFD produced in decoding. */
  readonly replacements: number
  /** Article: the publication date. List or home: the newest item's. */
  readonly date: Day | null
  /** How sure: `agreed` (two witnesses), `single`, `disputed` (witnesses differ by more than a day), `none`. */
  readonly confidence: 'agreed' | 'single' | 'disputed' | 'none'
  /** Believed ones first. */
  readonly witnesses: readonly Witness[]
  readonly sections: readonly ListSection[]
  /** All rows of all sections that hold, newest first. */
  readonly items: readonly ListItem[]
  /** `empty`: the page is a list and says or shows it has no rows. `unreadable`: it looks like a list, yet no row could be read. */
  readonly listState: 'none' | 'listed' | 'empty' | 'unreadable'
  readonly columns: readonly ColumnLink[]
  readonly followUps: readonly FollowUp[]
  readonly verdict: PageVerdict | null
  readonly metas: Readonly<Record<string, string>>
  readonly links: readonly PageLink[]
  readonly forms: readonly PageForm[]
  /** Entries for consultation (咨询建言, 信箱, 留言) seen: their text and address. */
  readonly consultation: readonly { readonly text: string; readonly url: string }[]
  /**
   * Of a home page without one: why there may be one all the same. `script`: scripts or frames bring more than was read; `words`: something that is
   * no link is called so; `picture`: a picture without words leads somewhere.
   */
  readonly consultationHides: readonly ('script' | 'words' | 'picture')[]
  readonly footer: {
    readonly siteCode: string | null
    readonly icp: string | null
    readonly police: string | null
    readonly sponsor: string | null
    readonly findFault: string | null
  }
  /** Characters of visible text. */
  readonly textLength: number
  /** The page builds what is shown by script: reading it plain cannot give its lists. */
  readonly needsBrowser: boolean
}

/** What is known of the bytes before reading them. */
export type PageSource = {
  readonly url: string
  readonly status?: number
  readonly contentType?: string | null
  /** Lower-case header names. */
  readonly headers?: Readonly<Record<string, string>>
  readonly charset?: string | null
  /** The judging moment: relative words and year-less dates are read against it; later dates are future. */
  readonly now: Date
  readonly kind?: PageKind
}
