import { TreeSelect } from 'antd'
import { useMemo, useState } from 'react'
import { useApi } from '../api/use.ts'
import { useWords } from '../shell/language.tsx'

type Row = { readonly code: string; readonly name: string; readonly parent: string | null }
type Node = { value: string; title: string; children?: Node[] }
type Props = { readonly value?: string | undefined; readonly onChange?: (code: string | undefined) => void; readonly id?: string; readonly label?: string; readonly all?: boolean; readonly style?: React.CSSProperties; readonly disabled?: boolean }

/** Chooses a region, province down to county; those with channels, or `all`. Typing a part of a name finds it. */
export function RegionPicker({ value, onChange, id, label, all = false, style, disabled = false }: Props) {
  const { t } = useWords()
  const { data, isFetching } = useApi('/api/regions', { query: { all: String(all) as 'true' } })
  const tree = useMemo(() => treeOf(data ?? []), [data])
  // Ours, for its own are settled when it opens or a key is typed, and regions may come after that.
  const [text, setText] = useState('')
  const [unfolded, setUnfolded] = useState<(string | number)[]>()
  const openly = unfolded ?? (text === '' ? tree.map((n) => n.value) : (data ?? []).map((r) => r.code))
  return (
    <TreeSelect allowClear style={{ width: '100%', ...style }} {...(id === undefined ? {} : { id })} aria-label={label ?? t('选择地区', 'choose a region')} placeholder={t('选择地区', 'Region')} value={value} disabled={disabled} loading={isFetching && data === undefined}
      treeData={tree} showSearch={{ treeNodeFilterProp: 'title', onSearch: (next) => { setText(next); setUnfolded(undefined) } }} onChange={(code: string | undefined) => onChange?.(code)} treeExpandedKeys={openly} onTreeExpand={(keys) => setUnfolded([...keys])} styles={{ popup: { root: { maxHeight: 420 } } }} />
  )
}

function treeOf(rows: readonly Row[]): Node[] {
  const nodes = new Map<string, Node>(rows.map((r) => [r.code, { value: r.code, title: r.name }]))
  const roots: Node[] = []
  for (const r of rows) {
    const node = nodes.get(r.code)
    if (node === undefined) continue
    const above = r.parent === null ? undefined : nodes.get(r.parent)
    if (above === undefined) roots.push(node)
    else (above.children ??= []).push(node)
  }
  return roots
}
