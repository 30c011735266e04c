import { QuestionCircleOutlined } from '@ant-design/icons'
import { Button, Switch } from 'antd'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { legalSteps, isState } from '../../../domain/candidate.ts'
import type { Step } from '../../../domain/candidate.ts'
import { useApi } from '../../api/use.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { Failed, Loading, Nothing } from '../../parts/states.tsx'
import { may, useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'
import { STEP_KEYS, VIEW_NAMES } from '../../words/review.ts'
import type { ViewName } from '../../words/review.ts'
import { useActs } from './acts.ts'
import { AssignDialog } from './assign.tsx'
import { BulkBar } from './bulk.tsx'
import { DecisionDialog } from './decision.tsx'
import type { Decision } from './decision.tsx'
import { DossierView } from './dossier.tsx'
import { Filters } from './filters.tsx'
import { KeysHelp } from './help.tsx'
import { useKeys, useKeysOn } from './keys.ts'
import { News } from './news.tsx'
import { PAGE_SIZE, useQueueAddress } from './query.ts'
import { QueueList } from './queue-list.tsx'

type Dialog = { readonly what: 'decide'; readonly step: Decision['step']; readonly ids: readonly number[] } | { readonly what: 'assign'; readonly ids: readonly number[] } | { readonly what: 'help' }

/** The queue: list left, evidence right, clause and reason on top; decided with one key and a reason. */
export default function Review() {
  const { t } = useWords()
  const me = useMe()
  const address = useQueueAddress()
  const { view, filter, page, sort, id, change } = address
  const narrowed = filter as Record<string, string>
  const { data, error, isFetching, refetch } = useApi('/api/candidates', { query: { ...narrowed, view, sort, page: String(page), size: String(PAGE_SIZE) } })
  const counts = useApi('/api/candidates/counts', { query: { ...narrowed, view } })
  const rows = useMemo(() => data?.candidates ?? [], [data])
  const chosen = id ?? rows[0]?.id ?? null
  const dossier = useApi('/api/candidates/:id', { params: { id: String(chosen ?? 0) } }, { enabled: chosen !== null })
  const file = chosen !== null && dossier.data?.id === chosen ? dossier.data : undefined
  const [marked, setMarked] = useState<ReadonlySet<number>>(new Set())
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const [keysOn, setKeysOn] = useKeysOn()
  const acts = useActs((one) => rows.find((r) => r.id === one)?.channel.name ?? (file?.id === one ? file.channel.name : undefined))
  const deciding = may(me, ['rectification'])
  const list = JSON.stringify([view, page, sort, filter])
  useEffect(() => setMarked(new Set()), [list])

  const at = rows.findIndex((r) => r.id === chosen)
  // The next one is at hand before it is asked for.
  const ahead = rows[at + 1]?.id
  useApi('/api/candidates/:id', { params: { id: String(ahead ?? 0) } }, { enabled: ahead !== undefined })
  // Keys come faster than pages are drawn: what is in hand is known at once.
  const hand = useRef(chosen)
  useLayoutEffect(() => { hand.current = chosen }, [chosen])
  const choose = (next: number | undefined): void => { if (next !== undefined) { hand.current = next; change({ id: String(next) }, true) } }
  const step = (by: 1 | -1): void => choose(rows[Math.max(0, rows.findIndex((r) => r.id === hand.current) + by)]?.id)
  const mark = (of: number, on: boolean): void => setMarked((now) => { const after = new Set(now); if (on) after.add(of); else after.delete(of); return after })
  const inHand = marked.size > 0 ? [...marked] : chosen === null ? [] : [chosen]
  const states = marked.size > 0 ? rows.filter((r) => marked.has(r.id)).map((r) => r.state) : file === undefined ? [] : [file.state]
  const legal = states.reduce<Step[]>((all, s, i) => { const own = isState(s) ? legalSteps(s) : []; return i === 0 ? own : all.filter((x) => own.includes(x)) }, [])
  const open = (step: Step): void => { if (deciding && inHand.length > 0 && (marked.size > 0 || hand.current === chosen) && legal.includes(step) && step !== 'answer' && step !== 'contest') setDialog({ what: 'decide', step, ids: inHand }) }
  const issue = (): void => { if (deciding && inHand.length > 0) void acts.issue(inHand) }
  const send = async (ids: readonly number[], decision: Decision): Promise<void> => {
    const next = rows.slice(at + 1).find((r) => !ids.includes(r.id)) ?? rows.slice(0, Math.max(at, 0)).findLast((r) => !ids.includes(r.id))
    const single = ids.length === 1 && file !== undefined && file.id === ids[0] ? file.version : null
    if (!(await acts.decide(ids, single, decision))) return
    setDialog(null)
    setMarked(new Set())
    if (!ids.includes(chosen ?? 0)) return
    if (next === undefined) change({ id: null }, true)
    else choose(next.id)
  }
  const keys: Record<string, () => void> = {
    'J': () => step(1), 'ArrowDown': () => step(1), 'K': () => step(-1), 'ArrowUp': () => step(-1),
    ' ': () => { const of = hand.current; if (of !== null) setMarked((now) => { const after = new Set(now); if (!after.delete(of)) after.add(of); return after }) }, '?': () => setDialog({ what: 'help' }), '/': () => document.getElementById('queue-search')?.focus(),
    '[': () => { if (page > 1) change({ page: String(page - 1), id: null }) }, ']': () => { if (page * PAGE_SIZE < (data?.total ?? 0)) change({ page: String(page + 1), id: null }) },
    ...(deciding ? { 'Z': () => void acts.undo(), 'N': issue, 'A': () => { if (inHand.length > 0) setDialog({ what: 'assign', ids: inHand }) } } : {}),
  }
  for (const one of deciding ? legal : []) { const key = STEP_KEYS[one]; if (key !== undefined) keys[key] = () => open(one) }
  useKeys(keysOn && dialog === null, keys)

  return (
    <div className="review">
      <PageHead title={t('研判', 'Review')} actions={<span style={{ display: 'inline-flex', gap: 12, alignItems: 'center' }}><label className="quiet"><Switch size="small" checked={keysOn} onChange={setKeysOn} aria-label={t('快捷键', 'Keys')} /> {t('快捷键', 'Keys')}</label><Button size="small" icon={<QuestionCircleOutlined />} onClick={() => setDialog({ what: 'help' })}>{t('快捷键说明', 'All keys')}</Button></span>}>
        {t('逐件研判候选渠道:看条款与证据,作出决定并写明理由;决定由人作出,全程留痕。', 'Decide candidates one by one: clause and evidence, a decision, a reason. People decide, and every step is kept.')}
      </PageHead>
      <nav className="views" aria-label={t('队列', 'Queues')}>
        {(Object.keys(VIEW_NAMES) as ViewName[]).map((v) => (
          <button key={v} type="button" aria-current={v === view ? 'true' : undefined} onClick={() => change({ view: v, states: null, sort: null })}>{t(VIEW_NAMES[v])} <span className="number">{counts.data?.views[v].toLocaleString('en') ?? '…'}</span></button>
        ))}
      </nav>
      <Filters address={address} counts={counts.data} />
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <News shown={isFetching || acts.busy ? undefined : data?.total} now={counts.isFetching ? undefined : counts.data?.views[view]} look={() => void counts.refetch()} load={() => void refetch()} />
      {marked.size > 0 && deciding ? <BulkBar count={marked.size} legal={legal} open={open} assign={() => setDialog({ what: 'assign', ids: inHand })} clear={() => setMarked(new Set())} /> : null}
      <div className="panes">
        <QueueList rows={rows} total={data?.total ?? 0} page={page} chosen={chosen} marked={marked} loading={isFetching} choose={choose} mark={mark} turn={(p) => change({ page: String(p), id: null })} markAll={(on) => setMarked(on ? new Set(rows.map((r) => r.id)) : new Set())} />
        <section className="pane" aria-label={t('候选详情', 'The candidate')}>
          {chosen === null ? (data === undefined ? <Loading /> : <Nothing>{view === 'open' ? t('没有待研判的候选。巡检发现新问题后会出现在这里。', 'Nothing waits for a decision. What visits find will appear here.') : t('这里没有候选。', 'There is nothing here.')}</Nothing>)
            : dossier.error !== null && file === undefined ? <Failed error={dossier.error} retry={() => void dossier.refetch()} /> : file === undefined ? <Loading /> : <DossierView key={file.id} file={file} decide={(step) => { if (step !== 'answer' && step !== 'contest') setDialog({ what: 'decide', step, ids: [file.id] }) }} assign={() => setDialog({ what: 'assign', ids: [file.id] })} issue={() => void acts.issue([file.id])} />}
        </section>
      </div>
      {dialog?.what === 'decide' ? <DecisionDialog step={dialog.step} busy={acts.busy} close={() => setDialog(null)} send={(d) => void send(dialog.ids, d)} about={{ ids: dialog.ids, name: file?.channel.name ?? '', ...(dialog.ids.length === 1 && file !== undefined ? { clause: file.clause.zh, newest: dialog.step === 'pass' ? file.channelNow.newest : file.newest, channel: file.channel.id } : {}) }} /> : null}
      {dialog?.what === 'assign' ? <AssignDialog count={dialog.ids.length} close={() => setDialog(null)} send={(to) => { void acts.assign(dialog.ids, to); setDialog(null) }} /> : null}
      {dialog?.what === 'help' ? <KeysHelp close={() => setDialog(null)} /> : null}
    </div>
  )
}
