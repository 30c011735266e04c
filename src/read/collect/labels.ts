import { BREAK, SEAM, type Tape } from '../html/tape.ts'
import type { DateHit } from '../dates/hit.ts'

/**
 * What the words around a date say it is. `publish` and `plain` (时间：, 日期：) speak for a publication, `update` less so;
 * `document` is a date of the document (成文日期), not of its publication; the rest are no publication at all.
 */
export type LabelKind = 'publish' | 'plain' | 'update' | 'document' | 'event' | 'clock' | 'generated' | 'copyright' | 'none'
export type Label = { readonly kind: LabelKind; readonly text: string; readonly colon: boolean }

/** The label of a date that has nothing but its weekday. */
export const WEEKDAY = '星期'

const NONE: Label = { kind: 'none', text: '', colon: false }

/** Patterns are tried in order on the words right before a date, anchored at their end. */
const BEFORE: readonly (readonly [LabelKind, RegExp])[] = [
  ['clock', /(?:今天是|今天|今日|现在是|当前时间|当前日期|北京时间|系统时间|服务器时间|您好|欢迎您|today is|农历)$/i],
  ['generated', /(?:页面生成时间?|生成时间|静态化时间|缓存时间|抓取时间|打印时间|打印日期|generated(?: on)?)$/i],
  ['event', /(?:推荐|相关|热门|往期|精选|上一篇|下一篇|延伸阅读)(?:文章|阅读|内容|新闻|信息)?(?:发布)?(?:于|：)?$/],
  ['copyright', /(?:©|copyright|\(c\)|版权所有|all rights reserved)$/i],
  ['event', /(?:引用|参考|查阅|检索|截止|截至|报名|开标|投标|递交|开始|起始|结束|活动|会议|举办|举行|召开|开幕|竞拍|出让|挂牌|公示期|展览|考试|面试|笔试|征集|开庭|公示|生效|失效|有效|施行|实施|执行|废止|出生|生于|任职|任期|成立|注册|建站|建立|入职|到期|起止|值班|预约|预报|观测|发车|出发|上映|首播|来信|写信|留言|提问|咨询|受理|建议|信件|收件)(?:的)?(?:时间|日期|期限|日|于|期|自|至|到|为)?$/],
  ['event', /(?:期限|有效期|截止到|有效期至|年月|生日|自|至|到|从|于自|之前|起)$/],
  ['document', /(?:成文|发文|印发|签发|生成|形成|制发|制定|批准|通过|颁布|落款|签署|文件)(?:时间|日期|日)$/],
  // By itself only with its colon.
  ['document', /(?:成文|印发|签发|落款)$/],
  ['publish', /(?:公告|信息|新闻|文章|稿件|消息|原文|内容|资讯|帖子)(?:时间|日期|日)$/],
  // A thing done to the page: by itself, with 于, or with 时间 and its like.
  ['publish', /(?:发布|发表|发稿|发帖|发贴|公布|刊发|刊登|刊载|登载|首发|published|posted|veröffentlicht|publié|publicado|pubblicato|發布|發表|發佈)(?:的)?(?:时间|日期|時間|日|于|於|on|date|time| on| am| le| el| em| il)?$/i],
  // Words that say so only with 时间, 日期 or 于: 回复20240501 is a keyword to send.
  ['publish', /(?:公开|发送|录入|加入|张贴|張貼|挂网|采编|审核|上报|报道|收录|刊出|登记|添加|提交|入库|上网|上线|推送|上传|创建|原创|转载|编辑|撰写|撰稿|答复|回复|反馈|办结)(?:的)?(?:时间|日期|時間|于|於)$/],
  ['event', /(?:^|[^\p{L}])(?:deadline|due(?: date)?|closing date|expires?(?: on)?|expiry date|valid (?:until|from|through)|effective(?: date)?|starts?|begins?|ends?|until|when|event date|born|died|geboren(?: am)?|frist|(?:bewerbungs|anmelde|einsende|redaktions)schluss|gültig (?:ab|bis)|wann|termin|date limite|fecha límite|scadenza|check-?in|arrival|departure)$/iu],
  ['publish', /(?:^|[^\p{L}])(?:(?:date |first )?published(?: on)?|posted(?: on)?|publication date|release date|released(?: on)?|created(?: on)?|submitted(?: on)?|date|(?:veröffentlicht|erschienen|erstellt|eingestellt|publiziert|online seit)(?: am)?|(?:veröffentlichungs|erstellungs)?datum|(?:publié|posté|paru|mis en ligne|date de publication)(?: le)?|publicad[oa](?: el| em)?|(?:fecha|data)(?: de publicaci[oó]n| de publicação| di pubblicazione| publikacji| publicării)?|pubblicat[oa](?: il)?|(?:gepubliceerd|geplaatst)(?: op)?|publicera[dt](?: den)?|publisert|offentliggjort|udgivet|julkaistu|publikováno|publikované|zveřejněno|opublikowano|data dodania|publicat(?: pe| la)?|közzétéve|megjelent|dátum|δημοσιεύ(?:θηκε|τηκε)|δημοσίευση|опубликован[оа]?|дата(?: публикации| публікації| публикации)?|опубліковано|публикуван[оа]|objavljeno|diterbitkan|dipublikasikan|ngày đăng|đăng (?:ngày|lúc)|yayın(?:lanma)?(?: tarihi)?|(?:oluşturma |eklenme )?tarihi?|تاريخ النشر|نشر(?:ت)? في|פורסם(?: ב| בתאריך)?)$/iu],
  ['publish', /(?:掲載|公開|投稿|配信|発表|登録|作成|発行|発信)(?:日時?|時間)?$|(?:입력|등록일?|작성일?|게시일?|발행일?|승인|송고|기사입력)(?:시간)?$/],
  ['update', /(?:最終)?更新日時?$|(?:수정|최종수정|업데이트|갱신일?)$/],
  ['update', /(?:更新|修改|修订|编辑|变更|最后更新|最后编辑|最近更新|最新更新|更新于|updated?|modified|last updated|last edited|last change|last changed|letzte änderung|letzte aktualisierung|zuletzt geändert|zuletzt bearbeitet|last modified|aktualisiert|aktualisiert am|geändert|stand|mis à jour|mis à jour le|actualizado|güncelleme|обновлено|оновлено|mise à jour(?: le)?|dernière (?:mise à jour|modification)(?: le)?|actualizada|última (?:actualización|atualização|modificación)|atualizado(?: em)?|aggiornat[oa](?: il)?|ultim[oa] (?:aggiornamento|modifica)|(?:laatst )?(?:bijgewerkt|gewijzigd)(?: op)?|(?:senast )?(?:uppdaterad|ändrad)|(?:sist )?oppdatert|(?:sidst )?opdateret|päivitetty|zaktualizowano|aktualizacja|aktualizováno|frissítve|son güncelleme|güncellendi|zuletzt aktualisiert(?: am)?|letzte änderung(?: am)?|last reviewed(?: on)?|revised(?: on)?)(?:时间|日期|時間|于|於| on| am| le| el)?$/i],
  ['event', /(?:范围|时段|周期|期间|报告期|时限|日程)$/],
  ['plain', /(?:时间|日期|時間|日 期|时 间|time)$/i],
]

/** The label of a date: the words before it (or, where they say nothing, the word after). */
export function labelOf(tape: Tape, hit: DateHit): Label {
  const words = wordsBefore(tape, hit.from)
  const after = wordsAfter(tape, hit.to)
  // The head of a newspaper's page: 2026年03月12日 星期四 第A01版
  if (/^[\s\ue000]*(?:星期.[\s\ue000]*)?第?[A-Z]?\d{1,3}版/.test(after)) return { kind: 'publish', text: '版', colon: true }
  if (/^[\s\ue000]*(?:星期|周[一二三四五六日]|礼拜|农历)/.test(after) || (hit.time && tape.seen().slice(hit.from, hit.to).includes('星期'))) {
    // A date with its weekday is a clock unless it is labelled; a by-line may carry one too, so it is only doubted without a label.
    const labelled = match(words)
    return labelled.kind === 'publish' || labelled.kind === 'plain' ? labelled : { kind: 'clock', text: WEEKDAY, colon: false }
  }
  if (/^(?:前|之前|止|截止|起|开始|举行|举办|召开|开标|实施|施行|生效|出生)/.test(after)) return { kind: 'event', text: after.slice(0, 4), colon: false }
  // The history of a regulation: （2018年9月1日发布, 2023年3月12日修订）
  if (/^\s*(?:修订|修正|通过|(?:发布|公布|印发)[^\n]{0,16}日?(?:修订|修正|施行))/.test(after)) return { kind: 'document', text: after.slice(0, 2), colon: false }
  if (/^\s*(?:至|到|~|～|—|–|-)\s*(?:\d{4}|\d{1,2}[月.-])/.test(after)) return { kind: 'event', text: 'range', colon: false }
  const before = match(words)
  if (before.kind !== 'none') return before
  if (/^[\s\ue000]*(?:修改|更新)(?:[\s\ue000)）|｜]|$)/.test(after)) return { kind: 'update', text: after.trim().slice(0, 2), colon: false }
  if (/^[\s\ue000]*(?:首次)?(?:发布|发表|上传|刊发|发稿)(?!(?:时间|日期|人|者|单位|机构)?\s*[:：]|时间|日期)/.test(after)) return { kind: 'publish', text: after.trim().slice(0, 4), colon: false }
  if (/^[\s\ue000]*(?:uhr\s*)?(?:gepostet|veröffentlicht|published|posted)/i.test(after)) return { kind: 'publish', text: after.trim().slice(0, 14), colon: false }
  if (/^[\s\ue000]*(?:印发|成文|通过|批准|颁布)(?!(?:时间|日期|单位|机构)?\s*[:：]|时间|日期)/.test(after)) return { kind: 'document', text: after.trim().slice(0, 4), colon: false }
  return before
}

type Words = {
  readonly text: string
  /** The last word with its spaces kept: what stands before 时间 in it is part of the label. */
  readonly last: string
  readonly colon: boolean
  readonly sameLine: boolean
  /** Characters of the last element before the date, where the date stands in one of its own; else null. */
  readonly apart: number | null
}

function match(words: Words): Label {
  if (words.text === '') return NONE
  for (const [kind, pattern] of BEFORE) {
    const m = pattern.exec(words.text)
    if (m === null) continue
    // Across a line, a label needs its colon or to be the whole line: running text does not label what follows it.
    if (!words.sameLine && !words.colon && m[0].length < words.text.length && !isCell(words, m[0])) continue
    // A title may end in such a word (…方案的实施); beside a date in an element of its own it says nothing of the date.
    if ((kind === 'event' || kind === 'document') && !words.colon && words.apart !== null && m[0].length < words.apart) continue
    if (kind === 'event' && m[0].length === 1 && words.colon) continue
    if (kind === 'document' && m[0].length === 2 && !words.colon) continue
    // 决定日期, 拍摄时间: the time of something else, not known here.
    if (kind === 'plain' && OTHER_TIME.test(words.last)) return { kind: 'event', text: words.last.slice(-12), colon: words.colon }
    return { kind, text: m[0], colon: words.colon }
  }
  return NONE
}

const OTHER_TIME = /[\u4e00-\u9fff](?:时间|日期|時間)$/

/** The whole of a short line that ends in 时间 or 日期 is the head of a cell, whatever it begins with (数据更新时间). */
function isCell(words: Words, matched: string): boolean {
  return words.text.length <= 10 && words.text === words.last && /(?:时间|日期)$/.test(matched)
}

/** Words with the spaces taken out that only spread their characters (时 间). */
function unspread(text: string): string {
  const parts = text.replaceAll('\ue000', ' ').split(' ').filter((p) => p !== '')
  let out = ''
  let single = false
  for (const part of parts) {
    out += out === '' || (single && part.length === 1) ? part : ` ${part}`
    single = part.length === 1
  }
  return out
}

function wordsBefore(tape: Tape, from: number): Words {
  const flow = tape.flow
  let i = from - 1
  let colon = false
  let sameLine = true
  let skipped = 0
  let seam = false
  for (; i >= 0 && skipped < 8; i--, skipped++) {
    const c = flow[i] ?? 0
    if (c === BREAK) {
      if (!sameLine) break
      sameLine = false
    } else if (c === 58 || c === 0xff1a || c === 0x3011) colon = true // 【发布日期】 is as good as 发布日期：
    else if (c === SEAM) seam = true
    else if (c !== 32 && c !== 91 && c !== 40 && c !== 0xff08 && c !== 0x3010 && c !== 124 && c !== 0xff5c && c !== 0x300c) break
  }
  const end = i + 1
  let start = end
  while (start > 0 && end - start < 24 && flow[start - 1] !== BREAK) start--
  if (end <= start) return { text: '', last: '', colon, sameLine, apart: null }
  const text = tape.seen().slice(start, end)
  const plain = text.includes('\ue000') ? text.split('\ue000').join('') : text
  const spaced = plain.includes(' ') && /[\u4e00-\u9fff]/.test(plain) ? plain.split(' ').join('') : plain
  const apart = seam ? text.length - 1 - text.lastIndexOf('\ue000') : null
  const bare = spaced.replace(/[】\])）:：]+$/, '')
  const last = /[时時日][\s\ue000]*[间間期]$/.test(bare) ? (/[^\s:：|｜[\]【】()（）,，;；。、]*$/.exec(unspread(text).replace(/[】\])）:：\s]+$/, ''))?.[0] ?? '') : ''
  return { text: bare, last, colon, sameLine, apart }
}

function wordsAfter(tape: Tape, to: number): string {
  return tape.seen().slice(to, to + 24)
}
