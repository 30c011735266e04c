import { escapeHtml as e } from './escape.ts'
import { KINDS, isKind } from '../domain/kinds.ts'
import type { CandidateRow } from '../review/index.ts'
import type { WatcherFigures } from '../schedule/index.ts'

const PROPOSALS: Record<string, string> = { shut_down: '关停 shut down', rectify: '整改 rectify', merge: '整合 merge' }

/** An instant as China's clocks show it, to the minute. */
function minute(iso: string): string {
  return new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}

/** The one page there is until the console: the watcher's own figures first, then the candidates. No script at all. */
export function statusPage(figures: WatcherFigures, candidates: readonly CandidateRow[], total: number): string {
  const figure = (zh: string, en: string, value: string): string => `<div class="f"><b>${e(value)}</b><span>${zh} <i>${en}</i></span></div>`
  const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)} %`)
  const alarms = figures.alarms.map((a) => `<li>${e(a.zh)} <i>${e(a.en)}</i></li>`).join('')
  const rows = candidates.map((c) => `<tr><td>${e(PROPOSALS[c.proposal] ?? c.proposal)}</td><td>${e(c.channel.name)}</td><td>${e(isKind(c.channel.kind) ? KINDS[c.channel.kind].name.zh : c.channel.kind)}</td><td>${e(c.rule)}</td><td>${e(c.newest ?? '–')}</td><td class="n">${c.days_over ?? '–'}</td><td>${e(c.clause.zh)}</td><td class="u">${e(c.channel.address)}</td></tr>`).join('')
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>活水 Huoshui</title><link rel="stylesheet" href="/style.css"></head><body>
<header><h1>活水 <small>Huoshui</small></h1></header><main>
<section><h2>巡检自身状况 <i>the watcher itself</i></h2><div class="fs">${[
    figure('登记渠道', 'registered', String(figures.channels)),
    figure('14天内覆盖率', 'covered in 14 days', percent(figures.coverage)),
    figure('逾期未巡检', 'overdue', String(figures.overdue)),
    figure('从未巡检', 'never visited', String(figures.neverVisited)),
    figure('最久未巡检', 'oldest unchecked', figures.oldestUnchecked === null ? '–' : minute(figures.oldestUnchecked)),
    figure('24小时失败率', 'failed in 24 hours', percent(figures.failureShare)),
  ].join('')}</div>${alarms === '' ? '<p>运行正常 <i>all well</i></p>' : `<ul class="a">${alarms}</ul>`}</section>
<section><h2>候选渠道 <i>candidates</i> (${total})</h2>${
    rows === '' ? '<p>暂无候选渠道。 <i>No candidates.</i></p>'
      : `<div class="t"><table><thead><tr><th>处置建议</th><th>渠道</th><th>类型</th><th>规则</th><th>最近更新</th><th>超期(天)</th><th>条款</th><th>地址</th></tr></thead><tbody>${rows}</tbody></table></div>${total > candidates.length ? `<p>仅显示前 ${candidates.length} 个,导出请用 <code>candidates --out</code>。 <i>The first ${candidates.length} only.</i></p>` : ''}`
  }</section></main></body></html>`
}

export const STYLE = `
body{margin:0;font:15px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;color:#1f2937;background:#f5f7fa}
header{background:#0b4f6c;color:#fff;padding:.6rem 1.5rem}h1{margin:0;font-size:1.4rem}h1 small{font-weight:400;opacity:.8;font-size:.9rem}
main{padding:1rem 1.5rem;max-width:1500px;margin:auto}section{background:#fff;border:1px solid #e2e8f0;border-radius:8px;padding:1rem 1.25rem;margin-bottom:1rem}
h2{margin:.1rem 0 .8rem;font-size:1.1rem}i{color:#64748b;font-style:normal;font-size:.85em}
.fs{display:flex;flex-wrap:wrap;gap:.75rem}.f{flex:1 1 150px;background:#f8fafc;border-radius:6px;padding:.6rem .8rem}.f b{display:block;font-size:1.35rem;color:#0b4f6c}
.a li{color:#b91c1c}.t{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{padding:.4rem .6rem;border-bottom:1px solid #e2e8f0;text-align:left;vertical-align:top}
th{background:#f1f5f9;white-space:nowrap}td.n{text-align:right}td.u{word-break:break-all;color:#475569}
@media print{header{color:#000;background:none}body{background:#fff}}`
