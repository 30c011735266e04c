import { fill, type Text } from '../domain/text.ts'
import type { IdentityProblem, ProblemCode } from './types.ts'

const TEXTS: Record<ProblemCode, Text> = {
  empty: { zh: '没有填写地址或账号。需要：{want}。', en: 'No address or account was given. Wanted: {want}.' },
  no_kind: { zh: '“{input}”不是{kind}的地址。需要：{want}。', en: '“{input}” is not an address of {kind}. Wanted: {want}.' },
  other_kind: {
    zh: '“{input}”是{other}的地址，不是{kind}的。请更正渠道类型，或填写：{want}。',
    en: '“{input}” is an address of {other}, not of {kind}. Correct the kind, or give: {want}.',
  },
  personal: {
    zh: '“{input}”是个人页面或登录者自己的页面，不是单位账号的公开主页。需要：{want}。',
    en: '“{input}” is a personal page or the signed-in user’s own page, not the public page of an organisation’s account. Wanted: {want}.',
  },
  article: {
    zh: '“{input}”是{kind}上一篇内容的链接，不是账号或首页的地址。需要：{want}。',
    en: '“{input}” links to one article on {kind}, not to the account or home page. Wanted: {want}.',
  },
  unparseable: { zh: '“{input}”无法识别。需要：{want}。', en: '“{input}” could not be understood. Wanted: {want}.' },
  private_address: {
    zh: '短链接“{input}”指向内部网络地址，已拒绝访问。需要：{want}。',
    en: 'The short link “{input}” leads to an address of an internal network and was not followed. Wanted: {want}.',
  },
}

/** A problem without its particulars: `assemble` fills in what was given and what the kind wants. */
export function problem(code: ProblemCode): IdentityProblem {
  return { problem: code, text: TEXTS[code] }
}

/** The message with what was given and what is wanted. Long input is shortened: it goes to terminals and workbooks. */
export function explain(
  found: IdentityProblem,
  about: { input: string; kind: Text; want: Text; other?: Text },
): IdentityProblem {
  const input = about.input.length > 120 ? `${about.input.slice(0, 119)}…` : about.input
  const other = about.other ?? { zh: '其他平台', en: 'another platform' }
  return {
    ...found,
    text: {
      zh: fill(found.text, { input, kind: about.kind.zh, want: about.want.zh, other: other.zh }).zh,
      en: fill(found.text, { input, kind: about.kind.en, want: about.want.en, other: other.en }).en,
    },
  }
}

export const UNKNOWN_FORM: Text = {
  zh: '账号形式未能识别，已原样保留；请尽量填写主页地址或平台账号ID。',
  en: 'The form of this id is not known; it is kept as given. Give the home page address or the platform’s account id if you can.',
}
