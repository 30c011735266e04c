import { Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { PageHead } from '../../parts/page-head.tsx'
import { useWords } from '../../shell/language.tsx'
import { AvailabilityWeeks } from './availability.tsx'
import { Bridges } from './bridges.tsx'
import { Credentials } from './credentials.tsx'
import { EngineRoomView } from './engine-room.tsx'
import { Policies } from './policies.tsx'
import { Signals } from './signals.tsx'

/** For operations: when channels are visited, by what means, and whether the work goes on. */
export default function Scheduling() {
  const { t } = useWords()
  const [search, setSearch] = useSearchParams()
  return (
    <>
      <PageHead title={t('调度', 'Scheduling')}>{t('设定巡检策略,查看巡检是否正常进行,维护凭据与转接。', 'Set when channels are visited, see that the work goes on, keep credentials and bridges.')}</PageHead>
      <Tabs
        activeKey={search.get('tab') ?? 'running'}
        onChange={(tab) => setSearch({ tab })}
        items={[
          { key: 'running', label: t('运行状况', 'Running'), children: <EngineRoomView /> },
          { key: 'policies', label: t('巡检策略', 'Policies'), children: <Policies /> },
          { key: 'availability', label: t('站点无法访问监测周', 'Availability weeks'), children: <AvailabilityWeeks /> },
          { key: 'credentials', label: t('凭据', 'Credentials'), children: <Credentials /> },
          { key: 'bridges', label: t('转接订阅', 'Bridges'), children: <Bridges /> },
          { key: 'signals', label: t('待核实的平台提示', 'Platform words to confirm'), children: <Signals /> },
        ]}
        destroyOnHidden
      />
    </>
  )
}
