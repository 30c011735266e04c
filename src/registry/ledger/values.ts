import type { Kind } from '../../domain/kinds.ts'
import type { ColumnClass } from '../../domain/page.ts'

/** Fixed values of the register: id, what the ledger writes, what else it may say. */
type Values<V extends string> = readonly { readonly id: V; readonly zh: string; readonly also: readonly string[] }[]

export type FilingStatus = 'filed' | 'pending' | 'unfiled' | 'exempt'
export const FILING: Values<FilingStatus> = [
  { id: 'filed', zh: '已备案', also: ['是', '备案', '已完成', '已登记', '已登记备案', 'y', 'yes', '1', '有', '√'] },
  { id: 'pending', zh: '备案中', also: ['待备案', '审核中', '正在备案', '办理中', '待审核'] },
  { id: 'unfiled', zh: '未备案', also: ['否', '未完成', '未登记', 'n', 'no', '0', '×', '没有'] },
  { id: 'exempt', zh: '无需备案', also: ['免备案', '不需要', '不需备案', '不涉及'] },
]

export type RunningStatus = 'running' | 'suspended' | 'closing' | 'closed' | 'cancelled' | 'migrated'
export const RUNNING: Values<RunningStatus> = [
  { id: 'running', zh: '正常', also: ['在用', '运行', '运行中', '正常运行', '使用中', '启用', '正常使用', '活跃', '已开通', '运营中', '在运行', '正在运行', '在运营', '保留'] },
  { id: 'suspended', zh: '例外', also: ['临时下线', '暂停', '暂停更新', '停用', '维护中', '升级改版', '改版中', '升级改版中', '暂停使用', '下线', '停更'] },
  { id: 'closing', zh: '拟关停', also: ['已发关停公告', '发布关停公告', '关停公告期', '关停中', '注销中', '冻结期', '冻结', '待关停', '拟注销', '申请关停', '拟关停注销'] },
  { id: 'closed', zh: '关停', also: ['已关停', '关闭', '已关闭', '停办', '停运', '删除', '已删除', '解散', '已解散', '已下线', '永久下线', '关停注销', '已清理'] },
  { id: 'cancelled', zh: '注销', also: ['已注销', '销号', '已销号', '已关停注销'] },
  { id: 'migrated', zh: '迁移', also: ['已迁移', '已整合', '整合', '合并', '已合并', '并入'] },
]

/** 账号状态 and 网站状态 as codes: the registries number them differently (standard 6.1, 6.2). */
const ACCOUNT_CODES: Readonly<Record<string, RunningStatus>> = { 0: 'cancelled', 1: 'running', 2: 'migrated', 3: 'closed', 4: 'closing', 5: 'closing' }
const SITE_CODES: Readonly<Record<string, RunningStatus>> = { 1: 'running', 2: 'suspended', 3: 'closed' }

export function runningStatusOf(text: string, kind: Kind): RunningStatus | null {
  const plain = squeeze(text)
  return (kind === 'website' ? SITE_CODES : ACCOUNT_CODES)[plain] ?? idOf(RUNNING, plain)
}

export type FunctionType = 'publishing' | 'service'
export const FUNCTIONS: Values<FunctionType> = [
  { id: 'publishing', zh: '发布类', also: ['发布', '信息发布', '信息发布类', '宣传', '宣传类', '资讯', '资讯类', '订阅号', '政务公开', '综合类', '综合'] },
  { id: 'service', zh: '服务类', also: ['服务', '办事', '办事服务', '办事服务类', '政务服务', '便民服务', '服务号', '互动服务'] },
]

export const CLASSES: Values<ColumnClass> = [
  { id: 'news', zh: '动态要闻', also: ['动态', '要闻', '新闻', '新闻动态', '动态要闻类', '工作动态', '政务动态', '时政要闻', '动态、要闻类', '动态要闻栏目', '新闻资讯', '图片新闻'] },
  { id: 'notice', zh: '通知公告', also: ['通知', '公告', '公示公告', '公告公示', '通知公告类', '公示'] },
  { id: 'policy', zh: '政策文件', also: ['政策', '文件', '政策法规', '政策文件类', '规范性文件', '政府文件'] },
  { id: 'interpretation', zh: '政策解读', also: ['解读', '政策解读类', '解读回应'] },
  { id: 'overview', zh: '概况信息', also: ['概况', '地区概况', '市情', '县情', '区情'] },
  { id: 'organisation', zh: '机构职能', also: ['机构', '机构设置', '机构信息', '职能'] },
  { id: 'leaders', zh: '领导信息', also: ['领导', '负责人信息', '领导之窗', '领导介绍'] },
  { id: 'interaction', zh: '互动交流', also: ['互动', '咨询投诉', '征集调查', '政民互动', '在线访谈', '互动交流类', '留言'] },
  { id: 'service', zh: '办事服务', also: ['服务', '政务服务', '网上办事', '办事'] },
  { id: 'data', zh: '数据发布', also: ['数据', '统计数据', '数据开放', '统计信息'] },
  { id: 'topic', zh: '专题专栏', also: ['专题', '专栏', '热点专题'] },
  { id: 'other', zh: '其他', also: ['其它', '信息公开', '其他类', '其它类'] },
]

/** The id that a text names; null where it names none. */
export function idOf<V extends string>(values: Values<V>, text: string): V | null {
  const plain = squeeze(text)
  return values.find((v) => v.id === plain || v.zh === plain || v.also.includes(plain))?.id ?? null
}

/** What the ledger writes for an id. */
export function nameOf<V extends string>(values: Values<V>, id: string | null): string {
  return values.find((v) => v.id === id)?.zh ?? id ?? ''
}

/** All that is understood, for a message. */
export function allNames<V extends string>(values: Values<V>): string {
  return values.map((v) => v.zh).join('、')
}

/** The class that a column's own name tells; `other` where it tells none. */
export function classByName(name: string): ColumnClass {
  const plain = squeeze(name)
  const exact = idOf(CLASSES, plain)
  if (exact !== null) return exact
  if (/解读/.test(plain)) return 'interpretation'
  if (/公告|公示|通知/.test(plain)) return 'notice'
  if (/政策|法规|文件/.test(plain)) return 'policy'
  if (/要闻|动态|新闻|资讯/.test(plain)) return 'news'
  return 'other'
}

function squeeze(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
}
