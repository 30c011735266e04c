import { Timeline } from 'antd'
import { stepName } from '../../../domain/candidate.ts'
import { addressOf } from '../../api/client.ts'
import { Nothing } from '../../parts/states.tsx'
import { StateTag } from '../../parts/tags.tsx'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import type { DossierData } from './dossier.tsx'

/** Every step that the office and the unit took, and the documents that went out. */
export function Trail({ file }: { file: Pick<DossierData, 'id' | 'steps' | 'orders' | 'files'> }) {
  const { t } = useWords()
  if (file.steps.length === 0) return <Nothing>{t('尚未处置。', 'Nobody has acted yet.')}</Nothing>
  const nameOf = new Map(file.files.map((f) => [f.sha256, f.name]))
  return (
    <>
      {file.orders.length === 0 ? null : (
        <ul className="said">{file.orders.map((o) => <li key={o.id}><a href={addressOf('/api/orders/:id/file', { params: { id: o.id } })} download>{o.number}</a> <span className="quiet">{t(`${o.issuedOn} 发出,期限 ${o.deadline}`, `issued ${o.issuedOn}, due ${o.deadline}`)}</span></li>)}</ul>
      )}
      <Timeline style={{ marginTop: 12 }} items={file.steps.map((s, i) => ({
        key: i,
        content: (
          <div>
            <b>{t(stepName(s.step))}</b> <StateTag state={s.to} /> <span className="quiet">{s.actor.name} · <When at={s.at} /></span>
            <div>{s.reason}</div>
            {typeof s.detail?.['deadline'] === 'string' ? <div className="quiet">{t(`期限 ${s.detail['deadline']}`, `deadline ${s.detail['deadline']}`)}</div> : null}
            {Array.isArray(s.detail?.['files']) ? <div>{(s.detail['files'] as string[]).map((f) => <a key={f} href={addressOf('/api/candidates/:id/files/:sha256', { params: { id: file.id, sha256: f } })} download style={{ marginInlineEnd: 12 }}>{nameOf.get(f) ?? f.slice(0, 12)}</a>)}</div> : null}
          </div>
        ),
      }))} />
    </>
  )
}
