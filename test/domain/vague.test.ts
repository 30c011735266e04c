import { expect, test } from 'vitest'
import { vaguePhrases } from '../../src/domain/vague.ts'

test.each([
  ['3. 法律法规规定应提交的其他材料', ['法律法规规定应提交的其他材料']],
  ['法律、行政法规 规定的 其他 材料。', ['法律、行政法规规定的其他材料']],
  ['审批机关认为需要提供的其他有关材料', ['审批机关认为需要提供的其他有关材料']],
  ['其他依法应当提交的材料', ['其他依法应当提交的材料']],
  ['身份证、户口簿及相关材料等', ['相关材料等']],
  ['1.身份证;2.法律、法规规定的其他材料;3. 主管部门要求的 其他有关材料。', ['法律、法规规定的其他材料', '主管部门要求的其他有关材料']],
  // The same words twice are one phrase, and one within another is none of its own.
  ['法律法规规定的其他应提交的材料\n政策规定的其他情形\n政策规定的其他情形', ['其他应提交的材料', '政策规定的其他情形']],
])('%s', (text, phrases) => {
  expect(vaguePhrases(text)).toEqual(phrases)
})

test.each([
  '申请人身份证原件及复印件1份',
  '依据《中华人民共和国行政许可法》等法律法规规定办理。其他材料由窗口复印',
  '政策依据\n法律规定的期限\n其他材料',
  '其他需要说明的事项',
])('nothing vague in: %s', (text) => {
  expect(vaguePhrases(text)).toEqual([])
})
