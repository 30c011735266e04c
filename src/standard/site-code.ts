/** 网站标识码: local (ten digits), ministries (bm and eight digits), central enterprises (N and nine digits). */
const SITE_CODE = /^(?:\d{10}|bm\d{8}|N\d{9})$/i

export const isSiteCode = (code: string): boolean => SITE_CODE.test(code.trim())

/** 新媒体标识码: exactly 16 characters. */
export const isMediaCode = (code: string): boolean => /^[0-9A-Za-z]{16}$/.test(code.trim())

/** The 行政区划 code that a local site code begins with; null for ministries and enterprises. */
export const regionOfSiteCode = (code: string): string | null => (/^\d{10}$/.test(code.trim()) ? code.trim().slice(0, 6) : null)
