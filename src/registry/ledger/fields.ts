import type { Text } from '../../domain/text.ts'

/**
 * The columns of a ledger and the headings under which they are known: those of the registries (全国政府网站信息报送系统,
 * the vendors' account lists, the 河南 tool), of the import format for what is not public, and the variants people use.
 * The first heading is ours: the one the template and the export write. Earlier ones win where a sheet has several.
 */
type FieldInfo = {
  readonly name: Text
  readonly headings: readonly string[]
  /** Width in the workbook, in characters. */
  readonly width: number
}

const f = (zh: string, en: string, width: number, headings: readonly string[]): FieldInfo => ({ name: { zh, en }, headings: [zh, ...headings], width })

export const FIELDS = {
  kind: f('渠道类型', 'Kind', 14, ['账号类型名称', '新媒体类型', '平台类型', '账号类型', '媒体类型', '平台名称', '所属平台', '开设平台', '发布平台', '平台', '群组类型', '群类型', '渠道类别', '渠道种类', '类型', '种类', '渠道', '站点类型', 'appType', 'kind', 'type', 'channel type', 'platform']),
  name: f('渠道名称', 'Name', 30, ['账号名称', '新媒体名称', '网站名称', '站点名称', '公众号名称', '微博名称', '群组名称', '群名称', '群聊名称', '工作群名称', '工作群组名称', '小程序名称', '应用名称', 'APP名称', '客户端名称', '政务新媒体名称', '政务公众账号名称', '账号昵称', '昵称', '名称', 'name', 'channel name']),
  address: f('网址/账号', 'Address', 40, ['网址', '首页链接', '首页网址', '首页地址', '主页地址', '主页链接', '网站地址', '网站网址', '网站链接', '站点地址', '站点网址', '渠道地址', '账号链接', '账号主页', '账号地址', '主页网址', '账号ID或链接', '二维码/链接', '链接', '地址', '链接地址', '访问地址', '下载地址', '下载链接', '站点域名', '网站域名', '域名', 'homeUrl', 'url', 'address', 'link', 'website']),
  accountId: f('账号ID', 'Account id', 22, ['账号id', '微信号ID', '微信号', '公众号ID', '公众号原始ID', '原始ID', '账号', '帐号', '帐号ID', '账号UID', '微博UID', '微博ID', '抖音号', '快手号', '视频号ID', '头条号ID', 'UID', '唯一标识', 'uniqueCode', '群号', '群组号', '群号码', 'QQ群号', 'QQ群号码', '群ID', 'AppID', '小程序ID', '包名', 'account id', 'account']),
  siteCode: f('标识码', 'Site code', 20, ['网站标识码', '新媒体标识码', '网站标识码/新媒体标识码', '网站或新媒体标识码', '政府网站标识码', '标识码(biz_id)', '站点标识码', '网站识别码', 'siteCodeMedia', 'biz_id', 'siteCode', 'SiteIDCode', 'site code']),
  organisation: f('主办单位', 'Sponsor', 28, ['主办单位名称', '主办单位(全称)', '开办单位', '开设单位', '建设单位', '责任单位', '使用单位', '所属单位', '运营单位', '管理单位', '填报单位名称', '填报单位', '单位名称', '单位', '账号主体', '认证主体', '运营主体', '开设主体', '主体', '主体名称', 'siteName', 'organisation', 'organization', 'sponsor']),
  supervisor: f('主管单位', 'Supervisor', 28, ['网站主管单位', '主管单位名称', '主管部门', '上级主管单位', '上级主管部门', '监管单位', 'director', 'supervisor']),
  region: f('地区', 'Region', 24, ['行政区划', '所属地区', '所在地区', '所属区划', '行政区划代码', '区划代码', '行政区域', '区域', '属地', '所属地', '归属地', '层级/地区', '地区代码', 'region']),
  province: f('省', 'Province', 12, ['省份', '省级', '省(区、市)', '所属省份', '所在省', 'province']),
  city: f('市', 'City', 12, ['城市', '设区市', '地市', '市级', '市州', '市(州)', '地级市', '所属市', '所属城市', '所在市', '市(地)', '设区市(含省直)', 'city']),
  county: f('县', 'County', 12, ['县区', '区县', '县(市、区)', '县市区', '县(区)', '区(县)', '县级', '所属区县', '所属县区', '所属县(市、区)', '所在县', '区', 'county', 'district']),
  township: f('乡镇', 'Township', 12, ['乡镇街道', '乡镇(街道)', '乡(镇)', '街道', '镇街', '所属乡镇', 'township']),
  filingStatus: f('备案状态', 'Filing', 12, ['备案情况', '是否备案', '备案', '登记备案', '登记备案状态', '是否已备案', 'filing', 'filing status']),
  filingNumber: f('备案编号', 'Filing number', 22, ['备案号', 'ICP备案编号', 'ICP备案号', 'ICP备案', '网站备案号', '登记备案号', 'filing number']),
  runningStatus: f('运行状态', 'Running status', 12, ['账号状态', '运营状态', '网站状态', '渠道状态', '站点状态', '使用状态', '运维状态', '当前状态', '目前状态', '状态', 'status', 'running status']),
  functionType: f('功能类型', 'Function', 12, ['functionType', '账号功能', '功能分类', '功能类别', '服务类型', 'function', 'function type']),
  openedOn: f('开设时间', 'Opened on', 14, ['开通时间', '开办时间', '开设日期', '开通日期', '创建时间', '创建日期', '建立时间', '建群时间', '建群日期', '成立时间', '上线时间', '上线日期', '注册时间', '注册日期', '启用时间', '开设年月', 'opened on', 'opened']),
  contact: f('联系人', 'Contact', 12, ['联系人姓名', '联络员', '管理员', '管理人员', '群主', '负责人', '负责人姓名', '责任人', '群管理员', '信息员', 'contact']),
  phone: f('联系电话', 'Phone', 16, ['联系人电话', '联系方式', '联系人手机', '联系人手机号', '联系手机', '手机号码', '手机号', '手机', '电话', '电话号码', '办公电话', '联系人办公电话', '负责人电话', '负责人手机', 'phone', 'telephone', 'mobile']),
  members: f('群成员数', 'Members', 10, ['人数', '成员数', '群人数', '成员数量', '群成员数量', '群内人数', '群成员人数', '成员人数', 'members']),
  newestOn: f('最近更新日期', 'Last updated on', 14, ['最后使用日期', '最近更新时间', '最近发布时间', '最近发布日期', '最后更新日期', '最后更新时间', '最新更新时间', '最新更新日期', '最后发布时间', '最后发布日期', '最新发布时间', '最新发布日期', '最近使用日期', '最近使用时间', '最后使用时间', '最近一次更新时间', '最近一次使用时间', '检查时更新日期', '最后活跃时间', '最近活跃时间', '最后发言时间', '更新日期', 'last updated', 'last used', 'newest']),
  newestTitle: f('最近发布标题', 'Latest title', 30, ['最新发布标题', '最近更新标题', '最新标题']),
  newestLink: f('最近发布链接', 'Latest link', 30, ['最新发布链接', '最近更新链接', '最新链接']),
  statedOn: f('填报日期', 'Stated on', 14, ['数据截至时间', '数据截止时间', '数据截至日期', '数据截止日期', '填报时间', '统计时间', '统计日期', '截止日期', '截至日期', '核查日期', '最近核查日期', '核查时间', 'stated on', 'as of']),
  statedBy: f('填报人', 'Stated by', 12, ['填表人', '填报人姓名', '填报人员', '核查人', 'stated by']),
  note: f('备注', 'Note', 30, ['备注说明', '情况说明', '说明', 'note', 'remark', 'remarks']),
} as const satisfies Record<string, FieldInfo>

export type Field = keyof typeof FIELDS
export const FIELD_IDS = Object.keys(FIELDS) as Field[]

/** The columns of a 栏目 sheet. */
export const COLUMN_FIELDS = {
  channel: f('网站', 'Website', 34, ['渠道', '所属网站', '所属站点', '网站网址', '网站地址', '网址', '站点域名', '网站域名', '首页链接', '渠道地址', '网站标识码', '标识码', '站点标识码', '网站名称', '站点名称', '渠道名称', 'website', 'channel', 'site']),
  name: f('栏目名称', 'Column', 22, ['栏目', '栏目名', '名称', 'column', 'name']),
  url: f('栏目链接', 'Link', 50, ['栏目地址', '栏目网址', '栏目URL', '链接', '链接地址', 'url', 'link']),
  class: f('栏目类别', 'Class', 14, ['栏目类型', '栏目分类', '类别', '类型', 'class']),
  threshold: f('更新期限(天)', 'Days allowed', 14, ['更新期限', '更新周期', '更新周期(天)', '更新时限', '更新时限(天)', '更新频率(天)', '期限', '期限(天)', 'days', 'threshold']),
  status: f('栏目状态', 'Status', 12, ['状态', '运行状态', 'status']),
} as const satisfies Record<string, FieldInfo>

export type ColumnField = keyof typeof COLUMN_FIELDS
export const COLUMN_FIELD_IDS = Object.keys(COLUMN_FIELDS) as ColumnField[]

/** Headings that are ours or nobody's: never kept as extra. */
const IGNORED = new Set(['序号', '编号', '序', 'no', 'no.', '#', '错误原因', '行号'].map(headingKey))
export const ERROR_HEADING = '错误原因'

/** Headings that say that every row of the sheet is a website, though they name no kind. */
export const WEBSITE_HEADINGS: ReadonlySet<string> = new Set(['网站名称', '站点名称', '站点域名', '网站标识码', '站点标识码', '是否门户', '网站类型'].map(headingKey))

/** A heading without what people put around it: spaces, line breaks, asterisks, a colon, full-width forms. */
export function headingKey(heading: string): string {
  return heading.normalize('NFKC').replace(/[\s*＊★:：_\u200b\ufeff]+/g, '').toLowerCase()
}

export function isIgnoredHeading(heading: string): boolean {
  const key = headingKey(heading)
  return key === '' || IGNORED.has(key)
}

type Known<F extends string> = ReadonlyMap<string, { readonly field: F; readonly rank: number }>

function index<F extends string>(fields: Readonly<Record<F, FieldInfo>>): Known<F> {
  const map = new Map<string, { field: F; rank: number }>()
  for (const field of Object.keys(fields) as F[]) {
    for (const [rank, heading] of [...fields[field].headings, fields[field].name.en, field].entries()) {
      const key = headingKey(heading)
      if (!map.has(key)) map.set(key, { field, rank })
    }
  }
  return map
}

const CHANNEL_INDEX = index<Field>(FIELDS)
const COLUMN_INDEX = index<ColumnField>(COLUMN_FIELDS)

/** Which field a heading names, and how well (0 is ours); a remark in brackets at its end is passed over. */
export function fieldOf(heading: string): { readonly field: Field; readonly rank: number } | null {
  return lookUp(CHANNEL_INDEX, heading)
}

export function columnFieldOf(heading: string): { readonly field: ColumnField; readonly rank: number } | null {
  return lookUp(COLUMN_INDEX, heading)
}

function lookUp<F extends string>(known: Known<F>, heading: string): { field: F; rank: number } | null {
  const key = headingKey(heading)
  return known.get(key) ?? known.get(key.replace(/[([【].*[)\]】]$/, '')) ?? null
}
