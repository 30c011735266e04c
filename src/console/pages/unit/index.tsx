import { Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { PageHead } from '../../parts/page-head.tsx'
import { useWords } from '../../shell/language.tsx'
import { Matters } from './matters.tsx'
import { Statements } from './statements.tsx'

/** The unit's own view: what it is asked to do, and what it states of its channels. */
export default function Unit() {
  const { t } = useWords()
  const [search, setSearch] = useSearchParams()
  return (
    <>
      <PageHead title={t('本单位事项', 'My unit')}>{t('查看整改通知,反馈整改情况并上传佐证,有异议的可以申诉;无法自动巡检的渠道请按月填报最近更新日期。', 'See what is asked of you, answer with proof or contest it; state monthly the last publication of channels that cannot be seen from outside.')}</PageHead>
      <Tabs activeKey={search.get('tab') ?? 'matters'} onChange={(tab) => setSearch({ tab })} destroyOnHidden items={[
        { key: 'matters', label: t('整改与申诉', 'Orders and appeals'), children: <Matters /> },
        { key: 'statements', label: t('日期填报', 'Statements'), children: <Statements /> },
      ]} />
    </>
  )
}
