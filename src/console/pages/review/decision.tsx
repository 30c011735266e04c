import { Alert, Button, Checkbox, DatePicker, Form, Input, Modal, Radio, Space } from 'antd'
import dayjs from 'dayjs'
import { useLayoutEffect, useState } from 'react'
import { STEPS } from '../../../domain/candidate.ts'
import type { Step } from '../../../domain/candidate.ts'
import { Key } from '../../parts/tags.tsx'
import { ChannelSelect } from '../../parts/search-select.tsx'
import { useWords } from '../../shell/language.tsx'
import { titled } from '../../words/review.ts'
import { TEMPLATES, filled } from './templates.ts'

export type About = { readonly ids: readonly number[]; readonly name: string; readonly clause?: string; readonly newest?: string | null; readonly channel?: number }
export type Decision = { readonly step: Exclude<Step, 'answer' | 'contest'>; readonly reason: string; readonly deadline?: string; readonly until?: string; readonly target?: number; readonly issue: boolean }

const DEADLINE_STEPS: readonly Step[] = ['order', 'fail', 'extend', 'plan_shut_down', 'plan_merge']
const SPANS = [7, 15, 30, 60] as const

/** The days that are given unless somebody says otherwise: half a month to put right, a month to shut or merge. */
const defaultSpan = (step: Step): number => (step === 'plan_shut_down' || step === 'plan_merge' ? 30 : 15)

/** One step with its reason: a digit takes a template, Enter sends it. */
export function DecisionDialog({ step, about, busy, close, send }: { step: Decision['step']; about: About; busy: boolean; close: () => void; send: (decision: Decision) => void }) {
  const { t } = useWords()
  const templates = TEMPLATES[step] ?? []
  const takesDeadline = DEADLINE_STEPS.includes(step)
  const takesUntil = step === 'exempt'
  const [deadline, setDeadline] = useState(takesDeadline ? dayjs().add(defaultSpan(step), 'day').format('YYYY-MM-DD') : undefined)
  const [until, setUntil] = useState(takesUntil ? dayjs().add(3, 'month').format('YYYY-MM-DD') : undefined)
  const [target, setTarget] = useState<number | undefined>()
  const [chosen, setChosen] = useState(0)
  const [own, setOwn] = useState<string | null>(null)
  const [issue, setIssue] = useState(false)
  const template = templates[chosen]
  const reason = own ?? (template === undefined ? '' : filled(template, { clause: about.clause, newest: about.newest, deadline, until }))
  const lacking = reason.trim() === '' || (takesDeadline && deadline === undefined) || (takesUntil && until === undefined) || (step === 'plan_merge' && target === undefined)
  const confirm = (): void => {
    if (lacking || busy) return
    send({ step, reason: reason.trim(), issue, ...(deadline === undefined ? {} : { deadline }), ...(until === undefined ? {} : { until }), ...(target === undefined ? {} : { target }) })
  }
  const press = (event: KeyboardEvent): void => {
    const at = event.target
    if (!(at instanceof HTMLElement) || event.isComposing || event.repeat || event.defaultPrevented) return
    const inText = at.tagName === 'TEXTAREA' || (at instanceof HTMLInputElement && at.type !== 'radio' && at.type !== 'checkbox')
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || (!inText && at.tagName !== 'BUTTON'))) { event.preventDefault(); confirm(); return }
    const n = Number(event.key)
    if (!inText && Number.isInteger(n) && n >= 1 && n <= templates.length) { event.preventDefault(); setChosen(n - 1); setOwn(null) }
  }
  // Heard wherever the focus is: it comes into the dialog a moment after the dialog, and a quick hand is quicker.
  useLayoutEffect(() => {
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  })
  const many = about.ids.length > 1
  const title = many ? t(`${STEPS[step].zh}:已选 ${about.ids.length} 件`, `${titled(STEPS[step]).en}: ${about.ids.length} selected`) : t(`${STEPS[step].zh}:${about.name}`, `${titled(STEPS[step]).en}: ${about.name}`)
  const later = (date: dayjs.Dayjs): boolean => date.isBefore(dayjs(), 'day')
  return (
    <Modal open title={title} onCancel={close} width={680} destroyOnHidden mask={{ closable: false }} footer={(
      <Space><span className="quiet"><Key>Enter</Key> {t('确定', 'to send')}{templates.length > 1 ? <> · <Key>1</Key>–<Key>{String(templates.length)}</Key> {t('选用模板', 'for a template')}</> : null}</span><Button onClick={close}>{t('取消', 'Cancel')}</Button><Button type="primary" loading={busy} disabled={lacking} onClick={confirm}>{t('确定', 'Decide')}</Button></Space>
    )}>
      <Form layout="vertical" component="div">
        {takesDeadline ? (
          <Form.Item label={t('期限', 'Deadline')} htmlFor="decision-deadline">
            <Space wrap><DatePicker id="decision-deadline" value={deadline === undefined ? null : dayjs(deadline)} onChange={(d) => setDeadline(d?.format('YYYY-MM-DD'))} disabledDate={later} />
              {SPANS.map((n) => <Button key={n} size="small" onClick={() => setDeadline(dayjs().add(n, 'day').format('YYYY-MM-DD'))}>{t(`${n}天`, `${n} days`)}</Button>)}</Space>
          </Form.Item>
        ) : null}
        {takesUntil ? <Form.Item label={t('豁免至(含当日)', 'Exempt until, that day included')} htmlFor="decision-until"><DatePicker id="decision-until" value={until === undefined ? null : dayjs(until)} onChange={(d) => setUntil(d?.format('YYYY-MM-DD'))} disabledDate={later} /></Form.Item> : null}
        {step === 'plan_merge' ? <Form.Item label={t('并入哪个渠道', 'Into which channel')} htmlFor="decision-target"><ChannelSelect id="decision-target" value={target ?? null} onChange={setTarget} label={t('并入哪个渠道', 'Into which channel')} /></Form.Item> : null}
        {templates.length > 1 ? (
          <Form.Item label={t('理由模板', 'Reason template')} style={{ marginBottom: 12 }}>
            <Radio.Group value={own === null ? chosen : -1} onChange={(e) => { setChosen(Number(e.target.value)); setOwn(null) }} aria-label={t('理由模板', 'Reason template')}>
              {templates.map((one, i) => <Radio key={one.text} value={i} autoFocus={i === 0}><Key>{String(i + 1)}</Key> {t(one.name)}</Radio>)}
            </Radio.Group>
          </Form.Item>
        ) : null}
        <Form.Item label={t('理由(写入文书和审计记录)', 'Reason, as it goes into documents and the audit trail')} htmlFor="decision-reason" style={{ marginBottom: 8 }}>
          <Input.TextArea id="decision-reason" lang="zh-CN" rows={4} maxLength={4000} value={reason} autoFocus={templates.length < 2} onChange={(e) => setOwn(e.target.value)} />
        </Form.Item>
        {step === 'order' || step === 'plan_shut_down' ? <Checkbox checked={issue} onChange={(e) => setIssue(e.target.checked)}>{step === 'order' ? t('同时制发整改通知单(编号后不能撤销)', 'Issue the order at once (once numbered it cannot be taken back)') : t('同时制发关停通知(编号后不能撤销)', 'Issue the notice at once (once numbered it cannot be taken back)')}</Checkbox> : null}
        {many ? <Alert type="warning" showIcon style={{ marginTop: 8 }} title={t(`同一理由将用于 ${about.ids.length} 件候选,每件分别记入审计;有一件不能处理则全部不处理。`, `One reason for ${about.ids.length} candidates, each audited by itself; if one cannot be done, none is.`)} /> : null}
      </Form>
    </Modal>
  )
}
