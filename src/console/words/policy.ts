import type { Text } from '../../domain/text.ts'

type Setting = { readonly name: Text; readonly help: Text; readonly unit: Text; readonly min: number; readonly max: number; readonly step?: number; readonly scale?: number }

const days: Text = { zh: '天', en: 'days' }

/** The settings of a policy that are numbers, in the order of their weight. `scale`: what is shown is so many times what is stored. */
export const POLICY_NUMBERS: Readonly<Record<string, Setting>> = {
  intervalDays: { name: { zh: '巡检间隔', en: 'Visit every' }, help: { zh: '至少每隔多少天巡检一次', en: 'at least every so many days' }, unit: days, min: 0.04, max: 90, step: 1 },
  maxIntervalDays: { name: { zh: '最长间隔', en: 'Never later than' }, help: { zh: '任何情况下不超过多少天不巡检', en: 'never unvisited for longer, whatever else says' }, unit: days, min: 1, max: 90 },
  marginDays: { name: { zh: '提前关注', en: 'Look ahead' }, help: { zh: '更新期限到来前多少天开始每日巡检', en: 'begin to look daily so many days before a limit is reached' }, unit: days, min: 0, max: 30 },
  visitsPerDay: { name: { zh: '每日次数', en: 'Visits a day' }, help: { zh: '均匀分布,用于“站点无法访问”(每天不少于20次)', en: 'evenly spread; the site-down rule wants at least 20' }, unit: { zh: '次', en: 'visits' }, min: 1, max: 96 },
  auditShare: { name: { zh: '随机抽查', en: 'Random share' }, help: { zh: '每天随机抽查的比例', en: 'share looked at on any day though nothing is due' }, unit: { zh: '%', en: '%' }, min: 0, max: 100, scale: 100 },
  pace: { name: { zh: '请求间隔', en: 'Pace' }, help: { zh: '对同一主机两次请求之间的毫秒数', en: 'milliseconds between two requests to one host' }, unit: { zh: '毫秒', en: 'ms' }, min: 0, max: 600_000 },
  hostConcurrency: { name: { zh: '主机并发', en: 'Per host' }, help: { zh: '对同一主机同时进行的请求数', en: 'requests at once to one host' }, unit: { zh: '个', en: 'requests' }, min: 1, max: 64 },
  probeIntervalDays: { name: { zh: '探测间隔', en: 'Try functions every' }, help: { zh: '每隔多少天试用一次网站的各项功能', en: 'a website’s functions are tried every so many days' }, unit: days, min: 0.04, max: 90, step: 1 },
}

export const POLICY_FLAGS: Readonly<Record<string, { name: Text; help: Text }>> = {
  paused: { name: { zh: '暂停巡检', en: 'Paused' }, help: { zh: '只巡检点名要求的渠道', en: 'no visits but those asked for' } },
  ignoreRobots: { name: { zh: '不受 robots.txt 限制', en: 'Pass over robots.txt' }, help: { zh: '仅限本单位自己的网站', en: 'for your own sites only' } },
  probePosts: { name: { zh: '探测可提交搜索', en: 'Probes may post a search' }, help: { zh: '仅限本单位自己的网站:站内搜索只接受 POST 时', en: 'for your own sites only: where the search takes nothing but POST' } },
}

export const SCOPE_NAMES: Readonly<Record<string, Text>> = {
  all: { zh: '全部渠道', en: 'All channels' },
  kind: { zh: '渠道类型', en: 'Kind' },
  region: { zh: '地区', en: 'Region' },
  organisation: { zh: '单位', en: 'Organisation' },
  channel: { zh: '单个渠道', en: 'One channel' },
}

/** What binds where no policy says anything. */
export const POLICY_DEFAULTS: Readonly<Record<string, number>> = { marginDays: 1, auditShare: 0.02, maxIntervalDays: 14, probeIntervalDays: 7 }
