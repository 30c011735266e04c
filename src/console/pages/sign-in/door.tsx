import { GlobalOutlined } from '@ant-design/icons'
import { Button, Card } from 'antd'
import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { useWords } from '../../shell/language.tsx'

/** What stands before the house: its name, the language, and one card with what is asked. */
export function Door({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const { t, language, setLanguage } = useWords()
  useEffect(() => { document.title = `${title} · 活水 Huoshui` }, [title])
  return (
    <div className="door">
      <header className="door-head">
        <span className="mark"><img src="/assets/favicon.svg" alt="" /><span>{t('活水', 'Huoshui')}</span></span>
        <Button type="text" style={{ color: '#fff' }} icon={<GlobalOutlined />} onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')} lang={language === 'zh' ? 'en' : 'zh-CN'}>{language === 'zh' ? 'English' : '中文'}</Button>
      </header>
      <main className="door-main" id="main">
        <p className="door-motto">{t('政务新媒体与网站巡检平台', 'Government channels, watched and kept alive')}</p>
        <Card className="door-card" variant="borderless">
          <h1>{title}</h1>
          {lead === undefined ? null : <p className="quiet">{lead}</p>}
          {children}
        </Card>
      </main>
    </div>
  )
}
