import { Checkbox, Pagination } from 'antd'
import { useEffect, useRef } from 'react'
import type { AnswerOf, RouteOf } from '../../api/types.ts'
import { KindName, ProposalTag, StateTag } from '../../parts/tags.tsx'
import { useWords } from '../../shell/language.tsx'
import { ruleName } from '../../words/review.ts'
import { PAGE_SIZE } from './query.ts'

export type QueueRow = AnswerOf<RouteOf<'GET', '/api/candidates'>>['candidates'][number]

type Props = {
  readonly rows: readonly QueueRow[]; readonly total: number; readonly page: number; readonly chosen: number | null; readonly marked: ReadonlySet<number>; readonly loading: boolean
  readonly choose: (id: number) => void; readonly mark: (id: number, on: boolean) => void; readonly turn: (page: number) => void; readonly markAll: (on: boolean) => void
}

/** The left side: one page of the queue. The row in hand is followed into sight. */
export function QueueList({ rows, total, page, chosen, marked, loading, choose, mark, turn, markAll }: Props) {
  const { t } = useWords()
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => { list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' }) }, [chosen])
  const all = rows.length > 0 && rows.every((r) => marked.has(r.id))
  return (
    <div className="queue">
      <div className="queue-head">
        <Checkbox checked={all} indeterminate={!all && rows.some((r) => marked.has(r.id))} onChange={(e) => markAll(e.target.checked)} disabled={rows.length === 0}>{t('全选本页', 'All on this page')}</Checkbox>
        <span className="quiet number" aria-live="polite">{t(`共 ${total.toLocaleString('zh-CN')} 件`, `${total.toLocaleString('en')} in all`)}</span>
      </div>
      <ol ref={list} className="queue-rows" aria-label={t('候选', 'Candidates')} aria-busy={loading}>
        {rows.map((r) => (
          <li key={r.id} aria-current={r.id === chosen ? 'true' : undefined} className={r.id === chosen ? 'in-hand' : undefined}>
            <Checkbox checked={marked.has(r.id)} onChange={(e) => mark(r.id, e.target.checked)} aria-label={t(`选中 ${r.channel.name}`, `select ${r.channel.name}`)} />
            <button type="button" className="data" onClick={() => choose(r.id)}>
              <span className="queue-name"><b>{r.channel.name}</b>{r.state === 'open' ? <ProposalTag proposal={r.proposal} /> : <StateTag state={r.state} />}</span>
              <span className="queue-facts">
                <span><KindName kind={r.channel.kind} /> · {r.channel.region ?? t('未填地区', 'no region')}{r.channel.organisation === null ? '' : ` · ${r.channel.organisation}`}</span>
                <span className="number">{r.deadline !== null && r.state !== 'open' ? <span className={r.overdue ? 'late' : undefined}>{r.overdue ? t(`逾期 ${r.deadline}`, `overdue ${r.deadline}`) : t(`期限 ${r.deadline}`, `by ${r.deadline}`)}</span> : r.daysOver === null ? '' : t(`超期${r.daysOver}天`, `${r.daysOver} d over`)}</span>
              </span>
              <span className="queue-facts quiet"><span>{t(ruleName(r.rule))}{r.newest === null ? '' : ` · ${t(`最近更新 ${r.newest}`, `newest ${r.newest}`)}`}</span><span>{r.assignee === null ? '' : r.assignee.name}</span></span>
            </button>
          </li>
        ))}
      </ol>
      {total > PAGE_SIZE ? <Pagination size="small" simple current={page} total={total} pageSize={PAGE_SIZE} showSizeChanger={false} onChange={turn} style={{ padding: '6px 10px', borderTop: '1px solid var(--line)' }} /> : null}
    </div>
  )
}
