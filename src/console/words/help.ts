import type { Text } from '../../domain/text.ts'

/** The three days' work, step by step, and the questions that units ask most. */
export const QUESTIONS: readonly { readonly title: Text; readonly steps: readonly Text[] }[] = [
  {
    title: { zh: '运行维护:让巡检每天正常进行', en: 'Operations: that the watching goes on' },
    steps: [
      { zh: '在“台账”上传单位报送的表格(xlsx、csv),先看预检结果,改正标红的单元格后再导入。', en: 'Under Ledger, upload the units’ sheet (xlsx, csv); look at the rehearsal, mend the cells in red, then import.' },
      { zh: '在“调度”查看运行状况:有告警先处理告警;凭据到期会提前7天提示。', en: 'Under Scheduling, see whether the work goes on: alarms first; credentials are announced 7 days before they end.' },
      { zh: '需要时设定巡检策略。保存前会说明涉及多少渠道、每天多少次、何时完成。', en: 'Set policies where needed. Before you save, it says how many channels and visits a day that is, and when they are done.' },
    ],
  },
  {
    title: { zh: '整改研判:逐个处理候选渠道', en: 'Rectification: candidate by candidate' },
    steps: [
      { zh: '在“研判”从上到下逐个查看:条款与理由在上,证据在右。', en: 'Under Review, go through the queue: clause and reason on top, evidence on the right.' },
      { zh: '按键作出决定并写明理由;程序只提建议,决定由具名的人作出,并记入审计。', en: 'Decide by a key and give the reason. The program proposes; a named person decides, and the audit trail keeps it.' },
      { zh: '整改期满系统自动复查;已关停的渠道重新更新会作为“死灰复燃”提示。', en: 'When a rectification is due it is looked at again by itself; a closed channel that publishes again is reported as a zombie return.' },
    ],
  },
  {
    title: { zh: '统计报送:检查与周报', en: 'Reporting: checks and the week’s figures' },
    steps: [
      { zh: '在“指标检查”选定渠道和标准开始检查;需要人工核查的指标按表填写并签录。', en: 'Under Indicator checks, choose channels and a standard; fill in and sign what needs a person’s eye.' },
      { zh: '在批次页导出工作簿,可直接上报。未核查的指标不按满分计,得分以区间表示。', en: 'Export the workbook from the run. What was not looked at is never full marks: the score is a range.' },
      { zh: '在“专项行动”查看基线、进度,下载周报和通报。', en: 'Under Campaign, see baseline and progress, download the dispatch and the bulletin.' },
    ],
  },
  {
    title: { zh: '单位提出异议时怎么回答', en: 'When a unit disputes a finding' },
    steps: [
      { zh: '打开该渠道页面,查看每次巡检的时间、地址、原始页面和哈希值;可下载证据包交给单位核对。', en: 'Open the channel: time, address, the page as received and its hash stand there for each visit; the evidence pack can be handed over.' },
      { zh: '日期从何而来(列表行、文章页、元数据、平台时间戳)与原文一并显示;多个来源不一致时全部列出。', en: 'Where a date came from (list row, article, metadata, platform timestamp) is shown with its raw text; where sources differ, all are shown.' },
      { zh: '被防护拦截、需登录、超时等情形一律为“未观测”,不作为问题,也不进入候选。', en: 'Blocks, login walls and time-outs are “not observed”: never a finding, never a candidate.' },
    ],
  },
]
