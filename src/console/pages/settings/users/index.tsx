import { Button, Dropdown, Input, Select, Table, Tag } from 'antd'
import { MoreOutlined, PlusOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { ROLES } from '../../../../domain/actor.ts'
import { useApi } from '../../../api/use.ts'
import type { AnswerOf, RouteOf } from '../../../api/types.ts'
import { PageHead } from '../../../parts/page-head.tsx'
import { RegionPicker } from '../../../parts/region-picker.tsx'
import { Failed, Nothing } from '../../../parts/states.tsx'
import { When } from '../../../parts/when.tsx'
import { useWords } from '../../../shell/language.tsx'
import { ROLE_NAMES } from '../../../words/roles.ts'
import { FirstPasswordShown } from './first-password-shown.tsx'
import type { Given } from './first-password-shown.tsx'
import { useActs } from './acts.tsx'
import { UserForm } from './user-form.tsx'

export type User = AnswerOf<RouteOf<'GET', '/api/users'>>['users'][number]

const SIZE = 50

/** Accounts: who may come in, as what, for which region. */
export default function Users() {
  const { t } = useWords()
  const [search, setSearch] = useSearchParams()
  const [editing, setEditing] = useState<User | 'new' | null>(null)
  const [given, setGiven] = useState<Given | null>(null)
  const acts = useActs({ give: setGiven })
  const filter = { text: search.get('text') ?? undefined, role: (search.get('role') ?? undefined) as User['role'] | undefined, region: search.get('region') ?? undefined, state: (search.get('state') ?? undefined) as 'active' | 'disabled' | 'locked' | undefined }
  const page = Number(search.get('page') ?? 1)
  const { data, error, isFetching, refetch } = useApi('/api/users', { query: { ...filter, page, size: SIZE } })
  const set = (name: string, value: string | undefined): void => setSearch((now) => {
    if (value === undefined || value === '') now.delete(name)
    else now.set(name, value)
    if (name !== 'page') now.delete('page')
    return now
  }, { replace: true })
  return (
    <>
      <PageHead title={t('账号管理', 'Accounts')} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>{t('新建账号', 'New account')}</Button>}>{t('谁可以登录、以什么角色、管辖哪个地区。账号不删除,只停用。', 'Who may sign in, as what, for which region. Accounts are never deleted, only disabled.')}</PageHead>
      <div className="filters">
        <Input.Search allowClear defaultValue={filter.text ?? ''} onSearch={(text) => set('text', text)} placeholder={t('用户名或姓名', 'user name or name')} aria-label={t('查找账号', 'find an account')} style={{ width: 220 }} />
        <Select allowClear value={filter.role ?? null} onChange={(role) => set('role', role ?? undefined)} placeholder={t('角色', 'Role')} aria-label={t('角色', 'Role')} style={{ width: 140 }} options={ROLES.map((role) => ({ value: role, label: t(ROLE_NAMES[role]) }))} />
        <RegionPicker all value={filter.region} onChange={(region) => set('region', region)} style={{ width: 200 }} />
        <Select allowClear value={filter.state ?? null} onChange={(state) => set('state', state ?? undefined)} placeholder={t('状态', 'State')} aria-label={t('状态', 'State')} style={{ width: 130 }} options={[{ value: 'active', label: t('可登录', 'may sign in') }, { value: 'locked', label: t('已锁定', 'locked') }, { value: 'disabled', label: t('已停用', 'disabled') }]} />
      </div>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table<User> size="middle" rowKey="id" loading={isFetching && data === undefined} dataSource={data?.users ?? []} scroll={{ x: 'max-content' }}
        pagination={{ current: page, total: data?.total ?? 0, pageSize: SIZE, showSizeChanger: false, hideOnSinglePage: true, onChange: (next) => set('page', String(next)) }}
        locale={{ emptyText: <Nothing>{t('没有符合条件的账号。', 'No account fits.')}</Nothing> }}
        columns={[
          { title: t('用户名', 'User name'), dataIndex: 'username' },
          { title: t('姓名', 'Name'), dataIndex: 'name' },
          { title: t('角色', 'Role'), render: (_, u) => t(ROLE_NAMES[u.role]) },
          { title: t('管辖地区', 'Region'), render: (_, u) => <>{u.regionName ?? t('全部', 'All')}{u.organisation === null ? null : <div className="quiet">{u.organisation}</div>}</> },
          { title: t('状态', 'State'), render: (_, u) => <State user={u} /> },
          { title: t('动态口令', 'Second factor'), render: (_, u) => (u.secondFactor ? t('已启用', 'on') : <span className="quiet">{t('未启用', 'off')}</span>) },
          { title: t('会话', 'Sessions'), dataIndex: 'sessions', align: 'right', className: 'number' },
          { title: t('最近登录', 'Last sign-in'), dataIndex: 'lastSignInAt', render: (at: string | null) => <When at={at} empty={t('从未', 'never')} /> },
          { title: t('操作', 'Act'), render: (_, u) => (
            <span style={{ display: 'inline-flex', gap: 8 }}>
              <Button size="small" onClick={() => setEditing(u)}>{t('修改', 'Change')}</Button>
              <Dropdown trigger={['click']} menu={{ items: acts(u) }}><Button size="small" icon={<MoreOutlined />} aria-label={t(`${u.username} 的更多操作`, `more for ${u.username}`)} /></Dropdown>
              <Link to={`/audit?entity=user&entityId=${u.id}`}>{t('记录', 'Trail')}</Link>
            </span>
          ) },
        ]} />
      {editing === null ? null : <UserForm of={editing} close={() => setEditing(null)} give={setGiven} />}
      {given === null ? null : <FirstPasswordShown given={given} close={() => setGiven(null)} />}
    </>
  )
}

function State({ user }: { user: User }) {
  const { t } = useWords()
  if (user.disabled) return <Tag>{t('已停用', 'disabled')}</Tag>
  if (user.locked) return <Tag color="error">{t('已锁定', 'locked')}</Tag>
  if (user.mustChangePassword) return <Tag color="warning">{t('待改初始密码', 'first password')}</Tag>
  return <Tag color="success">{t('正常', 'active')}</Tag>
}
