import { Button, Table } from 'antd'
import { useState } from 'react'
import { Nothing } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import { EvidenceView } from './evidence-view.tsx'
import type { ChannelFile } from './index.tsx'

type Piece = ChannelFile['evidence'][number]

/** What was received for the channel, the latest first. */
export function EvidenceList({ pieces }: { pieces: readonly Piece[] }) {
  const { t } = useWords()
  const [shown, setShown] = useState<string | null>(null)
  const kinds: Readonly<Record<string, string>> = { page: t('网页', 'Page'), screenshot: t('截图', 'Picture'), thumbnail: t('缩略图', 'Thumbnail'), attachment: t('附件', 'Attachment') }
  return (
    <>
      <Table<Piece> size="small" rowKey={(p) => `${p.sha256} ${p.url}`} dataSource={[...pieces]} pagination={{ pageSize: 20, hideOnSinglePage: true }}
        locale={{ emptyText: <Nothing>{t('还没有证据:巡检收到的页面会按哈希保存在这里。', 'No evidence yet: pages that visits receive are kept here by their hash.')}</Nothing> }}
        columns={[
          { title: t('种类', 'Kind'), width: 90, render: (_, p) => kinds[p.kind] ?? p.kind },
          { title: t('来源', 'From'), render: (_, p) => <span className="address">{p.finalUrl}</span> },
          { title: 'HTTP', width: 70, render: (_, p) => p.status ?? '–' },
          { title: t('大小', 'Size'), width: 100, render: (_, p) => <span className="number">{(p.size / 1024).toFixed(1)} kB</span> },
          { title: t('收到', 'Received'), width: 150, render: (_, p) => <When at={p.fetchedAt} /> },
          { title: 'SHA-256', width: 150, render: (_, p) => <Button className="data" type="link" size="small" style={{ paddingInline: 0 }} onClick={() => setShown(p.sha256)} aria-label={t(`查看证据 ${p.sha256.slice(0, 12)}`, `show the evidence ${p.sha256.slice(0, 12)}`)}><code>{p.sha256.slice(0, 12)}</code></Button> },
        ]} />
      {shown === null ? null : <EvidenceView sha256={shown} close={() => setShown(null)} />}
    </>
  )
}
