import { configSchema, envName, isSecret } from './schema.ts'
import type { Config, ConfigKey } from './schema.ts'

export type ShownSetting = { readonly name: string; readonly about: string; readonly value: string; readonly secret: boolean }

/** Every setting as it is in force, by its name in the environment; of a secret only whether it is set. */
export function shownSettings(config: Config): ShownSetting[] {
  return (Object.keys(configSchema.shape) as ConfigKey[]).map((key) => {
    const value: unknown = config[key]
    const set = value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
    const hidden = isSecret(key)
    return { name: envName(key), about: configSchema.shape[key].description ?? '', value: !set ? '' : hidden ? '***' : typeof value === 'object' ? JSON.stringify(value) : String(value), secret: hidden }
  })
}
