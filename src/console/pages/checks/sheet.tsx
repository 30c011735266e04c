import { Alert, Button, Card, Checkbox, Descriptions, Table, Tag } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { KINDS, isKind } from '../../../domain/kinds.ts'
import { useApi } from '../../api/use.ts'
import { OutLink } from '../../parts/out-link.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Failed, Loading } from '../../parts/states.tsx'
import { minuteOf } from '../../parts/when.tsx'
import { may, useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'
import { ANSWERS, VERDICTS } from '../../words/verdicts.ts'
import { FindingForm } from './finding-form.tsx'

/** One channel's inspection sheet: each indicator's answer, points, places and evidence; what needs a person is asked here. */
export default function Sheet() {
  const { t } = useWords()
  const me = useMe()
  const id = Number(useParams()['id'])
  const { data, error, refetch } = useApi('/api/checks/:id', { params: { id } })
  const [all, setAll] = useState(false)
  const [asking, setAsking] = useState<string | null>(null)
  if (data === undefined) return error === null ? <Loading /> : <Failed error={error} retry={() => void refetch()} />
  const rows = data.results.filter((r) => all || (r.answer !== 'not_applicable' && r.answer !== 'met'))
  const open = data.results.filter((r) => r.answer === 'person').length
  const mayFind = may(me, ['operations', 'rectification'])
  return (
    <>
      <PageHead title={t(`检查表:${data.channel.name}`, `Inspection sheet: ${data.channel.name}`)} actions={<Button onClick={() => window.print()}>{t('打印', 'Print')}</Button>}>
        <Link to={`/checks/runs/${data.run}`}>{t(`检查批次 ${data.run}`, `Run ${data.run}`)}</Link> · {t(`监测时间点 ${minuteOf(data.as_of)}`, `monitoring point ${minuteOf(data.as_of)}`)}
      </PageHead>
      <Card size="small" style={{ marginBottom: 12 }}>
        <Descriptions size="small" column={{ xs: 1, md: 2, xl: 3 }} items={[
          { key: 'v', label: t('结论', 'Verdict'), children: <><Tag color={VERDICTS[data.verdict].colour}>{t(VERDICTS[data.verdict].name)}</Tag>{data.vetoes.length === 0 ? null : t(`单项否决:${data.vetoes.join('、')}`, `vetoes: ${data.vetoes.join(', ')}`)}</> },
          { key: 's', label: t('得分', 'Score'), children: data.score === null ? t('不计分', 'not scored') : data.score.worst === data.score.best ? data.score.worst.toFixed(2) : t(`${data.score.worst.toFixed(2)}—${data.score.best.toFixed(2)}(待未核查项确定)`, `${data.score.worst.toFixed(2)} to ${data.score.best.toFixed(2)}, until what is open is settled`) },
          { key: 'k', label: t('类型', 'Kind'), children: <>{isKind(data.channel.kind) ? t(KINDS[data.channel.kind].name) : data.channel.kind}{data.channel.portal ? t('(门户)', ' (portal)') : ''}</> },
          { key: 'o', label: t('主办单位', 'Sponsor'), children: data.channel.organisation ?? '–' },
          { key: 'r', label: t('地区', 'Region'), children: data.channel.region ?? '–' },
          { key: 'a', label: t('地址', 'Address'), children: <Link className="address" to={`/channels/${data.channel.id}`}>{data.channel.address ?? t('查看渠道', 'the channel')}</Link> },
        ]} />
        {data.settled_by.length === 0 ? null : <p className="quiet" style={{ margin: '8px 0 0' }}>{t(`以下指标核实后可以定论:${data.settled_by.join('、')}`, `What would settle it: ${data.settled_by.join(', ')}`)}</p>}
      </Card>
      {open > 0 && mayFind ? <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={t(`有 ${open} 项指标需要人工核查,请在表中点“填写”。填写后重新检查即计入。`, `${open} indicators wait for a person: “Fill in” asks what the rule asks. They count in the next check.`)} /> : null}
      <Checkbox checked={all} onChange={(e) => setAll(e.target.checked)} style={{ marginBottom: 8 }} className="no-print">{t('同时显示未发现问题和不适用的指标', 'show those without a problem and those that do not apply too')}</Checkbox>
      <Table size="middle" rowKey="id" dataSource={rows} pagination={false} locale={{ emptyText: t('未发现问题。', 'No problem found.') }}
        columns={[
          { title: t('编号', 'Id'), width: 64, dataIndex: 'id' },
          { title: t('指标', 'Indicator'), width: 170, render: (_, r) => t(r.item) },
          { title: t('结果', 'Answer'), width: 130, render: (_, r) => <Tag color={ANSWERS[r.answer].colour}>{t(ANSWERS[r.answer].name)}</Tag> },
          { title: t('问题与依据', 'What was found, and the clause'), render: (_, r) => (
            <>
              <div>{t(r.problems)}</div>
              {r.places.length === 0 ? null : <ul style={{ margin: '4px 0', paddingInlineStart: 18 }}>{r.places.slice(0, 8).map((p, i) => <li key={`${p.name}${i}`}>{p.url === null ? p.name : <OutLink url={p.url}>{p.name}</OutLink>}{p.newest === null ? '' : t(`,最近更新 ${p.newest}`, `, newest ${p.newest}`)}{p.daysOver === null || p.daysOver <= 0 ? '' : t(`,超期 ${p.daysOver} 天`, `, ${p.daysOver} days over`)}{p.note === undefined ? '' : ` ${t(p.note)}`}</li>)}{r.places.length > 8 ? <li>{t(`另有 ${r.places.length - 8} 处,见导出的工作簿`, `${r.places.length - 8} more in the workbook`)}</li> : null}</ul>}
              <div className="quiet">{t(r.clause)}</div>
              {r.evidence.length === 0 ? null : <div className="quiet">{t('证据:', 'Evidence: ')}{r.evidence.slice(0, 4).map((sha, i) => <a key={sha} href={`/api/evidence/${sha}?channel=${data.channel.id}`} target="_blank" rel="noreferrer" style={{ marginInlineEnd: 8 }}>{i + 1} · {sha.slice(0, 8)}</a>)}</div>}
            </>
          ) },
          { title: t('扣(加)分', 'Points'), width: 90, align: 'right', className: 'number', render: (_, r) => (r.points === null ? '–' : r.open > 0 ? `${r.points} — ${r.points + r.open}` : r.points) },
          { title: t('上限', 'Cap'), width: 64, align: 'right', className: 'number', render: (_, r) => r.cap ?? '–' },
          ...(mayFind ? [{ title: t('操作', 'Act'), width: 90, className: 'no-print', render: (_: unknown, r: (typeof rows)[number]) => (r.answer === 'person' || r.answer === 'not_observed' ? <Button size="small" onClick={() => setAsking(r.id)}>{t('填写', 'Fill in')}</Button> : null) }] : []),
        ]} />
      {asking === null ? null : <FindingForm channel={data.channel.id} standard={data.standard} indicator={asking} close={() => setAsking(null)} />}
    </>
  )
}
