import { Button, Select, Table } from 'antd'
import { useState } from 'react'
import { useApi } from '../../api/use.ts'
import { useAddressState } from '../../parts/address-state.ts'
import { Failed, Nothing } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { may, useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'
import { Draw } from './draw.tsx'
import { SampleSheet } from './sample-sheet.tsx'

/** Spot checks: drawn from a seed, so that anybody can draw them again. */
export function Samples() {
  const { t } = useWords()
  const me = useMe()
  const { get, set } = useAddressState()
  const { data, error, refetch } = useApi('/api/samples', {})
  const [drawing, setDrawing] = useState(false)
  const name = get('sample')
  return (
    <>
      <div className="narrow">
        {data === undefined || data.length === 0 ? null : <Select allowClear aria-label={t('选择抽查', 'choose a spot check')} placeholder={t('选择抽查', 'Choose one')} style={{ width: 260 }} value={name ?? null} onChange={(v: string | null | undefined) => set({ sample: v, result: null })} options={data.map((s) => ({ value: s.name, label: s.name }))} />}
        {may(me, ['rectification', 'operations']) ? <Button type={data?.length === 0 ? 'primary' : 'default'} onClick={() => setDrawing(true)}>{t('抽取样本', 'Draw a sample')}</Button> : null}
        <span className="quiet" style={{ alignSelf: 'center' }}>{t('按地区和类型分层随机抽取,同一种子抽出同样的渠道,可由他人复核。', 'Drawn at random by region and kind; the same seed draws the same channels, so anybody can verify it.')}</span>
      </div>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      {name !== undefined ? <SampleSheet key={name} name={name} /> : (
        <Table size="middle" rowKey="name" dataSource={data ?? []} loading={data === undefined} pagination={false} locale={{ emptyText: <Nothing>{t('还没有抽查。', 'No spot check yet.')}</Nothing> }} columns={[
          { title: t('名称', 'Name'), dataIndex: 'name', render: (n: string) => <Button className="data" type="link" size="small" style={{ paddingInline: 0 }} onClick={() => set({ sample: n })}>{n}</Button> },
          { title: t('抽取时间', 'Drawn'), dataIndex: 'drawnAt', width: 150, render: (at: string) => <When at={at} /> },
          { title: t('抽取人', 'By'), dataIndex: 'drawnBy', width: 130 },
          { title: t('种子', 'Seed'), dataIndex: 'seed', width: 140, render: (s: string) => <code>{s}</code> },
          { title: t('总体', 'Population'), dataIndex: 'population', align: 'right', width: 100, render: (n: number) => n.toLocaleString('en') },
          { title: t('抽中', 'Drawn'), dataIndex: 'drawn', align: 'right', width: 90, render: (n: number) => n.toLocaleString('en') },
          { title: t('已检查', 'Checked'), dataIndex: 'checked', align: 'right', width: 90, render: (n: number) => n.toLocaleString('en') },
          { title: t('不合格', 'Failed'), dataIndex: 'failed', align: 'right', width: 90, render: (n: number) => n.toLocaleString('en') },
        ]} />
      )}
      {drawing ? <Draw close={() => setDrawing(false)} /> : null}
    </>
  )
}
