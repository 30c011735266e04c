const CHINESE = '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif'

/** English first takes a Latin face: the Chinese ones set its apostrophes and dashes a character wide. */
export const FONTS = { zh: CHINESE, en: `"Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", "Noto Sans", "DejaVu Sans", ${CHINESE}` } as const
