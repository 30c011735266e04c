import { Button, Card, Descriptions } from 'antd'
import { Link, useParams } from 'react-router'
import { addressOf } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { Failed, Loading } from '../../parts/states.tsx'
import { KindName, StateTag } from '../../parts/tags.tsx'
import { useWords } from '../../shell/language.tsx'
import { WITNESS_NAMES, ruleName } from '../../words/review.ts'
import { Files, Pieces } from '../review/pieces.tsx'
import { Trail } from '../review/trail.tsx'
import { Reply } from './reply.tsx'

/** One matter as its unit sees it: what was found, by what, until when; both sides; and the answer. */
export default function Matter() {
  const { t } = useWords()
  const { id = '0' } = useParams()
  const { data: file, error, refetch } = useApi('/api/candidates/:id', { params: { id } })
  if (error !== null && file === undefined) return <Failed error={error} retry={() => void refetch()} />
  if (file === undefined) return <Loading />
  const mayReply = file.legal.includes('answer') || file.legal.includes('contest')
  return (
    <>
      <PageHead title={file.channel.name} actions={<Link to="/unit">{t('返回列表', 'Back to the list')}</Link>}><KindName kind={file.channel.kind} /> · <span className="address">{file.channel.address}</span></PageHead>
      <div className="two">
        <div>
          <Card size="small" title={<>{t('要求', 'What is asked')} <StateTag state={file.state} /></>}>
            <Descriptions size="small" column={1} styles={{ label: { width: 110 } }} items={[
              { key: 'clause', label: t('存在的问题', 'What is wrong'), children: <>{t(ruleName(file.rule))}:{t(file.clause)}</> },
              { key: 'newest', label: t('最近更新', 'Newest'), children: <span className="number">{file.newest ?? t('未见', 'none seen')}{file.daysOver === null ? '' : t(`,超期 ${file.daysOver} 天`, `, ${file.daysOver} days over`)}</span> },
              ...(file.witness === null ? [] : [{ key: 'witness', label: t('日期依据', 'It stands on'), children: <>{t(WITNESS_NAMES[file.witness.source] ?? { zh: file.witness.source, en: file.witness.source })} <q>{file.witness.raw}</q></> }]),
              { key: 'deadline', label: t('期限', 'Deadline'), children: <b className="number">{file.deadline ?? '–'}</b> },
              { key: 'orders', label: t('文书', 'Document'), children: file.orders.length === 0 ? t('尚未发文', 'none yet') : file.orders.map((o) => <a key={o.id} href={addressOf('/api/orders/:id/file', { params: { id: o.id } })} download style={{ marginInlineEnd: 12 }}>{o.number}</a>) },
            ]} />
            <Button size="small" href={addressOf('/api/candidates/:id/pack', { params: { id: file.id } })} download>{t('下载证据包', 'Download the evidence')}</Button>
          </Card>
          {mayReply ? <Reply file={file} /> : null}
        </div>
        <div>
          <Card size="small" title={t('办理经过', 'What has happened')}><Trail file={file} />{mayReply ? null : <Files file={file} />}</Card>
          <Card size="small" title={t('证据', 'Evidence')} style={{ marginTop: 12 }}><Pieces file={{ ...file, files: [] }} /></Card>
        </div>
      </div>
    </>
  )
}
