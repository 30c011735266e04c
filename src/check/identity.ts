import type { Sql } from 'postgres'
import type { ChannelFacts, ChannelIdentity } from '../standard/index.ts'

type Registered = { readonly id: number; readonly extra: Readonly<Record<string, string>> | null; readonly organisation: string | null }

/** Ledger headings under which offices keep what the standard asks about a channel; kept with the channel as they came. */
const PORTAL = ['是否门户', '是否门户网站', '门户网站', '网站类型', '站点类型']
const SERVICES = ['是否有办事服务', '办事服务', '是否承担服务职能']
const INTERNAL = ['使用范围', '是否内部使用', '服务对象']

const YES = /^(是|有|1|y|yes|true|√)$/i
const NO = /^(否|无|没有|0|n|no|false|×)$/i

/**
 * What the register says about a channel beyond the crawler's facts: is it a portal, of a State Council department, with
 * services, for internal use. What the ledger says in a column of its own stands; otherwise the name decides (a county's or
 * higher government's own site is its portal, 国办发〔2017〕47号) and the 标识码 (`bm…`: State Council departments).
 */
export function withIdentity(facts: ChannelFacts, row: Registered | undefined): ChannelFacts {
  const { channel } = facts
  const portal = channel.kind === 'website' ? portalOf(channel, row) : undefined
  const services = told(row, SERVICES)
  const internal = internalOf(row)
  const more: Partial<ChannelIdentity> = {
    ...(portal === undefined ? {} : { portal }),
    ...(/^bm\d/i.test(channel.siteCode ?? '') ? { stateCouncil: true } : {}),
    ...(services === undefined ? {} : { publicServices: services }),
    ...(internal === undefined ? {} : { internalUse: internal }),
  }
  return Object.keys(more).length === 0 ? facts : { ...facts, channel: { ...channel, ...more } }
}

/** The rows that `withIdentity` asks for, by channel. */
export async function registeredAs(sql: Sql, ids: readonly number[]): Promise<ReadonlyMap<number, Registered>> {
  const rows = await sql<Registered[]>`
    select c.id::int, c.extra, o.name as organisation from channel c left join organisation o on o.id = c.organisation_id where c.id = any(${[...ids]})`
  return new Map(rows.map((r) => [r.id, r]))
}

function cell(row: Registered | undefined, headings: readonly string[]): string | undefined {
  return headings.map((h) => row?.extra?.[h]?.trim()).find((v) => v !== undefined && v !== '')
}

function told(row: Registered | undefined, headings: readonly string[]): boolean | undefined {
  const value = cell(row, headings)
  return value === undefined ? undefined : YES.test(value) ? true : NO.test(value) ? false : undefined
}

function portalOf(channel: ChannelIdentity, row: Registered | undefined): boolean {
  const value = cell(row, PORTAL)
  if (value !== undefined) {
    if (YES.test(value)) return true
    if (NO.test(value) || /非门户|部门/.test(value)) return false
    if (value.includes('门户')) return true
  }
  if (/门户网站/.test(channel.name)) return true
  // Townships open no portal of their own; 景德镇市 and 宁乡市 are none.
  return /人民政府(?:网|网站|官网)?$/.test(channel.name) && !/[乡镇]人民政府/.test(channel.name)
}

function internalOf(row: Registered | undefined): boolean | undefined {
  const value = cell(row, INTERNAL)
  if (value === undefined) return undefined
  if (YES.test(value) || /内部|干部|工作人员/.test(value)) return true
  return NO.test(value) || /公众|群众|社会|企业/.test(value) ? false : undefined
}
