import type { Row, TableSheet } from '../../export/table.ts'
import { reasonText } from '../../standard/index.ts'
import { checkJson } from '../json.ts'
import type { StoredCheck } from '../stored.ts'
import { ANSWERS, kindName, moment, VERDICTS } from './words.ts'

/** One row a channel and indicator: everything the sheets hold, for whoever works on with it. */
export function checkTable(checks: AsyncIterable<StoredCheck>): TableSheet {
  async function* rows(): AsyncGenerator<Row> {
    for await (const stored of checks) {
      const c = checkJson(stored)
      for (const r of c.results) {
        yield {
          id: String(c.channel.id), code: c.channel.siteCode, name: c.channel.name, kind: kindName(c.channel.kind), organisation: c.channel.organisation, region: c.channel.region,
          standard: c.standard, at: moment(stored.record.at), verdict: VERDICTS[c.verdict], worst: c.score?.worst ?? null, best: c.score?.best ?? null,
          indicator: r.id, item: r.item.zh, clause: r.clause.zh, answer: ANSWERS[r.answer], problems: r.problems.zh, cap: r.cap, points: r.points, open: r.open,
          reason: r.reason === null ? null : reasonText(r.reason).zh, evidence: r.evidence.join(' '),
        }
      }
    }
  }
  const column = (key: string, title: string) => ({ key, title })
  return {
    name: '检查结果', rows: rows(),
    columns: [
      column('id', '渠道编号'), column('code', '标识码'), column('name', '渠道名称'), column('kind', '渠道类型'), column('organisation', '主办单位'), column('region', '地区'),
      column('standard', '检查标准'), column('at', '监测时间'), column('verdict', '结论'), column('worst', '最低得分'), column('best', '最高得分'), column('indicator', '指标编号'),
      column('item', '二级指标'), column('clause', '评分细则'), column('answer', '结果'), column('problems', '问题统计'), column('cap', '上限分值'), column('points', '扣分'),
      column('open', '待定分值'), column('reason', '原因'), column('evidence', '证据'),
    ],
  }
}
