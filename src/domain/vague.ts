/** 含糊表述 (检查指标 D13): phrases of a guide that leave a citizen guessing what to bring or do. None reaches over a line or a sentence. */
const VAGUE: readonly RegExp[] = [
  /(?:法律|法规|规章|政策)[^。;；]{0,16}?规定的?[^。;；]{0,10}?其[他它](?:有关|相关)?(?:材料|资料|文件|证件|条件|情形)/g,
  /(?:主管部门|审批机关|登记机关|行政机关|受理机关|有关部门|窗口)(?:认为|规定|要求)[^。;；]{0,8}?其[他它](?:有关|相关)?(?:材料|资料|文件|证件|条件)/g,
  /其[他它](?:依法|按规定)?(?:应当?|须|需要?|必须)(?:提交|提供)的(?:有关|相关)?(?:材料|资料|文件|证件)/g,
  /(?:有关|相关)(?:材料|证明材料|证件)等/g,
]

/** The vague phrases of a guide's text, in order, each once and none within another. Spaces in them are left out. */
export function vaguePhrases(text: string): readonly string[] {
  const out = new Set<string>()
  for (const line of text.split(/\n+/)) {
    const flat = line.replace(/\s+/g, '')
    const hits = VAGUE.flatMap((re) => [...flat.matchAll(re)].map((m) => ({ from: m.index, to: m.index + m[0].length, phrase: m[0] }))).sort((a, b) => a.from - b.from || b.to - a.to)
    let end = 0
    for (const hit of hits) {
      // A phrase that overlaps the one before says the same once more.
      if (hit.from < end) continue
      out.add(hit.phrase)
      end = hit.to
    }
  }
  return [...out]
}
