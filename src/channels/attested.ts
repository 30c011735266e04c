import type { Text } from '../domain/text.ts'
import { hostPath, squeeze } from './address.ts'
import { attestation } from './attestation.ts'
import { problem } from './problems.ts'
import type { KindDefinition } from './types.ts'

/** A platform without a public list that may be read: its accounts are known by name, id or home page, and attested. */
export function attestedPlatform(about: {
  kind: string
  names: Text
  hosts: readonly string[]
  /** Paths (with query) of single articles. */
  articles: readonly RegExp[]
  /** Query parameters that name the account; all others are dropped. */
  idParams?: readonly string[]
  example?: string
  gaps?: readonly Text[]
}): KindDefinition {
  return {
    kind: about.kind,
    names: about.names,
    publishes: true,
    hosts: about.hosts,
    identityForms: [
      ...(about.example === undefined ? [] : [{ example: about.example, note: { zh: '账号主页地址', en: 'the account’s home page' } }]),
      { example: '江西发布', note: { zh: '账号名称或账号ID', en: 'the account’s name or id' } },
    ],
    gaps: about.gaps ?? [{ zh: '没有可合法读取的公开列表，由单位填报', en: 'no public list that may be read: the unit attests' }],
    fromUrl(url) {
      const path = url.pathname + url.search
      if (about.articles.some((a) => a.test(path))) return problem('article')
      if (path === '/') return problem('no_kind')
      const kept = new URLSearchParams()
      for (const name of about.idParams ?? []) {
        const value = url.searchParams.get(name)
        if (value !== null) kept.set(name, value)
      }
      const query = kept.size === 0 ? '' : `?${kept.toString()}`
      return { key: hostPath(url) + query, address: `${url.origin}${url.pathname}${query}` }
    },
    fromText: (text) => ({ key: squeeze(text), address: text, accountId: text }),
    sources: [attestation],
  }
}

/** 工作群: a register entry and nothing else; it must not be crawled. Its last use is what the unit states. */
export function groupKind(about: { kind: string; names: Text; number: Text; example: string }): KindDefinition {
  return {
    kind: about.kind,
    names: about.names,
    publishes: false,
    hosts: [],
    identityForms: [
      { example: about.example, note: about.number },
      { example: '某局政策咨询群', note: { zh: '群名称（在本单位内唯一）', en: 'the group’s name, unique within the unit' } },
    ],
    gaps: [
      {
        zh: '群聊不可也不得采集；登记群名称、主办单位、责任人、用途、人数、最近核查日期，由单位填报最近使用日期',
        en: 'groups cannot and must not be crawled; registered are name, unit, person responsible, purpose, members and last review, and the unit states the last use',
      },
    ],
    fromUrl: (url) => ({ key: squeeze(url.href), address: url.href }),
    fromText: (text) => ({ key: squeeze(text), address: text, accountId: text }),
    sources: [attestation],
  }
}
