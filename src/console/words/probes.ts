import type { Text } from '../../domain/text.ts'

/** 功能探测: what each probe tries, in the words of the indicators. */
export const PROBE_NAMES: Readonly<Record<string, Text>> = {
  availability: { zh: '站点可访问', en: 'Site opens' },
  links: { zh: '链接可用', en: 'Links' },
  attachments: { zh: '附件可下载', en: 'Attachments' },
  search: { zh: '站内搜索', en: 'Search' },
  interaction: { zh: '互动渠道', en: 'Interaction' },
  letters: { zh: '留言办理', en: 'Letters answered' },
  services: { zh: '办事服务', en: 'Services' },
  interpretation: { zh: '政策解读', en: 'Interpretation of policies' },
  tags: { zh: '网页标签', en: 'Page tags' },
  identity: { zh: '网站标识', en: 'Site identity' },
  ipv6: { zh: 'IPv6 支持', en: 'IPv6' },
  tls: { zh: '安全证书', en: 'Certificate' },
  hijack: { zh: '暗链与篡改', en: 'Hijacked pages' },
  forged_dates: { zh: '伪造发稿日期', en: 'Forged dates' },
}
