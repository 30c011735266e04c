/** 含糊表述: phrases of a guide that leave a citizen guessing what to bring or do (D13). */
const VAGUE: readonly RegExp[] = [
  /(?:法律|法规|规章|政策)(?:[、,,和及]?(?:法律|法规|规章|行政法规|政策))*(?:所)?规定的?(?:应当?|须|需要?)?(?:提交|提供)?的?其[他它](?:有关|相关)?(?:材料|资料|文件|证件|条件|情形)/g,
  /(?:主管部门|审批机关|登记机关|行政机关|受理机关|有关部门|窗口)(?:认为|规定|要求)(?:应当|需要|须|需|必须)?(?:提交|提供)?的?其[他它](?:有关|相关)?(?:材料|资料|文件|证件|条件)/g,
  /其[他它](?:依法|按规定)?(?:应当?|须|需要?|必须)(?:提交|提供)的(?:有关|相关)?(?:材料|资料|文件|证件)/g,
  /(?:有关|相关)(?:材料|证明材料|证件)等/g,
]

/** The vague phrases in a guide's text, in order, without doubles. */
export function vaguePhrases(text: string): readonly string[] {
  const flat = text.replace(/\s+/g, '')
  const hits = VAGUE.flatMap((re) => [...flat.matchAll(re)].map((m) => ({ at: m.index, phrase: m[0] })))
  return [...new Set(hits.sort((a, b) => a.at - b.at).map((h) => h.phrase))]
}
