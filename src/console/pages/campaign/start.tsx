import { App, Alert, Form, Input, InputNumber, Modal, Select } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { KINDS, KIND_IDS } from '../../../domain/kinds.ts'
import type { Kind } from '../../../domain/kinds.ts'
import { post } from '../../api/client.ts'
import { useOnce } from '../../parts/once.ts'
import { RegionPicker } from '../../parts/region-picker.tsx'
import { useSaying } from '../../parts/saying.ts'
import { useWords } from '../../shell/language.tsx'

type Values = { name: string; region?: string; kinds?: Kind[]; targetRate?: number | null }

/** Name, scope and target; the baseline is what the register holds at that moment. */
export function Start({ close }: { close: () => void }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const navigate = useNavigate()
  const saying = useSaying()
  const [form] = Form.useForm<Values>()
  const send = async ({ name, region, kinds, targetRate }: Values): Promise<void> => {
    try {
      const made = await post('/api/campaigns', { body: { name, regions: region === undefined ? [] : [region], kinds: kinds ?? [], ...(targetRate == null ? {} : { targetRate }) } })
      await client.invalidateQueries({ queryKey: ['/api/campaigns'] })
      void message.success(t(`已启动,基线 ${made.baseline} 个渠道。`, `Started; the baseline holds ${made.baseline} channels.`))
      close()
      void navigate(`/campaign?name=${encodeURIComponent(made.name)}`)
    } catch (problem) { saying(problem) }
  }
  const [sendOnce, busy] = useOnce(send)
  return (
    <Modal open title={t('启动专项行动', 'Start a campaign')} onCancel={close} onOk={() => void form.submit()} confirmLoading={busy} okText={t('启动', 'Start')} cancelText={t('取消', 'Cancel')} destroyOnHidden>
      <Alert type="info" showIcon style={{ marginBottom: 16 }} title={t('启动时冻结基线:此刻在运行的渠道计入,以后新增的另行统计。启动后不能更改范围。', 'The baseline is frozen now: what runs at this moment is in it, later additions are counted apart. Its scope cannot be changed afterwards.')} />
      <Form form={form} layout="vertical" onFinish={(v) => sendOnce(v)}>
        <Form.Item name="name" label={t('名称', 'Name')} rules={[{ required: true, whitespace: true, message: t('请填写名称', 'give it a name') }]}><Input maxLength={100} placeholder={t('例如:2026年政务新媒体清理规范', 'e.g. Clean-up 2026')} /></Form.Item>
        <Form.Item name="region" label={t('地区(不选为全部管辖地区)', 'Region (all of yours unless chosen)')}><RegionPicker /></Form.Item>
        <Form.Item name="kinds" label={t('渠道类型(不选为全部)', 'Kinds (all unless chosen)')}><Select mode="multiple" allowClear options={KIND_IDS.map((k) => ({ value: k, label: t(KINDS[k].name) }))} showSearch={{ optionFilterProp: 'label' }} /></Form.Item>
        <Form.Item name="targetRate" label={t('目标清理率(可不填)', 'Target, percent to remove, if any')}><InputNumber min={0} max={100} step={5} suffix="%" style={{ width: 160 }} /></Form.Item>
      </Form>
    </Modal>
  )
}
