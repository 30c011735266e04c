import { Button, Select, Tabs } from 'antd'
import { useState } from 'react'
import { useApi } from '../../api/use.ts'
import { useAddressState } from '../../parts/address-state.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { Failed, Loading, Nothing } from '../../parts/states.tsx'
import { minuteOf } from '../../parts/when.tsx'
import { may, useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'
import { BulletinView } from './bulletin.tsx'
import { Progress } from './progress.tsx'
import { Samples } from './samples.tsx'
import { Start } from './start.tsx'
import { WeeklyView } from './weekly.tsx'

/** A clean-up with a frozen baseline: how far it is, who is slow, what is told. */
export default function Campaign() {
  const { t } = useWords()
  const me = useMe()
  const { get, set } = useAddressState()
  const { data, error, refetch } = useApi('/api/campaigns', {})
  const [starting, setStarting] = useState(false)
  const name = get('name') ?? data?.[0]?.name
  const start = may(me, ['rectification']) ? <Button type="primary" onClick={() => setStarting(true)}>{t('启动专项行动', 'Start a campaign')}</Button> : null
  const one = data?.find((c) => c.name === name)
  return (
    <>
      <PageHead title={t('专项行动', 'Campaign')} actions={<span style={{ display: 'inline-flex', gap: 8 }}>{data === undefined || data.length === 0 ? null : <Select aria-label={t('选择专项行动', 'choose a campaign')} style={{ width: 260 }} value={name ?? null} onChange={(v: string | null) => set({ name: v })} options={data.map((c) => ({ value: c.name, label: c.name }))} />}{start}</span>}>
        {one === undefined ? t('按启动时的台账冻结基线,逐周核算清理进度。', 'The baseline is frozen at the start; progress is accounted week by week.') : t(`${minuteOf(one.startedAt)} 由 ${one.startedBy} 启动,基线 ${one.baseline.toLocaleString('en')} 个${one.target === null ? '' : `,目标清理率 ${one.target}%`}。`, `Started ${minuteOf(one.startedAt)} by ${one.startedBy}; baseline ${one.baseline.toLocaleString('en')}${one.target === null ? '' : `; target ${one.target}% removed`}.`)}
      </PageHead>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      {data === undefined ? <Loading /> : name === undefined ? <Nothing>{t('还没有专项行动。启动后即以当前台账为基线。抽查可以先行。', 'No campaign yet; starting one takes the register as it stands for its baseline.')}</Nothing> : null}
      {data === undefined ? null : (
        <Tabs activeKey={get('tab') ?? (name === undefined ? 'samples' : 'progress')} onChange={(tab) => set({ tab })} destroyOnHidden items={[
          ...(name === undefined ? [] : [
            { key: 'progress', label: t('进展', 'Progress'), children: <Progress name={name} /> },
            { key: 'weekly', label: t('周调度', 'Weekly dispatch'), children: <WeeklyView name={name} /> },
            { key: 'bulletin', label: t('通报', 'Bulletin'), children: <BulletinView name={name} /> },
          ]),
          { key: 'samples', label: t('抽查', 'Spot checks'), children: <Samples /> },
        ]} />
      )}
      {starting ? <Start close={() => setStarting(false)} /> : null}
    </>
  )
}
