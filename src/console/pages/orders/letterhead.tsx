import { App, Drawer, Form, Button, Input } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { put } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { useOnce } from '../../parts/once.ts'
import { RegionPicker } from '../../parts/region-picker.tsx'
import { useSaying } from '../../parts/saying.ts'
import { Loading } from '../../parts/states.tsx'
import { useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'

type Values = { issuer: string; contact: string | null; rectification: string; shutdown: string }

/** Who signs a region's documents, and the words before their numbers. */
export function Letterhead({ close }: { close: () => void }) {
  const { t } = useWords()
  const me = useMe()
  const { message } = App.useApp()
  const client = useQueryClient()
  const saying = useSaying()
  const [region, setRegion] = useState(me.region?.code)
  const { data, isPlaceholderData } = useApi('/api/letterheads/:region', { params: { region: region ?? '' } }, { enabled: region !== undefined })
  const save = async ({ contact, ...v }: Values): Promise<void> => {
    if (region === undefined) return
    try {
      await put('/api/letterheads/:region', { params: { region }, body: { ...v, ...(contact === null || contact === '' ? {} : { contact }) } })
      await client.invalidateQueries({ queryKey: ['/api/letterheads/:region'] })
      void message.success(t('已保存,今后制发的文书采用。', 'Saved; documents from now on bear it.'))
      close()
    } catch (problem) { saying(problem) }
  }
  const [saveOnce, busy] = useOnce(save)
  const field = (name: keyof Values, label: string, max: number) => <Form.Item name={name} label={label} rules={name === 'contact' ? [] : [{ required: true, message: t('请填写', 'fill this in') }]}><Input maxLength={max} /></Form.Item>
  return (
    <Drawer open size={480} title={t('落款与文号', 'Letterhead and numbers')} onClose={close}>
      <p className="quiet">{t('文号按文种、地区和年度连续编排,不跳号。', 'Numbers run without gaps by document, region and year.')}</p>
      <label htmlFor="letterhead-region">{t('地区', 'Region')}</label>
      <RegionPicker id="letterhead-region" all value={region} onChange={setRegion} style={{ marginTop: 4, marginBottom: 16 }} />
      {region === undefined ? null : data === undefined || isPlaceholderData ? <Loading /> : (
        <Form<Values> key={data.region} layout="vertical" initialValues={data} onFinish={(v) => saveOnce(v)}>
          {field('issuer', t('发文机关', 'Issuing office'), 100)}
          {field('contact', t('联系人及电话', 'Contact and phone'), 200)}
          {field('rectification', t('整改通知单机关代字', 'Words before an order’s number'), 20)}
          {field('shutdown', t('关停通知机关代字', 'Words before a notice’s number'), 20)}
          <Button type="primary" htmlType="submit" loading={busy}>{t('保存', 'Save')}</Button>
        </Form>
      )}
    </Drawer>
  )
}
