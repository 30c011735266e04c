import { GlobalOutlined, UserOutlined } from '@ant-design/icons'
import { Button, Dropdown, Layout, Menu } from 'antd'
import { Suspense, useState } from 'react'
import { Link, Route, Routes, useLocation, useNavigate } from 'react-router'
import { HOME, PAGES } from '../pages.ts'
import { Loading, Nowhere } from '../parts/states.tsx'
import { ROLE_NAMES } from '../words/roles.ts'
import { signOut } from './sign-out.ts'
import { useWords } from './language.tsx'
import { may, useMe } from './me.tsx'

/** The frame around every page: the menu of what this person may do, the language, who is signed in. */
export function Frame() {
  const { t, language, setLanguage } = useWords()
  const me = useMe()
  const location = useLocation()
  const navigate = useNavigate()
  const [narrow, setNarrow] = useState(false)
  const pages = PAGES.filter((page) => may(me, page.roles))
  const here = pages.filter((page) => page.icon !== undefined).map((page) => page.path).filter((path) => location.pathname === path || location.pathname.startsWith(`${path}/`)).sort((a, b) => b.length - a.length)[0] ?? HOME
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <a className="skip" href="#main">{t('跳到正文', 'Skip to the content')}</a>
      <Layout.Header style={{ display: 'flex', alignItems: 'center', gap: 12, position: 'sticky', top: 0, zIndex: 20 }}>
        <Link to={HOME} className="mark"><img src="/assets/favicon.svg" alt="" /><span>{t('活水', 'Huoshui')}</span><small style={{ fontWeight: 400, opacity: 0.85, fontSize: 13 }}>{t('政务新媒体与网站巡检', 'Government channels, watched')}</small></Link>
        <span style={{ flex: 1 }} />
        <Button type="text" style={{ color: '#fff' }} icon={<GlobalOutlined />} onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')} lang={language === 'zh' ? 'en' : 'zh-CN'}>{language === 'zh' ? 'English' : '中文'}</Button>
        <Dropdown trigger={['click']} menu={{ items: [
          { key: 'account', label: t('我的账号', 'My account'), onClick: () => void navigate('/account') },
          { key: 'help', label: t('帮助', 'Help'), onClick: () => void navigate('/help') },
          { type: 'divider' },
          { key: 'out', label: t('退出登录', 'Sign out'), onClick: () => void signOut() },
        ] }}>
          <Button type="text" style={{ color: '#fff' }} icon={<UserOutlined />}>{me.name}<span style={{ opacity: 0.8, marginInlineStart: 6 }}>{t(ROLE_NAMES[me.role])}{me.region === null ? '' : ` · ${me.region.name}`}</span></Button>
        </Dropdown>
      </Layout.Header>
      <Layout>
        <Layout.Sider width={language === 'zh' ? 184 : 208} theme="light" collapsible collapsed={narrow} onCollapse={setNarrow} breakpoint="lg" style={{ borderInlineEnd: '1px solid var(--line)', position: 'sticky', top: 52, height: 'calc(100vh - 52px)', overflow: 'auto' }}>
          <nav aria-label={t('主菜单', 'Main menu')}>
            <Menu mode="inline" selectedKeys={[here]} style={{ borderInlineEnd: 0, paddingTop: 8 }} items={pages.flatMap((page) => (page.icon === undefined || (page.alone === true && !page.roles.includes(me.role)) ? [] : [{ key: page.path, icon: <page.icon />, label: <Link to={page.path}>{t(page.name)}</Link> }]))} />
          </nav>
        </Layout.Sider>
        <Layout.Content id="main" role="main" tabIndex={-1} style={{ padding: 20, minWidth: 0, outline: 'none' }}>
          <Suspense fallback={<Loading />}>
            <Routes>
              {pages.map((page) => <Route key={page.path} path={page.path} element={<page.View />} />)}
              <Route path="*" element={<Nowhere />} />
            </Routes>
          </Suspense>
        </Layout.Content>
      </Layout>
    </Layout>
  )
}
