import type { ColumnClass } from '../../domain/page.ts'

/**
 * What a column's name says it is for, most telling words first (检查指标's kinds of column; 发展指引's page tags). The
 * classes that carry a freshness rule (news two weeks; notices and policies six months) are kept narrow: a column that
 * lives by another rhythm, read as one of them, would be a false finding.
 */
const RULES: readonly (readonly [ColumnClass, RegExp])[] = [
  // Finished special topics do not count as columns gone still, whatever their subject.
  ['topic', /专题|专栏/],
  ['data', /统计(?:公报|数据|信息|年鉴|分析|月报|季报|快报|资料|产品)|数据(?:发布|开放|公报)|年度?报告|年报/],
  // Disclosure kept by the year or for good (政府信息公开条例: 指南, 制度, 目录, 依申请公开; 人事, 规划计划 one year), and what is put away.
  ['other', /提案|议案|人事(?:信息|任免|招)|任免|财政信息|规划计划|计划总结|规划信息|公开(?:指南|制度|目录|规定|平台|规范)|政府信息公开|(?:依申请|主动|重点领域|基层政务)(?:信息)?公开|废止|失效|往期|归档|存档|历史(?:文件|公报|信息|公告|数据)|文件清理/],
  ['interpretation', /解读|图解|读懂|答问|新闻发布会/],
  ['leaders', /领导|市长之窗|县长之窗|区长之窗|省长之窗|书记之窗|领导之窗|班子成员|局长信息|政府领导/],
  ['interaction', /互动|信箱|留言|咨询|建议|投诉|信访|征集|调查|访谈|问政|举报|12345|民意|写信|提问|网民|纠错|回应关切|热点回应|在线交流|意见反馈/],
  ['service', /办事|服务|审批|一网通办|下载|查询|便民|网上办|权责清单|事项|政务大厅|一件事/],
  ['notice', /通知|公告|公示|通告|通报|预告/],
  ['other', /招标|采购|招聘|招考|中标|拍卖|声明/],
  ['policy', /政策|法规|文件|规章|规范性|条例|公报|政令/],
  ['data', /数据|统计|财政预决算|预算|决算|预决算|报表|指数|价格监测|普查/],
  ['organisation', /机构|职能|职责|内设|部门设置|下属单位|直属|组织架构|联系方式|人员编制/],
  ['overview', /概况|简介|走进|认识|印象|关于我们|市情|县情|区情|省情|历史|地理|文化旅游|历史沿革|人文|本地风貌/],
  ['topic', /专项|学习贯彻|主题教育|聚焦|二十大|创建|整治|攻坚|乡村振兴|疫情防控/],
  ['news', /动态|要闻|新闻|快讯|时政|播报|头条|资讯|(?:政务|工作|最新|综合|部门|基层|行业|图片|图文)信息|信息(?:快报|速递|动态)|工作简报/],
  ['policy', /^(?:政务|信息|政务信息)公开$|^(?:政务|信息|政务信息)公开(?:网|专区)$/],
]

/** The class of a column by its name; `other` when the name says nothing. */
export function classifyColumn(name: string, columnType = ''): ColumnClass {
  for (const words of [name, columnType]) {
    if (words === '') continue
    for (const [kind, pattern] of RULES) if (pattern.test(words)) return kind
  }
  return 'other'
}
