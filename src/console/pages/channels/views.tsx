import { App, Button, Dropdown, Input, Modal, Popconfirm } from 'antd'
import { DeleteOutlined, DownOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { put, remove } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { useOnce } from '../../parts/once.ts'
import { useSaying } from '../../parts/saying.ts'
import { useWords } from '../../shell/language.tsx'

/** This person's saved views: opened, kept under a name, dropped. */
export function SavedViews({ kept, open }: { kept: string; open: (query: string) => void }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const saying = useSaying()
  const { data } = useApi('/api/views', { query: { page: 'channels' } })
  const [name, setName] = useState<string | null>(null)
  const again = () => client.invalidateQueries({ queryKey: ['/api/views'] })
  const save = async (): Promise<void> => {
    if (name === null || name.trim() === '') return
    try {
      await put('/api/views', { body: { page: 'channels', name: name.trim(), query: kept } })
      setName(null)
      await again()
      void message.success(t('视图已保存', 'The view is saved'))
    } catch (problem) { saying(problem) }
  }
  const [saveOnce, busy] = useOnce(save)
  const drop = async (id: number): Promise<void> => {
    try {
      await remove('/api/views/:id', { params: { id } })
      await again()
    } catch (problem) { saying(problem) }
  }
  const views = data ?? []
  const current = views.find((v) => v.query === kept)
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items: [
        ...views.map((v) => ({
          key: String(v.id),
          label: <span className="view-row"><span>{v.name}</span><Popconfirm title={t('删除这个视图?', 'Drop this view?')} onConfirm={() => void drop(v.id)}><Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t(`删除视图 ${v.name}`, `Drop the view ${v.name}`)} onClick={(e) => e.stopPropagation()} /></Popconfirm></span>,
          onClick: () => open(v.query),
        })),
        ...(views.length === 0 ? [{ key: 'none', disabled: true, label: t('还没有保存的视图', 'No saved view yet') }] : []),
        { type: 'divider' as const },
        { key: 'save', label: t('把当前筛选保存为视图…', 'Save these filters as a view…'), onClick: () => setName(current?.name ?? '') },
      ] }}>
        <Button>{current?.name ?? t('常用视图', 'Views')} <DownOutlined /></Button>
      </Dropdown>
      <Modal open={name !== null} title={t('保存视图', 'Save the view')} okText={t('保存', 'Save')} cancelText={t('取消', 'Cancel')} onOk={() => saveOnce()} confirmLoading={busy} onCancel={() => setName(null)} okButtonProps={{ disabled: name === null || name.trim() === '' }} destroyOnHidden>
        <label htmlFor="view-name">{t('名称(同名则替换)', 'Name (one of that name is replaced)')}</label>
        <Input id="view-name" maxLength={60} autoFocus value={name ?? ''} onChange={(e) => setName(e.target.value)} onPressEnter={() => saveOnce()} />
      </Modal>
    </>
  )
}
