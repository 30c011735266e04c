import { Alert, Modal } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, addressOf } from '../api/client.ts'
import { useWords } from '../shell/language.tsx'
import { Failed, Loading } from './states.tsx'

const SHOWN = 200_000

/** A picture of a page as it was seen, small; pressed, it fills the window. */
export function EvidencePicture({ sha256, about }: { sha256: string; about: string }) {
  const { t } = useWords()
  const [state, setState] = useState<'small' | 'large' | 'lost'>('small')
  const source = addressOf('/api/evidence/:sha256/picture', { params: { sha256 } })
  const words = t(`页面截图:${about}`, `picture of ${about}`)
  if (state === 'lost') return <p className="quiet">{t('这张截图的内容不在证据库中。', 'The bytes of this picture are not in the store.')}</p>
  return (
    <>
      <button type="button" className="evidence-picture" onClick={() => setState('large')} aria-label={t(`放大${words}`, `enlarge the ${words}`)}><img src={source} alt={words} loading="lazy" onError={() => setState('lost')} /></button>
      <Modal open={state === 'large'} title={words} footer={null} width="90vw" onCancel={() => setState('small')} destroyOnHidden><img src={source} alt={words} style={{ maxWidth: '100%' }} /></Modal>
    </>
  )
}

/** The source of a page as text, with the words that a date stands on marked. */
export function EvidenceSource({ sha256, mark, close }: { sha256: string; mark: string | null; close: () => void }) {
  const { t } = useWords()
  const { data, error, isPending } = useQuery<string, ApiError>({
    queryKey: ['evidence source', sha256],
    queryFn: async ({ signal }) => {
      const answer = await fetch(addressOf('/api/evidence/:sha256/source', { params: { sha256 } }), { credentials: 'same-origin', signal })
      if (!answer.ok) throw new ApiError(answer.status, 'failed', { zh: '网页源码读取失败,内容可能不在证据库中', en: 'the source could not be read; its bytes may not be in the store' }, [])
      return answer.text()
    },
  })
  const text = data?.slice(0, SHOWN) ?? ''
  // A row's words stand apart in the source; its date at least stands together.
  const words = mark === null || text.includes(mark) ? mark : /\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}/.exec(mark)?.[0] ?? null
  const found = words === null || words === '' ? -1 : text.indexOf(words)
  return (
    <Modal open title={t('网页源码', 'Source of the page')} footer={null} width="90vw" onCancel={close} destroyOnHidden>
      {isPending ? <Loading /> : error !== null ? <Failed error={error} /> : (
        <>
          <p className="quiet"><code className="hash">SHA-256 {sha256}</code></p>
          {found < 0 ? null : <Alert type="info" showIcon title={<>{t('日期依据已标出:', 'The words that the date stands on: ')}<q>{words}</q></>} style={{ marginBottom: 8 }} />}
          <pre className="source" tabIndex={0} aria-label={t('网页源码', 'source')}>{found < 0 || words === null ? text : <>{text.slice(0, found)}<mark ref={(at) => at?.scrollIntoView({ block: 'center' })}>{words}</mark>{text.slice(found + words.length)}</>}</pre>
          {data !== undefined && data.length > SHOWN ? <p className="quiet">{t('只显示前20万字,全文见证据包。', 'The first 200,000 characters; the whole is in the evidence pack.')}</p> : null}
        </>
      )}
    </Modal>
  )
}
