import type { ChangeJson, DiffedChecks, DiffedRuns } from '../../check/index.ts'
import { table } from './table.ts'

const ANSWERS: Readonly<Record<string, string>> = { met: '符合', violated: '不符合', not_observed: '未能核查', not_applicable: '不适用', person: '待人工' }
const VERDICTS: Readonly<Record<string, string>> = { failed: '不合格 failed', passed: '合格 passed', undecided: '待定 undecided' }
/** Changed channels printed for people; --json gives them all. */
const SHOWN = 50

const side = (s: ChangeJson['before']): string => (s === null ? '–' : `${ANSWERS[s.answer] ?? s.answer}${s.points === 0 ? '' : ` ${s.points}`}`)
const verdict = (v: string): string => VERDICTS[v] ?? v

export function checkDiffText({ channel, verdict: v, score, changes, params }: DiffedChecks): string {
  const range = (s: readonly [string, string] | null): string => (s === null ? '–' : s[0] === s[1] ? s[0] : `${s[0]} ~ ${s[1]}`)
  return [
    `${channel.name}: ${verdict(v.before)} → ${verdict(v.after)}; 得分 score ${range(score.before)} → ${range(score.after)}`,
    ...(params.length === 0 ? [] : [`参数不同的指标 indicators with other parameters: ${params.join(' ')}`]),
    changes.length === 0 ? '没有变化 nothing changed' : table(['指标 indicator', '之前 before', '之后 after'], changes.map((c) => [c.id, side(c.before), side(c.after)])),
  ].join('\n')
}

/** Sums first: verdicts, then indicators, then the channels that changed. */
export function runDiffText({ before, after, channels, verdicts, rules, changed, left_out }: DiffedRuns): string {
  const run = (r: DiffedRuns['before']): string => `${r.run} (${r.standard}, ${new Date(Date.parse(r.asOf) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')})`
  const shown = changed.slice(0, SHOWN)
  const more = changed.length - shown.length + left_out
  return [
    `批次 run ${run(before)} → ${run(after)}`,
    `两批次均有 in both ${channels.both}, 有变化 changed ${channels.changed}, 仅在前者 only before ${channels.only_before}, 仅在后者 only after ${channels.only_after}`,
    '', table(['结论 verdict', '→', '渠道数 channels'], verdicts.map((v) => [verdict(v.before), verdict(v.after), String(v.channels)])),
    ...(rules.length === 0 ? [] : ['', table(['指标 indicator', '项目 item', '新增问题 new', '已消除 gone', '分值变化 points', '其他 other'], rules.map((r) => [r.id, r.item.zh, String(r.new), String(r.gone), String(r.points), String(r.other)]))]),
    ...(shown.length === 0 ? [] : ['', table(['渠道 channel', '名称 name', '之前 before', '之后 after', '变化 changes'], shown.map((c) => [
      String(c.channel.id), c.channel.name, verdict(c.before.verdict), verdict(c.after.verdict), c.changes.map((x) => `${x.id}: ${side(x.before)} → ${side(x.after)}`).join('; '),
    ]))]),
    ...(more > 0 ? [`另有 ${more} 个渠道有变化,用 --json 查看 ${more} more channels changed: see them with --json`] : []),
  ].join('\n')
}
