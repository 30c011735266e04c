import { hash, pick } from './random.ts'

const WHO = ['市委书记', '市长', '副市长', '局党组', '调研组', '工作专班', '各县区', '市政府常务会议', '专题会议', '督查组']
const DID = ['调研', '部署', '推进', '研究', '督导', '检查', '听取', '通报', '安排', '协调']
const WHAT = [
  '安全生产工作', '优化营商环境工作', '乡村振兴重点项目', '防汛抗旱准备情况', '义务教育均衡发展', '医疗保障改革', '重点项目建设', '城市更新行动',
  '生态环境整治', '数字政府建设', '粮食生产', '森林防火', '招商引资工作', '便民服务热线办理', '保障性住房建设', '文旅融合发展', '中小企业帮扶', '养老服务体系建设',
]
const NOTICE = ['关于公开征求意见的公告', '行政许可事项公示', '公开招聘工作人员公告', '停水检修通知', '国有建设用地使用权出让公告', '政府采购中标结果公示', '放假安排的通知', '行政处罚信息公示', '环评文件受理情况公示', '项目申报的通知']
const POLICY = ['实施方案', '若干措施', '管理办法', '实施意见', '工作规程', '三年行动计划', '专项资金管理细则']
const OTHER = ['第一季度情况', '工作总结', '统计月报', '部门预算公开', '任免职公告', '专项规划', '应急演练', '提案答复的函']

/** A headline for row `seq` of the column `key` (site, column, class): the same on every run, unlike its neighbours. */
export function titleOf(key: string, seq: number): string {
  const cls = key.slice(key.lastIndexOf('/') + 1)
  const n = Math.abs(seq) * 2 + (seq > 0 ? 1 : 0)
  const what = WHAT[(hash(key) + n) % WHAT.length] ?? ''
  if (cls === 'notice') return `关于${what}的${pick(NOTICE, key, seq)}（第${n + 1}号）`
  if (cls === 'policy') return `关于印发《${what}${pick(POLICY, key, seq)}》的通知`
  if (cls === 'interpretation') return `一图读懂《${what}${pick(POLICY, key, seq)}》之${n + 1}`
  if (cls === 'news' || cls === 'feed') return `${pick(WHO, key, seq, 'w')}${pick(DID, key, seq, 'd')}${what}（${n + 1}）`
  return `${what}${pick(OTHER, key, seq)}（${n + 1}）`
}

/** Body text of an article: some paragraphs, with dates in it that are not its publication. */
export function paragraphs(key: string, id: string): readonly string[] {
  const count = 4 + (hash(key, id, 'p') % 6)
  const out: string[] = []
  for (let i = 0; i < count; i++) {
    const what = pick(WHAT, key, id, i)
    out.push(
      `${pick(WHO, key, id, i, 'a')}${pick(DID, key, id, i, 'b')}${what}，要求各单位提高政治站位，压实工作责任，细化工作举措，` +
      `确保${pick(WHAT, key, id, i, 'c')}落到实处、见到实效。会议强调，要坚持问题导向，加强统筹协调，及时回应群众关切。`,
    )
  }
  out.push(`此项工作自2018年3月5日启动以来，先后完成${1 + (hash(key, id) % 9)}批次任务。`)
  return out
}
