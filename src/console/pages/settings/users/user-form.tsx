import { Form, Input, Modal, Select } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { ROLES } from '../../../../domain/actor.ts'
import type { Role } from '../../../../domain/actor.ts'
import { isUsername, usernameForm } from '../../../../domain/password.ts'
import { post, put } from '../../../api/client.ts'
import { RegionPicker } from '../../../parts/region-picker.tsx'
import { OrganisationSelect } from '../../../parts/search-select.tsx'
import { useWords } from '../../../shell/language.tsx'
import { useMe } from '../../../shell/me.tsx'
import { ROLE_DUTIES, ROLE_NAMES } from '../../../words/roles.ts'
import { TroubleLine, useSending } from '../../sign-in/trouble.tsx'
import type { Given } from './first-password-shown.tsx'
import type { User } from './index.tsx'

type Values = { username?: string; name: string; role: Role; region?: string; organisationId?: number | null }

/** Enters an account or changes one. */
export function UserForm({ of, close, give }: { of: User | 'new'; close: () => void; give: (given: Given) => void }) {
  const { t } = useWords()
  const me = useMe()
  const client = useQueryClient()
  const { busy, trouble, send } = useSending()
  const [form] = Form.useForm<Values>()
  const initial: Partial<Values> = of === 'new' ? { role: 'read_only', ...(me.region === null ? {} : { region: me.region.code }) } : { name: of.name, role: of.role, ...(of.region === null ? {} : { region: of.region }), organisationId: of.organisationId }
  const role = Form.useWatch('role', form) ?? initial.role
  const submit = ({ username = '', name, region, organisationId, role: chosen }: Values) => send(async () => {
    const body = { name, role: chosen, region: region ?? null, organisationId: chosen === 'unit_contact' ? organisationId ?? null : null }
    if (of === 'new') give(await post('/api/users', { body: { username, ...body } }))
    else await put('/api/users/:user', { params: { user: of.id }, body })
    await client.invalidateQueries({ queryKey: ['/api/users'] })
    close()
  })
  return (
    <Modal open title={of === 'new' ? t('新建账号', 'New account') : t(`修改账号 ${of.username}`, `Change ${of.username}`)} onCancel={close} onOk={() => void form.submit()} okText={of === 'new' ? t('建立', 'Enter it') : t('保存', 'Save')} confirmLoading={busy}>
      <TroubleLine trouble={trouble} />
      <Form form={form} layout="vertical" requiredMark={false} initialValues={initial} onFinish={(v) => void submit(v)}>
        {of === 'new' ? (
          <Form.Item name="username" label={t('用户名', 'User name')} extra={t('登录时使用,2–30 个字符,可用中文,建立后不可修改', 'For signing in; 2 to 30 characters, Chinese is welcome; it stays')} rules={[{ validator: (_, value: string | undefined) => (isUsername(usernameForm(value ?? '')) ? Promise.resolve() : Promise.reject(new Error(t('2–30 个字符:文字、数字和 . _ -', '2 to 30 letters, digits, . _ or -')))) }]}>
            <Input autoFocus autoComplete="off" spellCheck={false} />
          </Form.Item>
        ) : null}
        <Form.Item name="name" label={t('姓名', 'Name')} rules={[{ required: true, whitespace: true, message: t('请输入姓名', 'Enter the name') }]}><Input maxLength={60} autoComplete="off" /></Form.Item>
        <Form.Item name="role" label={t('角色', 'Role')} extra={role === undefined ? null : t(ROLE_DUTIES[role])}><Select options={ROLES.map((value) => ({ value, label: t(ROLE_NAMES[value]) }))} /></Form.Item>
        <Form.Item name="region" label={t('管辖地区', 'Region')} extra={t('只能看到并处理该地区及其下级的渠道;留空为全部', 'They see and handle this region and what lies below it; leave empty for all')} rules={me.region === null ? [] : [{ required: true, message: t('请选择您管辖范围内的地区', 'Choose a region within yours') }]}><RegionPicker all label={t('管辖地区', 'Region')} /></Form.Item>
        {role === 'unit_contact' ? <Form.Item name="organisationId" label={t('所属单位', 'Unit')}><OrganisationSelect /></Form.Item> : null}
      </Form>
    </Modal>
  )
}
