import { Alert, Descriptions, Drawer, Tabs } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { addressOf, ApiError } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { Failed, Loading } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'

/** Characters of a source that are shown; the file has all. */
const SHOWN = 200_000

/**
 * A piece of evidence: picture or source, headers, hash. The source is text and stays text: it is never given to the browser
 * as a page, so that nothing in it can run or load.
 */
export function EvidenceView({ sha256, close }: { sha256: string; close: () => void }) {
  const { t } = useWords()
  const { data, error } = useApi('/api/evidence/:sha256', { params: { sha256 } })
  const [tab, setTab] = useState('bytes')
  const picture = data?.kind === 'screenshot' || data?.kind === 'thumbnail'
  const first = data?.received[0]
  return (
    <Drawer open size="min(900px, 92vw)" onClose={close} title={t('证据', 'Evidence')} destroyOnHidden>
      {error === null ? null : <Failed error={error} />}
      {data === undefined ? (error === null ? <Loading /> : null) : (
        <>
          <Descriptions size="small" column={1} items={[
            { key: 'sha', label: 'SHA-256', children: <code className="address">{data.sha256}</code> },
            { key: 'url', label: t('来源', 'From'), children: <span className="address">{first?.finalUrl ?? '–'}</span> },
            { key: 'at', label: t('收到时间', 'Received'), children: <When at={first?.fetchedAt ?? null} /> },
            { key: 'type', label: t('类型与大小', 'Type and size'), children: `${data.contentType ?? data.kind} · ${(data.size / 1024).toFixed(1)} kB${first?.status === null || first === undefined ? '' : ` · HTTP ${first.status}`}` },
          ]} />
          <Tabs activeKey={tab} onChange={setTab} destroyOnHidden items={[
            picture
              ? { key: 'bytes', label: t('截图', 'Picture'), children: <img src={addressOf('/api/evidence/:sha256/picture', { params: { sha256 } })} alt={t(`页面截图,取自 ${first?.finalUrl ?? ''}`, `the page as rendered, ${first?.finalUrl ?? ''}`)} style={{ maxWidth: '100%', border: '1px solid var(--line)' }} /> }
              : { key: 'bytes', label: t('网页源码', 'Source'), children: <Source sha256={sha256} /> },
            { key: 'headers', label: t('响应头', 'Headers'), children: first?.headers === null || first === undefined ? <p className="quiet">{t('没有记录响应头。', 'No headers were kept.')}</p> : <pre className="raw">{Object.entries(first.headers).map(([k, v]) => `${k}: ${v}`).join('\n')}</pre> },
            { key: 'received', label: t(`收到记录(${data.received.length})`, `Received (${data.received.length})`), children: <ul className="said">{data.received.map((r) => <li key={`${r.channel} ${r.fetchedAt} ${r.url}`}><When at={r.fetchedAt} /> <span className="address">{r.url}</span></li>)}</ul> },
          ]} />
        </>
      )}
    </Drawer>
  )
}

function Source({ sha256 }: { sha256: string }) {
  const { t } = useWords()
  const address = addressOf('/api/evidence/:sha256/source', { params: { sha256 } })
  const { data, error } = useQuery<string, ApiError>({
    queryKey: [address],
    queryFn: async ({ signal }) => {
      const response = await fetch(address, { signal, credentials: 'same-origin' })
      if (response.ok) return response.text()
      const answer = (await response.json()) as { error: { code: string; message: { zh: string; en: string }; details: unknown[] } }
      throw new ApiError(response.status, answer.error.code, answer.error.message, answer.error.details)
    },
    retry: false,
  })
  if (error !== null) return <Failed error={error} />
  if (data === undefined) return <Loading />
  return (
    <>
      <p className="quiet"><a href={address} download>{t('下载源码文本', 'Download the source as text')}</a> · {t('按文本显示,不会执行其中的任何内容', 'shown as text; nothing in it runs')}</p>
      {data.length > SHOWN ? <Alert type="info" title={t(`内容较长,只显示前 ${SHOWN / 1000} 千字符。`, `It is long: the first ${SHOWN / 1000} thousand characters are shown.`)} style={{ marginBottom: 8 }} /> : null}
      <pre className="raw source" tabIndex={0}>{data.slice(0, SHOWN)}</pre>
    </>
  )
}
