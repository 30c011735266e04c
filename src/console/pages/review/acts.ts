import { App } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { STEPS } from '../../../domain/candidate.ts'
import { post } from '../../api/client.ts'
import { useSaying } from '../../parts/saying.ts'
import { useWords } from '../../shell/language.tsx'
import type { Decision } from './decision.tsx'
import { issuedList } from './issued-list.tsx'

/** Everything that the queue does to candidates: each tells what was done, by the names given, and the last decision can be taken back. */
export function useActs(nameOf: (candidate: number) => string | undefined) {
  const { t } = useWords()
  const { message, modal } = App.useApp()
  const saying = useSaying()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [last, setLast] = useState<readonly number[]>([])

  const fresh = useCallback(() => client.invalidateQueries({ predicate: ({ queryKey: [url] }) => typeof url === 'string' && /^\/api\/(candidates|orders|watched|filings|campaigns|unit)/.test(url) }), [client])
  const doing = useCallback(async (act: () => Promise<void>): Promise<boolean> => {
    setBusy(true)
    try { await act(); return true } catch (problem) { saying(problem); return false } finally {
      setBusy(false)
      // The page moves on at once; what has changed is read again behind it.
      setTimeout(() => void fresh(), 0)
    }
  }, [saying, fresh])

  /** Issues the documents; where some could not be, a list says of each what became of it. */
  const number = async (ids: readonly number[]): Promise<{ numbers: readonly string[]; whole: boolean }> => {
    const rows = await post('/api/candidates/orders', { body: { candidates: [...ids] } })
    if (rows.some((r) => r.refused !== null)) modal.warning(issuedList(rows.map((r) => ({ ...r, name: nameOf(r.candidate) ?? `#${r.candidate}` })), t))
    return { numbers: rows.flatMap((r) => (r.order === null ? [] : [r.order.number])), whole: rows.every((r) => r.refused === null) }
  }

  const decide = (ids: readonly number[], version: number | null, { issue, ...decision }: Decision): Promise<boolean> => doing(async () => {
    const [one] = ids
    if (ids.length === 1 && one !== undefined && version !== null) await post('/api/candidates/:id/decide', { params: { id: one }, body: { ...decision, version } })
    else await post('/api/candidates/decide', { body: { ...decision, candidates: [...ids] } })
    setLast(ids)
    // What could not be issued is told by itself: the decision stands.
    if (issue && !(await number(ids)).whole) return
    const what = STEPS[decision.step]
    void message.success({ key: 'done', duration: 6, content: ids.length === 1 ? t(`已${what.zh}。${issue ? '文书已编号。' : '十分钟内可按 Z 撤销。'}`, `Done: ${what.en}. ${issue ? 'The document is numbered.' : 'Z takes it back within ten minutes.'}`) : t(`已对 ${ids.length} 件作出“${what.zh}”。${issue ? '' : '十分钟内可按 Z 撤销。'}`, `Done for ${ids.length}: ${what.en}.${issue ? '' : ' Z takes it back within ten minutes.'}`) })
  })
  const undo = (): Promise<boolean> => doing(async () => {
    if (last.length === 0) { void message.info({ key: 'done', content: t('没有可撤销的操作。', 'There is nothing to take back.') }); return }
    await post('/api/candidates/undo', { body: { candidates: [...last] } })
    setLast([])
    void message.success({ key: 'done', content: t('已撤销上一步。', 'The last step is taken back.') })
  })
  const assign = (ids: readonly number[], assignee: string | null): Promise<boolean> => doing(async () => {
    const { assigned } = await post('/api/candidates/assign', { body: { candidates: [...ids], assignee } })
    void message.success({ key: 'done', content: t(`已分派 ${assigned} 件。`, `${assigned} assigned.`) })
  })
  const issue = (ids: readonly number[]): Promise<boolean> => doing(async () => {
    const { numbers, whole } = await number(ids)
    if (whole) void message.success({ key: 'done', duration: 8, content: t(`已制发 ${numbers.join('、')}`, `Issued: ${numbers.join(', ')}`) })
  })
  return { busy, last, decide, undo, assign, issue }
}
