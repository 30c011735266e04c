import type { Text } from '../../domain/text.ts'

export const CREDENTIAL_STATES = {
  works: { name: { zh: '有效', en: 'works' }, colour: 'green' },
  untried: { name: { zh: '尚未使用', en: 'not tried yet' }, colour: 'default' },
  failing: { name: { zh: '近期失败', en: 'failing' }, colour: 'orange' },
  expires_soon: { name: { zh: '即将到期', en: 'expires soon' }, colour: 'orange' },
  expired: { name: { zh: '已到期', en: 'expired' }, colour: 'red' },
  stopped: { name: { zh: '已失效,请更换', en: 'refused: renew it' }, colour: 'red' },
  unknown_id: { name: { zh: '未知种类', en: 'of unknown kind' }, colour: 'default' },
} as const satisfies Record<string, { name: Text; colour: string }>
