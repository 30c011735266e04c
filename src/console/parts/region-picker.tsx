import { TreeSelect } from 'antd'
import { useMemo } from 'react'
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
  return (
    <TreeSelect allowClear style={{ width: '100%', ...style }} {...(id === undefined ? {} : { id })} aria-label={label ?? t('选择地区', 'choose a region')} placeholder={t('选择地区', 'Region')} value={value} disabled={disabled} loading={isFetching && data === undefined}
      treeData={tree} treeNodeFilterProp="title" showSearch onChange={(code: string | undefined) => onChange?.(code)} treeDefaultExpandedKeys={tree.map((n) => n.value)} styles={{ popup: { root: { maxHeight: 420 } } }} />
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
