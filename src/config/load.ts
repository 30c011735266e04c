import { HuoshuiError } from '../domain/error.ts'
import { configSchema, envName, isSecret } from './schema.ts'
import type { Config, ConfigKey } from './schema.ts'

/** Where a setting comes from: the command line, the environment, or nowhere, so that its default holds. */
export type SettingSource = 'command_line' | 'environment' | 'default'

const sources = new WeakMap<Config, ReadonlyMap<ConfigKey, SettingSource>>()

/** Where a setting of a loaded configuration comes from; `default` for one that was not loaded. */
export function sourceOf(config: Config, key: ConfigKey): SettingSource {
  return sources.get(config)?.get(key) ?? 'default'
}

/**
 * Settings from the environment, overridden by `given` (the command line). Nothing configured wrongly starts:
 * throws `bad_input` that names every wrong setting, its value and what was expected.
 */
export function loadConfig(env: NodeJS.ProcessEnv, given: Partial<Record<ConfigKey, unknown>> = {}): Config {
  const raw: Record<string, unknown> = {}
  const from = new Map<ConfigKey, SettingSource>()
  for (const key of Object.keys(configSchema.shape) as ConfigKey[]) {
    const value = given[key] ?? env[envName(key)]
    if (value === undefined || value === '') continue
    raw[key] = value
    from.set(key, (given[key] ?? null) === null ? 'environment' : 'command_line')
  }
  const parsed = configSchema.safeParse(raw)
  if (parsed.success) {
    sources.set(parsed.data, from)
    return parsed.data
  }
  const wrong = parsed.error.issues.map((issue) => {
    const key = String(issue.path[0]) as ConfigKey
    return `${envName(key)}=${isSecret(key) ? '***' : JSON.stringify(raw[key])}: ${issue.message}`
  })
  throw new HuoshuiError('bad_input', {
    zh: `配置有误:${wrong.join(';')}`,
    en: `Wrong settings: ${wrong.join('; ')}`,
  }, { details: parsed.error.issues })
}
