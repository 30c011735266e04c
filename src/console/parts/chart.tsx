import { Button, Spin } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { ComponentProps, ReactNode } from 'react'
import { useWords } from '../shell/language.tsx'

const Canvas = lazy(() => import('./chart-canvas.tsx'))

/** Colours that stay apart in grey print and for those who see red and green alike. */
export const CHART = { brand: '#0b5c8a', light: '#6fb1d2', warm: '#d9822b', dark: '#1d2733', grey: '#9aa7b4', green: '#2f8f5b', line: '#dfe5ec', quiet: '#55606e' } as const

/** A chart with one sentence that says what it shows, and its figures as a table at a button. */
export function Chart({ option, height, sentence, table, onPoint }: Omit<ComponentProps<typeof Canvas>, 'key'> & { sentence: string; table: ReactNode }) {
  const { t } = useWords()
  const [asTable, setAsTable] = useState(false)
  return (
    <figure className="chart">
      <figcaption className="chart-words"><span className="quiet">{sentence}</span><Button type="link" size="small" className="no-print" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>{asTable ? t('看图', 'As a chart') : t('看数字', 'As figures')}</Button></figcaption>
      {asTable ? table : <Suspense fallback={<div style={{ height, display: 'grid', placeItems: 'center' }}><Spin /></div>}><Canvas option={option} height={height} {...(onPoint === undefined ? {} : { onPoint })} /></Suspense>}
    </figure>
  )
}
