import { Table, Tag } from 'antd'
import { useApi } from '../../../api/use.ts'
import type { AnswerOf, RouteOf } from '../../../api/types.ts'
import { PageHead } from '../../../parts/page-head.tsx'
import { Failed } from '../../../parts/states.tsx'
import { useWords } from '../../../shell/language.tsx'

type Row = AnswerOf<RouteOf<'GET', '/api/settings'>>[number]

/** 运行配置: what the program was started with. Changed there, not here: a running watcher is not to be bent by a click. */
export default function Running() {
  const { t } = useWords()
  const { data, error, isFetching, refetch } = useApi('/api/settings', {})
  return (
    <>
      <PageHead title={t('运行配置', 'Running configuration')}>{t('服务启动时取自环境变量或命令行;修改后重启生效。密钥和密码从不显示。', 'Taken from the environment or the command line at start; a change holds after a restart. Secrets are never shown.')}</PageHead>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table<Row> size="middle" rowKey="name" loading={isFetching && data === undefined} dataSource={data ?? []} pagination={false}
        columns={[
          { title: t('含义', 'Meaning'), render: (_, s) => <>{t(s.about)}<div><code className="quiet">{s.name}</code></div></> },
          { title: t('当前值', 'In force'), width: 300, render: (_, s) => (s.value === '' ? <span className="quiet">{t('未设置', 'not set')}</span> : s.secret ? t('已设置,不显示', 'set, not shown') : <span className="address">{s.value}</span>) },
          { title: t('来源', 'Where from'), width: 240, render: (_, s) => (s.from === 'default' ? <span className="quiet">{t('默认', 'default')}</span> : <><Tag color="blue">{s.from === 'environment' ? t('环境变量', 'environment') : t('命令行', 'command line')}</Tag>{' '}{s.fallback === '' ? null : <span className="quiet">{t(`默认 ${s.fallback}`, `default ${s.fallback}`)}</span>}</>) },
        ]} />
    </>
  )
}
