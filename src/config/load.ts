import { HuoshuiError } from '../domain/error.ts'
import { configSchema, envName, isSecret } from './schema.ts'
import type { Config, ConfigKey } from './schema.ts'

/**
 * Settings from the environment, overridden by `given` (the command line). Nothing configured wrongly starts:
 * throws `bad_input` that names every wrong setting, its value and what was expected.
 */
export function loadConfig(env: NodeJS.ProcessEnv, given: Partial<Record<ConfigKey, unknown>> = {}): Config {
  const raw: Record<string, unknown> = {}
  for (const key of Object.keys(configSchema.shape) as ConfigKey[]) {
    const value = given[key] ?? env[envName(key)]
    if (value !== undefined && value !== '') raw[key] = value
  }
  const parsed = configSchema.safeParse(raw)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map((issue) => {
    const key = String(issue.path[0]) as ConfigKey
    return `${envName(key)}=${isSecret(key) ? '***' : JSON.stringify(raw[key])}: ${issue.message}`
  })
  throw new HuoshuiError('bad_input', {
    zh: `配置有误:${wrong.join(';')}`,
    en: `Wrong settings: ${wrong.join('; ')}`,
  }, { details: parsed.error.issues })
}
