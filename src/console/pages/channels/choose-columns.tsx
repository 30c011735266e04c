import { Button, Checkbox, Popover } from 'antd'
import { SettingOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useWords } from '../../shell/language.tsx'
import { COLUMNS } from './columns.tsx'

const KEY = 'huoshui.channels.columns'
const DEFAULT = COLUMNS.filter((c) => c.shown).map((c) => c.key)

/** The columns that this person wants to see; kept in this browser. */
export function useChosenColumns(): [ReadonlySet<string>, (keys: readonly string[]) => void] {
  const [keys, set] = useState<readonly string[]>(() => {
    const kept = localStorage.getItem(KEY)?.split(',').filter((k) => COLUMNS.some((c) => c.key === k))
    return kept === undefined || kept.length === 0 ? DEFAULT : kept
  })
  return [new Set(keys), (next) => { localStorage.setItem(KEY, next.join(',')); set(next) }]
}

export function ChooseColumns({ shown, choose }: { shown: ReadonlySet<string>; choose: (keys: readonly string[]) => void }) {
  const { t } = useWords()
  const label = t('选择要显示的列', 'Choose columns')
  return (
    <Popover trigger="click" placement="bottomRight" title={label} content={(
      <div style={{ display: 'grid', gap: 4, width: 320, gridTemplateColumns: '1fr 1fr' }}>
        {COLUMNS.filter((c) => c.key !== 'name').map((c) => (
          <Checkbox key={c.key} checked={shown.has(c.key)} onChange={(e) => choose(COLUMNS.map((x) => x.key).filter((k) => (k === c.key ? e.target.checked : shown.has(k))))}>{t(c.name)}</Checkbox>
        ))}
        <Button size="small" onClick={() => choose(DEFAULT)}>{t('恢复默认', 'Defaults')}</Button>
      </div>
    )}>
      <Button icon={<SettingOutlined />} aria-label={label}>{t('列', 'Columns')}</Button>
    </Popover>
  )
}
