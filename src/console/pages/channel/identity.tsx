import { Link } from 'react-router'
import { isKind, isGroupKind } from '../../../domain/kinds.ts'
import { When } from '../../parts/when.tsx'
import { Panel } from '../overview/figure.tsx'
import { useWords } from '../../shell/language.tsx'
import { FILINGS, FUNCTIONS, RUNNING } from '../../words/channel.ts'
import type { ChannelFile } from './index.tsx'

/** Who this is, as registered; and what the unit stated of it. An address is a link that tells nobody where it was followed from. */
export function Identity({ channel: c, attestations }: { channel: ChannelFile['channel']; attestations: ChannelFile['attestations'] }) {
  const { t } = useWords()
  const none = <span className="quiet">–</span>
  const word = (of: Readonly<Record<string, { zh: string; en: string }>>, key: string | null) => (key === null ? none : t(of[key] ?? { zh: key, en: key }))
  const rows: [string, React.ReactNode][] = [
    [t('地址', 'Address'), /^https?:\/\//.test(c.address) ? <a href={c.address} target="_blank" rel="noopener noreferrer nofollow" className="address">{c.address}</a> : <span className="address">{c.address}</span>],
    ...(c.accountId === null ? [] : [[t('账号ID', 'Account id'), c.accountId] as [string, React.ReactNode]]),
    [t('标识码', 'Site code'), c.siteCode ?? none],
    [t('主办单位', 'Organisation'), c.organisation === null ? none : <Link to={`/channels?organisation=${c.organisationId ?? ''}`}>{c.organisation}</Link>],
    [t('主管单位', 'Supervisor'), c.supervisor ?? none],
    [t('地区', 'Region'), c.region === null ? none : <Link to={`/channels?region=${c.regionCode ?? ''}`}>{c.region}</Link>],
    [t('备案', 'Filing'), <>{word(FILINGS, c.filingStatus)}{c.filingNumber === null ? '' : ` · ${c.filingNumber}`}</>],
    [t('登记状态', 'Registered as'), word(RUNNING, c.runningStatus)],
    ...(c.functionType === null ? [] : [[t('功能类型', 'Function'), word(FUNCTIONS, c.functionType)] as [string, React.ReactNode]]),
    [t('开设日期', 'Opened on'), c.openedOn ?? none],
    [t('联系人', 'Contact'), [c.contact, c.phone].filter((x) => x !== null && x !== '').join(' ') || none],
    ...(isKind(c.kind) && isGroupKind(c.kind) ? [[t('成员数', 'Members'), c.members ?? none] as [string, React.ReactNode]] : []),
    ...(c.note === null ? [] : [[t('备注', 'Note'), c.note] as [string, React.ReactNode]]),
    ...Object.entries(c.extra ?? {}).slice(0, 8),
    [t('登记于', 'Registered'), <When key="c" at={c.createdAt} />],
  ]
  const last = attestations[0]
  return (
    <Panel title={t('基本信息', 'Identity')}>
      <dl className="facts">{rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      {last === undefined ? null : <p className="quiet" style={{ margin: '8px 0 0' }}>{t(`单位填报:${last.statedBy} 于 ${last.statedOn} 填报最近更新为 ${last.newestOn}`, `Stated by the unit: ${last.statedBy}, on ${last.statedOn}: newest ${last.newestOn}`)}</p>}
    </Panel>
  )
}
