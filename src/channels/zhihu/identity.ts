import { problem } from '../problems.ts'
import type { Identity, IdentityResult } from '../types.ts'

const PERSON = {
  zh: '这是知乎个人页（/people/）的地址；机构号地址为 /org/。已登记，请核实是否为单位账号。',
  en: 'This is a personal page (/people/); organisations have /org/. Kept: check that it is the organisation’s own account.',
}

export function fromUrl(url: URL): IdentityResult | null {
  const path = url.pathname.replace(/\/+$/, '')
  const column = url.hostname === 'zhuanlan.zhihu.com' ? /^\/(?!p(?:\/|$))([\w-]{2,40})$/.exec(path)?.[1] : /^\/column\/([\w-]{2,40})/.exec(path)?.[1]
  if (column !== undefined) return { key: `column:${column}`, address: `https://www.zhihu.com/column/${column}`, accountId: column }
  const user = /^\/(org|people)\/([^/]+)/.exec(path)
  if (user?.[2] !== undefined) {
    if (user[2] === 'self') return problem('personal')
    const token = user[2]
    return { key: token, address: `https://www.zhihu.com/${user[1]}/${token}`, accountId: token, ...(user[1] === 'people' ? { warning: PERSON } : {}) }
  }
  if (/^\/(?:question|answer|p|zvideo|pin|tardis)\//.test(path)) return problem('article')
  return /^\/(?:settings|notifications|creator|follow|collections\/mine)/.test(path) ? problem('personal') : null
}

export function fromText(text: string): IdentityResult | null {
  const column = /^c_\d{6,25}$/.exec(text)?.[0]
  if (column !== undefined) return { key: `column:${column}`, address: `https://www.zhihu.com/column/${column}`, accountId: column }
  return /^[a-z0-9][\w-]{2,60}$/i.test(text) ? tokenOf(text) : null
}

function tokenOf(token: string): Identity {
  return { key: token, address: `https://www.zhihu.com/org/${token}`, accountId: token }
}

export const owns = (text: string): boolean => /^c_\d{15,25}$/.test(text)
