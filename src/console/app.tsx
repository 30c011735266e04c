import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider } from 'antd'
import en from 'antd/locale/en_US'
import zh from 'antd/locale/zh_CN'
import { useMemo } from 'react'
import { BrowserRouter } from 'react-router'
import { FONTS } from './fonts.ts'
import { NONCE } from './nonce.ts'
import { useStillness } from './parts/stillness.ts'
import { LanguageProvider, useWords } from './shell/language.tsx'
import { Gate } from './shell/gate.tsx'

/** Colours and sizes for a 1366-pixel office screen; text contrast is at least 4.5 to 1 (WCAG 2.2 AA). */
const THEME = {
  token: {
    colorPrimary: '#0b5c8a', colorInfo: '#0b5c8a', colorLink: '#0b5c8a', colorSuccess: '#1a7f37', colorWarning: '#9a5b00', colorError: '#b42318',
    colorInfoBg: '#e8f2f8', colorInfoBorder: '#b5d3e4', colorSuccessBg: '#e9f5ec', colorSuccessBorder: '#b0d8bb', colorWarningBg: '#fdf3e1', colorWarningBorder: '#ecd3a4', colorErrorBg: '#fdeeec', colorErrorBorder: '#f0c0bb',
    colorPrimaryBg: '#e3eff6', controlItemBgActive: '#e3eff6', controlItemBgActiveHover: '#d5e7f1',
    colorText: '#1d2733', colorTextSecondary: '#55606e', colorTextTertiary: '#5f6b79', colorTextDescription: '#55606e', colorTextPlaceholder: '#66717f',
    borderRadius: 6, fontSize: 14,
  },
  components: { Layout: { headerBg: '#0a3f5e', siderBg: '#ffffff', headerHeight: 52, headerPadding: '0 20px', bodyBg: '#f3f6f9' }, Menu: { itemSelectedBg: '#e3eff6', itemHoverBg: '#eef4f8' }, Table: { cellPaddingBlockMD: 9, cellPaddingInlineMD: 10 } },
}

/** For those who want nothing to move: shorter than is seen. Without any, antd's dialogs forget which of their fields has the focus. */
const STILL = { motionDurationFast: '0.02s', motionDurationMid: '0.02s', motionDurationSlow: '0.02s' }

function Themed() {
  const { language } = useWords()
  const still = useStillness()
  const theme = useMemo(() => ({ ...THEME, token: { ...THEME.token, fontFamily: FONTS[language], ...(still ? STILL : {}) } }), [language, still])
  return (
    <ConfigProvider locale={language === 'zh' ? zh : en} theme={theme} csp={{ nonce: NONCE }} button={{ autoInsertSpace: false }}>
      <AntApp component={false}><BrowserRouter><Gate /></BrowserRouter></AntApp>
    </ConfigProvider>
  )
}

export function App() {
  const client = useMemo(() => new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 10_000, refetchOnWindowFocus: false } } }), [])
  return <LanguageProvider><QueryClientProvider client={client}><Themed /></QueryClientProvider></LanguageProvider>
}
