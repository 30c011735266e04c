import { HuoshuiError } from '../../domain/error.ts'
import { APP_2026 } from '../app-2026/index.ts'
import { CAMPAIGN_RULES } from '../campaign/index.ts'
import { derive, type Edition } from '../edition.ts'
import { GOV_2019 } from '../gov-2019/index.ts'
import { DOC_2019, type Indicator } from '../indicator.ts'
import app2026 from './app-2026.json' with { type: 'json' }
import campaign from './campaign.json' with { type: 'json' }
import jiangxi2020 from './jiangxi-2020-campaign.json' with { type: 'json' }

/** Every rule there is, by id. */
export const RULES: ReadonlyMap<string, Indicator> = new Map([...GOV_2019, ...CAMPAIGN_RULES, ...APP_2026].map((r) => [r.id, r]))

export const gov2019: Edition = {
  id: 'gov-2019',
  name: { zh: '政府网站与政务新媒体检查指标(2019)', en: 'Inspection indicators for government websites and new media (2019)' },
  document: DOC_2019,
  base: null,
  rules: GOV_2019,
}

/** An edition that somebody else wrote as a data file. Throws `bad_input` where it does not fit. */
export function parseEdition(json: unknown, bases: readonly Edition[] = EDITIONS): Edition {
  const named = typeof json === 'object' && json !== null && 'base' in json ? json.base : undefined
  const base = bases.find((e) => e.id === named)
  if (base === undefined) throw new HuoshuiError('bad_input', { zh: `未知的基础版本:${String(named)}`, en: `unknown base edition: ${String(named)}` })
  return derive(json, base, RULES)
}

/** What the main job judges by, unless told otherwise. */
export const CAMPAIGN_EDITION: Edition = parseEdition(campaign, [gov2019])

export const EDITIONS: readonly Edition[] = [gov2019, CAMPAIGN_EDITION, parseEdition(jiangxi2020, [gov2019]), parseEdition(app2026, [gov2019])]

/** Throws `not_found`. */
export function edition(id: string): Edition {
  const found = EDITIONS.find((e) => e.id === id)
  if (found === undefined) {
    const ids = EDITIONS.map((e) => e.id).join(', ')
    throw new HuoshuiError('not_found', { zh: `没有标准版本“${id}”,可用:${ids}`, en: `no standard ${id}; there are: ${ids}` })
  }
  return found
}
