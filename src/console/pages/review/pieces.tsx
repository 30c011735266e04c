import { Button, Table, Tag } from 'antd'
import { useState } from 'react'
import { addressOf } from '../../api/client.ts'
import { Nothing } from '../../parts/states.tsx'
import { EvidencePicture, EvidenceSource } from '../../parts/evidence.tsx'
import { When, minuteOf } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import type { DossierData } from './dossier.tsx'

const KINDS = { page: { zh: '网页', en: 'page' }, screenshot: { zh: '截图', en: 'screenshot' }, attachment: { zh: '附件', en: 'attachment' } } as const

/** What was received, each with its hash and time; what the unit itself stated or brought beside it. */
export function Pieces({ file }: { file: DossierData }) {
  const { t } = useWords()
  const [source, setSource] = useState<string | null>(null)
  const pictures = file.pieces.filter((p) => p.kind === 'screenshot')
  const said = file.evidence.filter((e) => e.kind === 'attestation' || e.kind === 'register')
  return (
    <>
      {file.pieces.length === 0 && said.length === 0 ? <Nothing>{t('没有网页证据;依据见条款与观测记录。', 'No page was kept; see the clause and the sightings.')}</Nothing> : null}
      {pictures.length === 0 ? null : <div>{pictures.map((p) => <EvidencePicture key={p.sha256} sha256={p.sha256} about={`${p.finalUrl} ${minuteOf(p.fetchedAt)}`} />)}</div>}
      {file.pieces.length === 0 ? null : (
        <Table size="small" rowKey="sha256" pagination={false} dataSource={[...file.pieces]} columns={[
          { title: t('类别', 'Kind'), dataIndex: 'kind', width: 96, render: (kind: keyof typeof KINDS, p) => <>{t(KINDS[kind] ?? { zh: kind, en: kind })}{p.cited ? null : <Tag style={{ marginInlineStart: 4 }}>{t('另附', 'also')}</Tag>}</> },
          { title: t('来源', 'From'), render: (_, p) => <><span className="address">{p.finalUrl}</span>{p.status === null ? '' : ` · HTTP ${p.status}`}<br /><code className="hash" title="SHA-256">{p.sha256}</code></> },
          { title: t('查看', 'See'), width: 76, render: (_, p) => (p.kind === 'page' ? <Button size="small" type="link" style={{ paddingInline: 0 }} onClick={() => setSource(p.sha256)}>{t('源码', 'Source')}</Button> : null) },
          { title: t('取得时间', 'Received'), dataIndex: 'fetchedAt', width: 140, render: (at: string) => <When at={at} /> },
        ]} />
      )}
      {said.length === 0 ? null : <ul className="said">{said.map((e, i) => <Said key={i} of={e} />)}</ul>}
      <Files file={file} />
      {source === null ? null : <EvidenceSource sha256={source} mark={file.witness?.raw ?? null} close={() => setSource(null)} />}
    </>
  )
}

function Said({ of }: { of: Readonly<Record<string, unknown>> }) {
  const { t } = useWords()
  const newest = String(of['newest'] ?? of['newestOn'] ?? '')
  if (of['kind'] === 'attestation') return <li>{t(`单位填报(${String(of['statedBy'])},${String(of['statedOn'])}):最近更新 ${newest}`, `Stated by the unit (${String(of['statedBy'])}, ${String(of['statedOn'])}): newest ${newest}`)}</li>
  return <li>{t(`同一单位同一平台:${String(of['name'])}${newest === '' ? '' : `(最近更新 ${newest})`}`, `The unit’s other account on this platform: ${String(of['name'])}${newest === '' ? '' : ` (newest ${newest})`}`)}</li>
}

/** Files that the unit brought, pictures shown on demand. */
export function Files({ file }: { file: Pick<DossierData, 'id' | 'files'> }) {
  const { t } = useWords()
  const [open, setOpen] = useState<string | null>(null)
  if (file.files.length === 0) return null
  const address = (sha256: string): string => addressOf('/api/candidates/:id/files/:sha256', { params: { id: file.id, sha256 } })
  return (
    <section aria-label={t('单位材料', 'What the unit brought')}>
      <h3>{t('单位材料', 'What the unit brought')}</h3>
      <ul className="said">
        {file.files.map((f) => (
          <li key={f.sha256}>
            <a href={address(f.sha256)} download>{f.name}</a> <span className="quiet">{Math.max(1, Math.round(f.size / 1024)).toLocaleString('en')} kB · {f.by} · <When at={f.at} /></span>
            {/\.(png|jpe?g)$/i.test(f.name) ? <Button size="small" type="link" onClick={() => setOpen(open === f.sha256 ? null : f.sha256)} aria-expanded={open === f.sha256}>{open === f.sha256 ? t('收起', 'Hide') : t('查看', 'Show')}</Button> : null}
            <br /><code className="hash" title="SHA-256">{f.sha256}</code>
            {open === f.sha256 ? <div><img src={address(f.sha256)} alt={f.name} style={{ maxWidth: '100%', border: '1px solid var(--line)' }} /></div> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
