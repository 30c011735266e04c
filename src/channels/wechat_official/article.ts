import { epoch, moment, type Moment } from '../dates.ts'
import { conclude, drifted, signalled, unseen } from '../outcome.ts'
import { post } from '../posts.ts'
import { textOf, visible } from '../reply.ts'
import { byText, obstacle } from '../signals.ts'
import type { Identity, Reading, Reply, Source, SourceResult, Task } from '../types.ts'
import { accountOf, articleAddress, normaliseBiz } from './identity.ts'
import { accountSignals, articleSignals, requestSignals, UNNAMED } from './signals.ts'

const ID = 'wechat_official.article'

/** The article that the register or an earlier visit knows of. */
function articleOf(task: Task): string | null {
  const known = [task.identity.address, task.memory?.['article'] ?? '']
  return known.map((a) => URL.parse(a)).map((u) => (u === null || u.hostname !== 'mp.weixin.qq.com' ? null : articleAddress(u))).find((a) => a !== null) ?? null
}

/**
 * One article's page: it proves that the account exists, and that it published at least then. There is no public
 * timeline, so an old article is never evidence of stillness.
 */
export const article: Source = {
  id: ID, tier: 'public', needs: ['none'], sees: ['existence', 'interaction'], sure: 'seen',
  note: { zh: '公众号的一篇文章页（填报文章链接即可）：能看到账号是否存在，更新时间只作下限', en: 'the page of one article (give a link): shows that the account exists; its date is only a lower bound' },
  ready: (task) => (articleOf(task) === null ? 'credential_missing' : null),
  *read(task): Reading {
    return readArticle(yield { do: 'fetch', request: { url: articleOf(task) ?? '' } }, task)
  },
}

const isArticle = (html: string): boolean => /id=["'](?:js_article|js_content)["']/.test(html)

/** Template families of the page, all the same moment. `svr_time` (the time of the fetch) is not among them. */
const EPOCHS: readonly (readonly [string, RegExp])[] = [
  ['ct', /\bvar\s+ct\s*=\s*["'](\d{9,10})["']/],
  ['window.ct', /\bwindow\.ct\s*=\s*["'](\d{9,10})["']/],
  ['d.ct', /\bd\.ct\s*=\s*xml[^;\n]{0,200}?["'](\d{9,10})["']/],
  ['ori_create_time', /\bori_?[cC]reate_?[tT]ime\s*[:=]\s*["'](\d{9,10})["']/],
  ['ori_send_time', /\bori_send_time\s*[:=]\s*["'](\d{9,10})["']/],
  ['create_timestamp', /\bcreate_timestamp\s*[:=]\s*["']?(\d{9,10})\b/],
]
const WORDS = /\bcreate_?[tT]ime\s*[:=]\s*(?:JsDecode\()?["'](\d{4}-\d{2}-\d{2} \d{2}:\d{2})["']/

function published(html: string, now: Date): { raw: string | null; where: string; at: Moment | null } {
  for (const [where, pattern] of EPOCHS) {
    const raw = pattern.exec(html)?.[1]
    const at = epoch(raw)
    if (raw !== undefined && at !== null) return { raw, where, at }
  }
  const raw = WORDS.exec(html)?.[1] ?? null
  return { raw, where: 'createTime', at: moment(raw, now) }
}

const first = (html: string, ...patterns: readonly RegExp[]): string | null => {
  for (const p of patterns) {
    const found = p.exec(html)?.[1]?.trim()
    if (found !== undefined && found !== '') return found
  }
  return null
}
const unescape = (s: string): string => s.replace(/&amp;/g, '&').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&nbsp;/g, ' ')

/** Own facts of the page: other `__biz=` in the body belong to links to other articles. */
function pageFacts(html: string) {
  const str = '(?:htmlDecode\\(|JsDecode\\()?["\']([^"\'\\n]{1,200})["\']'
  const biz = first(html, /\bvar\s+biz\s*=\s*["']([A-Za-z0-9+/=]{8,24})["']/, /\b(?:window\.)?biz\s*[:=]\s*(?:JsDecode\()?["']([A-Za-z0-9+/=]{8,24})["']/, /\bvar\s+biz\s*=\s*["']{2}\s*\|\|\s*["']([A-Za-z0-9+/=]{8,24})["']/)
  return {
    biz: biz === null ? null : normaliseBiz(biz),
    name: first(html, new RegExp(`\\bnick_?name\\s*[:=]\\s*${str}`), /id=["']js_name["'][^>]{0,300}>\s{0,50}([^<]{1,100})</),
    user: first(html, /\buser_?name\s*[:=]\s*(?:JsDecode\()?["'](gh_[0-9a-f]{12})["']/),
    title: first(html, /<meta\s+property=["']og:title["']\s+content=["']([^"']*)["']/i, new RegExp(`\\bmsg_title\\s*[:=]\\s*${str}`)),
    commentId: first(html, /\bcomment_id\s*[:=]\s*(?:JsDecode\()?["'](\d*)["']/),
    comments: first(html, /\belected_comment_total_cnt\s*[:=]\s*["']?(\d+)/),
  }
}

/** What an article's page says: when it came out, or, where no article is shown, what WeChat shows in its stead. */
export function readArticle(reply: Reply, task: Task): SourceResult {
  if (!('failed' in reply) && /captcha/i.test(reply.url)) return unseen(ID, 'challenge', 'led to a captcha')
  const html = 'failed' in reply ? '' : textOf(reply)
  // WeChat's own words come before the general ones: they name the cause better. In an article they are mere text.
  const said = isArticle(html) ? null : spoken(ID, html, task)
  if (said !== null) return said
  const blocked = obstacle(ID, reply, isArticle)
  if (blocked !== null) return blocked
  if ('failed' in reply) return unseen(ID, reply.failed, reply.detail)
  if (!isArticle(html)) return drifted(ID, 'neither an article nor a known notice')
  const facts = pageFacts(html)
  if (facts.biz !== null && task.identity.key.startsWith('Mz') && facts.biz !== task.identity.key) {
    return unseen(ID, 'unreadable', `the article belongs to another account (${facts.name ?? facts.biz})`)
  }
  const name = facts.name === null ? null : unescape(facts.name)
  const account = { id: facts.biz ?? facts.user, name }
  if (name !== null && UNNAMED.texts?.some((t) => t.test(name)) === true) {
    return signalled(ID, UNNAMED, task, `the account is called ${name}: migrated or renamed`, { account, movedTo: null })
  }
  const when = published(html, task.now)
  const own = post({
    id: reply.url, title: facts.title === null ? null : unescape(facts.title), url: reply.url,
    raw: when.raw, where: when.where, at: when.at, source: 'embedded',
  }, task)
  const interaction = facts.commentId === null && facts.comments === null ? {} : {
    interaction: {
      ...(facts.commentId === null ? {} : { commentsOpen: Number(facts.commentId) !== 0 }),
      ...(facts.comments === null ? {} : { comments: Number(facts.comments) }),
    },
  }
  return conclude(ID, [own], task, { more: true, partial: true, detail: 'one article', account, ...interaction, remember: { article: articleOf(task) ?? reply.url } })
}

/** What a notice of WeChat's says, on any of its pages; null where there is none. */
export function spoken(source: string, html: string, task: Task): SourceResult | null {
  const words = visible(html)
  const account = byText(accountSignals, words)
  if (account !== null) {
    const target = /transfer_target_link\s*=\s*["']([^"']+)["']/.exec(html)?.[1]
    const movedTo = account.outcome !== 'moved' ? {} : { movedTo: target === undefined || target === '' ? null : unescape(target.replace(/\\x26amp;|\\x26/g, '&')) }
    return signalled(source, account, task, words.slice(0, 120), movedTo)
  }
  const other = byText([...articleSignals, ...requestSignals], words)
  if (other === null) return null
  const about = other.about === 'article'
    ? { advice: { zh: '这篇文章已看不到，不说明账号状态；请改填该公众号另一篇文章的链接', en: 'this article can no longer be read, which says nothing about the account: give a link to another of its articles' } }
    : other.id === 'wechat_official.bad_link'
      ? { advice: { zh: '文章链接失效，不说明账号状态；请改填永久链接', en: 'the link is no longer good, which says nothing about the account: give a permanent link' } }
      : {}
  return signalled(source, other, task, words.slice(0, 120), about)
}

/** The account behind an article's link, from the page itself. */
export function resolveFromArticle(reply: Extract<Reply, { status: number }>, html: string): Identity | null {
  if (!isArticle(html)) return null
  const { biz } = pageFacts(html)
  return biz === null ? null : accountOf(biz, articleAddress(new URL(reply.url)) ?? reply.url)
}
