import { Modal, Select } from 'antd'
import { useState } from 'react'
import { useApi } from '../../api/use.ts'
import { useMe } from '../../shell/me.tsx'
import { useWords } from '../../shell/language.tsx'

/** Gives candidates into somebody's hands, or nobody's. */
export function AssignDialog({ count, close, send }: { count: number; close: () => void; send: (assignee: string | null) => void }) {
  const { t } = useWords()
  const me = useMe()
  const { data, isFetching } = useApi('/api/candidates/reviewers', {})
  const [to, setTo] = useState(me.id)
  const others = (data ?? []).filter((r) => r.id !== me.id).map((r) => ({ value: r.id, label: t(`${r.name}${r.region === null ? '' : ` · ${r.region}`}(在手 ${r.inHand} 件)`, `${r.name}${r.region === null ? '' : ` · ${r.region}`} (${r.inHand} in hand)`) }))
  return (
    <Modal open title={t(`分派 ${count} 件`, `Assign ${count}`)} onCancel={close} onOk={() => send(to === '' ? null : to)} okText={t('分派', 'Assign')} cancelText={t('取消', 'Cancel')} destroyOnHidden>
      <label htmlFor="assignee">{t('交给', 'Into the hands of')}</label>
      <Select id="assignee" autoFocus loading={isFetching} value={to} onChange={setTo} style={{ width: '100%', marginTop: 6 }} showSearch={{ optionFilterProp: 'label' }} options={[{ value: me.id, label: t('我自己', 'Myself') }, ...others, { value: '', label: t('不指定', 'Nobody') }]} />
    </Modal>
  )
}
