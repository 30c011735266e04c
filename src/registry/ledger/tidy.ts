const NOTHING = /^(?:无|暂无|没有|空|未知|不详|不清楚|null|none|n\/a|na|#n\/a|[-—–－_/\\]+)$/i

/** 无, 暂无, —, /: how people leave a cell empty. */
export function isNothing(text: string): boolean {
  return NOTHING.test(text)
}

/** Trimmed, invisible characters out, line breaks to spaces; full-width letters and digits to plain ones. */
export function tidy(text: string): string {
  return text
    .replace(/[！-～]/g, (c) => (/[Ａ-Ｚａ-ｚ０-９－．／：＠＿＝＆？％＋＃～]/.test(c) ? String.fromCharCode(c.charCodeAt(0) - 0xfee0) : c))
    .replace(/[\s\u00a0\u3000]+/g, ' ')
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
}

/** At most `max` units, never half a character. */
export function clip(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, max).toWellFormed()
}
