import { Card, Descriptions, Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { PageHead } from '../../parts/page-head.tsx'
import { useWords } from '../../shell/language.tsx'
import { useMe } from '../../shell/me.tsx'
import { ROLE_NAMES } from '../../words/roles.ts'
import { ChangePassword } from './change-password.tsx'
import { SecondFactor } from './second-factor.tsx'
import { Sessions } from './sessions.tsx'
import { Tokens } from './tokens.tsx'

/** One's own account: who one is here, password, second factor, where one is signed in, API tokens. */
export default function Account() {
  const { t } = useWords()
  const me = useMe()
  const [search, setSearch] = useSearchParams()
  return (
    <>
      <PageHead title={t('我的账号', 'My account')}>{t('修改密码、启用动态口令、查看登录位置、管理 API 令牌。', 'Your password, second factor, sessions and API tokens.')}</PageHead>
      <Card size="small" style={{ marginBottom: 16 }}>
        <Descriptions column={{ xs: 1, sm: 2, lg: 4 }} size="small" items={[
          { key: 'name', label: t('姓名', 'Name'), children: me.name },
          { key: 'username', label: t('用户名', 'User name'), children: me.username },
          { key: 'role', label: t('角色', 'Role'), children: t(ROLE_NAMES[me.role]) },
          { key: 'region', label: t('管辖地区', 'Region'), children: me.region?.name ?? t('全部', 'All') },
        ]} />
      </Card>
      <Card size="small">
        <Tabs activeKey={search.get('tab') ?? 'password'} onChange={(tab) => setSearch({ tab }, { replace: true })} items={[
          { key: 'password', label: t('密码', 'Password'), children: <ChangePassword /> },
          { key: 'second-factor', label: t('动态口令', 'Second factor'), children: <SecondFactor /> },
          { key: 'sessions', label: t('登录会话', 'Sessions'), children: <Sessions /> },
          { key: 'tokens', label: t('API 令牌', 'API tokens'), children: <Tokens /> },
        ]} />
      </Card>
    </>
  )
}
