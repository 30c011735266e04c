import { App, Alert, Button, Checkbox, Drawer, Form, Input, InputNumber, Select, TimePicker } from 'antd'
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import dayjs from 'dayjs'
import type { Dayjs } from 'dayjs'
import { put } from '../../api/client.ts'
import { useOnce } from '../../parts/once.ts'
import { useSaying } from '../../parts/saying.ts'
import { useWords } from '../../shell/language.tsx'
import { POLICY_DEFAULTS, POLICY_FLAGS, POLICY_NUMBERS, SCOPE_NAMES } from '../../words/policy.ts'
import { PROBE_NAMES } from '../../words/probes.ts'
import { usePreview } from './preview.ts'
import { TargetField } from './target-field.tsx'

export type PolicyTarget = { readonly scope: 'all' | 'kind' | 'region' | 'organisation' | 'channel'; readonly target: string; readonly name: string; readonly settings: Readonly<Record<string, unknown>> }

type Values = { scope: PolicyTarget['scope']; target?: string | number; reason?: string; windows?: ([Dayjs, Dayjs] | null)[]; probes?: string[] } & Record<string, unknown>

/** What the form holds, as the settings that the server takes; a setting that was emptied is null, which takes it away. */
function settingsOf(values: Partial<Values>, before: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [key, s] of Object.entries(POLICY_NUMBERS)) if (typeof values[key] === 'number') out[key] = Number(values[key]) / (s.scale ?? 1)
  for (const key of Object.keys(POLICY_FLAGS)) if (values[key] === true) out[key] = true
  const windows = (values.windows ?? []).filter((w) => w !== null && w !== undefined && w.length === 2)
  if (windows.length > 0) out['windows'] = windows.map((w) => ({ from: w?.[0].format('HH:mm'), to: w?.[1].format('HH:mm') }))
  const probes = values.probes ?? []
  if (probes.length > 0) out['probes'] = probes.find((p) => p === 'all' || p === 'none') ?? probes
  for (const key of Object.keys(before)) if (!(key in out)) out[key] = null
  return out
}

const clock = (text: string): Dayjs => dayjs(`2026-01-01T${text === '24:00' ? '00:00' : text}`)

/** All and none stand alone: the last choice counts. */
function oneOrSome(chosen: string[]): string[] {
  const last = chosen.at(-1)
  return last === 'all' || last === 'none' ? [last] : chosen.filter((p) => p !== 'all' && p !== 'none')
}

/** A policy for one scope, with what it would mean said as it is written. */
export function PolicyForm({ of, close }: { of: PolicyTarget | 'new'; close: () => void }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const saying = useSaying()
  const [form] = Form.useForm<Values>()
  const before = of === 'new' ? {} : of.settings
  const windows = (before['windows'] as { from: string; to: string }[] | undefined) ?? []
  const initial = { scope: of === 'new' ? 'all' : of.scope, ...Object.fromEntries(Object.entries(POLICY_NUMBERS).flatMap(([k, s]) => (typeof before[k] === 'number' ? [[k, Math.round(Number(before[k]) * (s.scale ?? 1) * 100) / 100]] : []))), ...before, windows: windows.map((w) => [clock(w.from), clock(w.to)]), probes: [before['probes'] ?? []].flat() }
  if (typeof before['auditShare'] === 'number') Object.assign(initial, { auditShare: Math.round(before['auditShare'] * 100) })
  const values = Form.useWatch([], form) as Partial<Values> | undefined
  const scope = values?.scope ?? (of === 'new' ? 'all' : of.scope)
  const target = of === 'new' ? (scope === 'all' ? '' : String(values?.target ?? '')) : of.target
  const settings = settingsOf(values ?? {}, {})
  const preview = usePreview(scope, target, settings)
  const send = async (v: Values): Promise<void> => {
    try {
      await put('/api/policies', { body: { scope, target, settings: settingsOf(v, before), ...(v.reason === undefined || v.reason === '' ? {} : { reason: v.reason }) } })
      await client.invalidateQueries({ queryKey: ['/api/policies'] })
      void message.success(t('策略已生效', 'The policy is in force'))
      close()
    } catch (problem) { saying(problem) }
  }
  const [sendOnce, busy] = useOnce(send)
  return (
    <Drawer open size={560} title={of === 'new' ? t('新建策略', 'New policy') : t(`修改策略:${of.name}`, `Change the policy: ${of.name}`)} onClose={close}
      extra={<Button type="primary" loading={busy} onClick={() => void form.submit()}>{t('保存', 'Save')}</Button>}>
      <Alert type={preview.refusal === null ? 'info' : 'error'} showIcon title={preview.refusal === null ? t(preview.words) : t(preview.refusal)} style={{ marginBottom: 16 }} role="status" />
      <Form form={form} layout="vertical" initialValues={initial} onFinish={(v) => sendOnce(v)}>
        {of === 'new' ? <Form.Item name="scope" label={t('范围', 'Scope')}><Select options={Object.entries(SCOPE_NAMES).map(([value, label]) => ({ value, label: t(label) }))} onChange={() => form.setFieldValue('target', undefined)} /></Form.Item> : null}
        {of === 'new' && scope !== 'all' ? <Form.Item name="target" label={t('对象', 'For')} rules={[{ required: true, message: t('请选择对象', 'choose one') }]}><TargetField scope={scope} /></Form.Item> : null}
        <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', columnGap: 16 }}>
          {Object.entries(POLICY_NUMBERS).map(([key, s]) => (
            <Form.Item key={key} name={key} label={t(s.name)} extra={t(s.help)} style={{ marginBottom: 14 }}>
              <InputNumber min={s.min} max={s.max} step={s.step ?? 1} suffix={t(s.unit)} style={{ width: '100%' }} placeholder={POLICY_DEFAULTS[key] === undefined ? t('不另设', 'not set') : t(`默认 ${POLICY_DEFAULTS[key] * (s.scale ?? 1)}`, `default ${POLICY_DEFAULTS[key] * (s.scale ?? 1)}`)} />
            </Form.Item>
          ))}
        </div>
        <Form.Item name="probes" label={t('功能探测', 'Functions that are tried')} extra={t('全部、不探测,或只选其中几项', 'all, none, or some of them')} normalize={oneOrSome}>
          <Select mode="multiple" allowClear placeholder={t('默认全部', 'default: all')} options={[{ value: 'all', label: t('全部', 'All') }, { value: 'none', label: t('不探测', 'None') }, ...Object.entries(PROBE_NAMES).map(([value, label]) => ({ value, label: t(label) }))]} />
        </Form.Item>
        <Form.List name="windows">
          {(fields, { add, remove }) => (
            <Form.Item label={t('不巡检的时段(中国时间)', 'Not to be visited between (China’s time)')}>
              {fields.map((field) => (
                <div key={field.key} style={{ display: 'flex', gap: 8, marginBottom: 8 }}>
                  <Form.Item name={field.name} noStyle><TimePicker.RangePicker format="HH:mm" order={false} minuteStep={5} /></Form.Item>
                  <Button icon={<DeleteOutlined />} aria-label={t('删除时段', 'remove this time')} onClick={() => remove(field.name)} />
                </div>
              ))}
              <Button icon={<PlusOutlined />} onClick={() => add([clock('07:00'), clock('20:00')])}>{t('添加时段', 'Add a time')}</Button>
            </Form.Item>
          )}
        </Form.List>
        {Object.entries(POLICY_FLAGS).map(([key, f]) => <Form.Item key={key} name={key} valuePropName="checked" style={{ marginBottom: 8 }}><Checkbox>{t(f.name)} <span className="quiet">{t(f.help)}</span></Checkbox></Form.Item>)}
        <Form.Item name="reason" label={t('理由(记入审计)', 'Reason, for the audit trail')}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
      </Form>
    </Drawer>
  )
}
