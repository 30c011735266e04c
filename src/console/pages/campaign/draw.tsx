import { App, Form, Input, InputNumber, Modal, Select } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { KINDS, KIND_IDS } from '../../../domain/kinds.ts'
import type { Kind } from '../../../domain/kinds.ts'
import { post } from '../../api/client.ts'
import { useAddressState } from '../../parts/address-state.ts'
import { useOnce } from '../../parts/once.ts'
import { RegionPicker } from '../../parts/region-picker.tsx'
import { useSaying } from '../../parts/saying.ts'
import { useWords } from '../../shell/language.tsx'

type Values = { name: string; seed: string; share: number; region?: string; kinds?: Kind[] }

/** Draws a sample: at least so many percent of every stratum. */
export function Draw({ close }: { close: () => void }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const saying = useSaying()
  const { set } = useAddressState()
  const [form] = Form.useForm<Values>()
  const send = async ({ name, seed, share, region, kinds }: Values): Promise<void> => {
    try {
      const made = await post('/api/samples', { body: { name, seed, share, regions: region === undefined ? [] : [region], kinds: kinds ?? [] } })
      await client.invalidateQueries({ queryKey: ['/api/samples'] })
      void message.success(t(`从 ${made.population} 个渠道中抽取 ${made.drawn} 个。`, `${made.drawn} of ${made.population} channels drawn.`))
      close()
      set({ sample: made.name })
    } catch (problem) { saying(problem) }
  }
  const [sendOnce, busy] = useOnce(send)
  const required = [{ required: true, message: t('请填写', 'fill this in') }]
  return (
    <Modal open title={t('抽取样本', 'Draw a sample')} onCancel={close} onOk={() => void form.submit()} confirmLoading={busy} okText={t('抽取', 'Draw')} cancelText={t('取消', 'Cancel')} destroyOnHidden>
      <Form form={form} layout="vertical" initialValues={{ share: 30 }} onFinish={(v) => sendOnce(v)}>
        <Form.Item name="name" label={t('名称', 'Name')} rules={required}><Input maxLength={100} placeholder={t('例如:2026年第二季度抽查', 'e.g. second quarter 2026')} /></Form.Item>
        <Form.Item name="seed" label={t('随机种子(公开后可复核)', 'Seed (published, so that it can be verified)')} rules={required}><Input maxLength={100} placeholder="2026Q2" /></Form.Item>
        <Form.Item name="share" label={t('每层至少抽取', 'Of each stratum, at least')} rules={required}><InputNumber min={0.1} max={100} step={5} precision={1} suffix="%" style={{ width: 160 }} /></Form.Item>
        <Form.Item name="region" label={t('地区(不选为全部管辖地区)', 'Region (all of yours unless chosen)')}><RegionPicker /></Form.Item>
        <Form.Item name="kinds" label={t('渠道类型(不选为全部)', 'Kinds (all unless chosen)')}><Select mode="multiple" allowClear options={KIND_IDS.map((k) => ({ value: k, label: t(KINDS[k].name) }))} showSearch={{ optionFilterProp: 'label' }} /></Form.Item>
      </Form>
    </Modal>
  )
}
