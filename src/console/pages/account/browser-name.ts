const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/QihooBrowser|360SE|360EE/, '360'], [/QQBrowser\/([\d]+)/, 'QQ Browser'], [/Edg\/(\d+)/, 'Edge'], [/Firefox\/(\d+)/, 'Firefox'], [/Chrome\/(\d+)/, 'Chrome'], [/Version\/(\d+).*Safari/, 'Safari'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [[/Windows/, 'Windows'], [/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Mac OS X/, 'macOS'], [/UOS|Kylin|Linux/, 'Linux']]

/** Browser and system as a person would name them; null where the text says neither. */
export function browserOf(userAgent: string | null): string | null {
  if (userAgent === null || userAgent === '') return null
  const browser = BROWSERS.find(([form]) => form.test(userAgent))
  const version = browser?.[0].exec(userAgent)?.[1]
  const system = SYSTEMS.find(([form]) => form.test(userAgent))?.[1]
  const parts = [browser === undefined ? undefined : `${browser[1]}${version === undefined ? '' : ` ${version}`}`, system].filter((p) => p !== undefined)
  return parts.length === 0 ? null : parts.join(' · ')
}
