import { Alert, Button, Descriptions, Space, Tabs } from 'antd'
import { Link } from 'react-router'
import { PROPOSALS, STEPS } from '../../../domain/candidate.ts'
import type { Step } from '../../../domain/candidate.ts'
import { addressOf } from '../../api/client.ts'
import type { AnswerOf, RouteOf } from '../../api/types.ts'
import { Key, KindName, ProposalTag, StateTag } from '../../parts/tags.tsx'
import { may, useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'
import { STEP_KEYS, WITNESS_NAMES, ruleName, titled } from '../../words/review.ts'
import { Pieces } from './pieces.tsx'
import { Rules } from './rules.tsx'
import { Sightings } from './sightings.tsx'
import { Trail } from './trail.tsx'

export type DossierData = AnswerOf<RouteOf<'GET', '/api/candidates/:id'>>

type Props = { readonly file: DossierData; readonly decide: (step: Step) => void; readonly assign: () => void; readonly issue: () => void }

/** The right side: clause and reason on top, then what it is decided by, then what may be done. */
export function DossierView({ file, decide, assign, issue }: Props) {
  const { t } = useWords()
  const me = useMe()
  const deciding = may(me, ['rectification'])
  const { channel, witness } = file
  const unsettled = file.closedAt === null
  const issuable = file.state === 'ordered' || file.state === 'escalated' || file.state === 'to_shut_down'
  const issued = file.orders.some((o) => o.deadline === file.deadline)
  const proposal = Object.hasOwn(PROPOSALS, file.proposal) ? t(PROPOSALS[file.proposal as keyof typeof PROPOSALS]) : file.proposal
  const contested = file.steps.findLast((s) => s.step === 'contest' || s.step === 'answer')
  return (
    <article aria-label={channel.name} className="dossier">
      <header>
        <div style={{ minWidth: 0 }}>
          <h2><Link to={`/channels/${channel.id}`}>{channel.name}</Link> <StateTag state={file.state} /> {file.state === 'open' ? <ProposalTag proposal={file.proposal} /> : null}</h2>
          <p className="quiet address"><KindName kind={channel.kind} /> · {channel.address}{channel.organisation === null ? '' : ` · ${channel.organisation}`}{channel.region === null ? '' : ` · ${channel.region}`}</p>
        </div>
        <span className="quiet number" style={{ whiteSpace: 'nowrap' }}>#{file.id}</span>
      </header>
      <div className="clause">
        <p className="clause-words"><b>{t(ruleName(file.rule))}</b> {t(file.clause)}</p>
        <dl className="figures">
          <div><dt>{t('最近更新', 'Newest')}</dt><dd className="number">{file.newest ?? t('未见', 'none seen')}</dd></div>
          <div><dt>{t('超期', 'Over by')}</dt><dd className="number">{file.daysOver === null ? '–' : t(`${file.daysOver} 天`, `${file.daysOver} days`)}</dd></div>
          <div><dt>{t('起始', 'Since')}</dt><dd className="number">{file.since ?? '–'}</dd></div>
          <div><dt>{t('处置建议', 'Proposed')}</dt><dd>{proposal}</dd></div>
          {file.deadline === null ? null : <div><dt>{t('期限', 'Deadline')}</dt><dd className="number">{file.deadline}</dd></div>}
          {file.exemptUntil === null ? null : <div><dt>{t('豁免至', 'Exempt until')}</dt><dd className="number">{file.exemptUntil}</dd></div>}
          {file.target === null ? null : <div><dt>{t('并入', 'Into')}</dt><dd><Link to={`/channels/${file.target.id}`}>{file.target.name}</Link></dd></div>}
        </dl>
        {witness === null ? null : (
          <p className="witness"><span className="quiet">{t('日期依据:', 'The date stands on ')}{t(WITNESS_NAMES[witness.source] ?? { zh: witness.source, en: witness.source })}{witness.where === undefined ? '' : ` ${witness.where}`} </span><q>{witness.raw}</q></p>
        )}
      </div>
      {unsettled && contested !== undefined && (file.state === 'contested' || file.state === 'answered') ? <Alert type="info" showIcon style={{ marginBottom: 8 }} title={<><b>{contested.step === 'contest' ? t(`单位申诉(${contested.actor.name}):`, `The unit contests (${contested.actor.name}): `) : t(`单位反馈(${contested.actor.name}):`, `The unit answered (${contested.actor.name}): `)}</b>{contested.reason}</>} /> : null}
      {unsettled && file.state !== 'open' ? <Recheck file={file} /> : null}
      {deciding ? (
        <Space wrap size={6} className="acts no-print">
          {file.legal.filter((s) => s !== 'answer' && s !== 'contest').map((step) => (
            <Button key={step} {...(isLead(file, step) ? { type: 'primary' as const } : {})} onClick={() => decide(step)} aria-keyshortcuts={STEP_KEYS[step] ?? ''}>{t(titled(STEPS[step]))}<Key>{STEP_KEYS[step] ?? ''}</Key></Button>
          ))}
          {issuable && !issued ? <Button onClick={issue} aria-keyshortcuts="N">{file.state === 'to_shut_down' ? t('制发关停通知', 'Issue the notice') : t('制发整改通知单', 'Issue the order')}<Key>N</Key></Button> : null}
          {unsettled ? <Button {...(file.assignee === null ? {} : { className: 'data' })} onClick={assign} aria-keyshortcuts="A">{file.assignee === null ? t('分派', 'Assign') : t(`在 ${file.assignee.name} 手中`, `With ${file.assignee.name}`)}<Key>A</Key></Button> : null}
          <Button href={addressOf('/api/candidates/:id/pack', { params: { id: file.id } })} download>{t('证据包', 'Evidence pack')}</Button>
        </Space>
      ) : null}
      <Tabs size="small" items={[
        { key: 'evidence', label: t(`证据(${file.pieces.length})`, `Evidence (${file.pieces.length})`), children: <><Pieces file={file} /><Rules file={file} /></> },
        { key: 'sightings', label: t('观测记录', 'Sightings'), children: <Sightings rows={file.sightings} /> },
        { key: 'trail', label: t(`处置经过(${file.steps.length})`, `Steps (${file.steps.length})`), children: <Trail file={file} /> },
        { key: 'channel', label: t('渠道信息', 'Channel'), children: <ChannelFacts file={file} /> },
      ]} />
    </article>
  )
}

/** The decision that the program's own proposal suggests is shown first among equals. */
function isLead(file: DossierData, step: Step): boolean {
  return file.state === 'open' && ((file.proposal === 'rectify' && step === 'order') || (file.proposal === 'merge' && step === 'plan_merge') || (file.proposal === 'shut_down' && step === 'plan_shut_down'))
}

/** What the crawler has seen since the last step: a re-check rests on it. */
function Recheck({ file }: { file: DossierData }) {
  const { t } = useWords()
  const { newest, visitedAt } = file.channelNow
  if (!file.visitedSince) return <p className="quiet" style={{ margin: '0 0 8px' }}>{t('上一步处置后尚未巡检到该渠道,复查前请先巡检。', 'It has not been seen since the last step; visit it before a re-check.')} <Link to={`/channels/${file.channel.id}`}>{t('到渠道页巡检', 'Visit it from its page')}</Link></p>
  const better = newest !== null && (file.newest === null || newest > file.newest)
  const seen = (visitedAt ?? '').slice(0, 10)
  return <Alert style={{ marginBottom: 8 }} type={better ? 'success' : 'warning'} showIcon title={better ? t(`巡检复查:${seen} 见到新的更新,最近更新 ${newest}`, `Re-check by visit: on ${seen} it had published again, newest ${newest}`) : t(`巡检复查:截至 ${seen} 未见新的更新${newest === null ? '' : `,最近更新仍为 ${newest}`}`, `Re-check by visit: nothing new up to ${seen}${newest === null ? '' : `; the newest is still ${newest}`}`)} />
}

function ChannelFacts({ file: { channel, edition, openedAt } }: { file: DossierData }) {
  const { t } = useWords()
  return (
    <Descriptions size="small" column={1} bordered styles={{ label: { width: 130 } }} items={[
      { key: 'code', label: t('标识码', 'Site code'), children: channel.siteCode ?? '–' },
      { key: 'unit', label: t('主办单位', 'Sponsor'), children: channel.organisation ?? '–' },
      { key: 'over', label: t('主管单位', 'Supervisor'), children: channel.supervisor ?? '–' },
      { key: 'region', label: t('地区', 'Region'), children: channel.region ?? '–' },
      { key: 'address', label: t('网址或账号', 'Address'), children: <span className="address">{channel.address}</span> },
      { key: 'edition', label: t('依据标准', 'Standard'), children: edition },
      { key: 'opened', label: t('发现时间', 'Found on'), children: openedAt.slice(0, 10) },
    ]} />
  )
}
