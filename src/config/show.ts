import type { Text } from '../domain/text.ts'
import { sourceOf } from './load.ts'
import type { SettingSource } from './load.ts'
import { configSchema, envName, isSecret } from './schema.ts'
import type { Config, ConfigKey } from './schema.ts'
import { SETTING_WORDS } from './words.ts'

/** `value`: as in force, empty where none is set; `fallback`: what holds where nothing is said, empty where nothing does; `from`: who said it. */
export type ShownSetting = { readonly name: string; readonly about: Text; readonly value: string; readonly fallback: string; readonly from: SettingSource; readonly secret: boolean }

/** Every setting as it is in force, by its name in the environment; of a secret only whether it is set. */
export function shownSettings(config: Config): ShownSetting[] {
  return (Object.keys(configSchema.shape) as ConfigKey[]).map((key) => {
    const secret = isSecret(key)
    const value = shown(config[key])
    return { name: envName(key), about: aboutSetting(key), value: secret && value !== '' ? '***' : value, fallback: defaultOf(key), from: sourceOf(config, key), secret }
  })
}

export function aboutSetting(key: ConfigKey): Text {
  return { zh: SETTING_WORDS[key], en: configSchema.shape[key].description ?? '' }
}

/** What holds where nobody says otherwise; empty where nothing does. */
export function defaultOf(key: ConfigKey): string {
  const parsed = configSchema.shape[key].safeParse(undefined)
  return parsed.success ? shown(parsed.data) : ''
}

function shown(value: unknown): string {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return ''
  if (typeof value === 'object') return Object.keys(value).length === 0 ? '' : Array.isArray(value) ? value.join(', ') : Object.entries(value).map(([k, v]) => `${k}=${String(v)}`).join(', ')
  return String(value)
}
