import { moment } from '../dates.ts'
import { dig, list, number, parseJson, text, textOf } from '../reply.ts'
import { obstacle } from '../signals.ts'
import type { Ask } from '../types.ts'
import type { AppIds } from './identity.ts'
import { unseenAt, type StoreReader } from './store.ts'

function lookup(ids: AppIds, country: string): Ask {
  const which = ids.ios === undefined ? `bundleId=${encodeURIComponent(ids.bundle ?? '')}` : `id=${ids.ios}`
  return { do: 'fetch', request: { url: `https://itunes.apple.com/lookup?${which}&entity=software${country}` } }
}

/** Apple's lookup in China's storefront. No result there is asked again without a storefront before it counts as absent. */
export const ios: StoreReader = {
  store: 'ios',
  knows: (ids) => ids.ios !== undefined || ids.bundle !== undefined,
  *read(ids, task) {
    for (const country of ['&country=cn', '']) {
      const reply = yield lookup(ids, country)
      // Its own signs of too many requests are 403 and 429.
      if (!('failed' in reply) && reply.status === 403) return unseenAt('rate_limited', '403 of the lookup')
      const blocked = obstacle('app.stores', reply, (t) => t.includes('resultCount'))
      if (blocked !== null) return unseenAt(blocked.outcome, blocked.detail)
      if ('failed' in reply) return unseenAt(reply.failed, reply.detail)
      const value = parseJson(textOf(reply))
      if (!Array.isArray(dig(value, 'results')) || number(dig(value, 'resultCount')) === null) return unseenAt('parse_drift', 'no resultCount and results')
      const app = list(dig(value, 'results')).find((r) => [undefined, 'software'].includes(dig(r, 'wrapperType') as string | undefined))
      if (app === undefined) continue
      const where = dig(app, 'currentVersionReleaseDate') === undefined ? 'releaseDate' : 'currentVersionReleaseDate'
      return {
        state: 'listed', name: text(dig(app, 'trackName')), version: text(dig(app, 'version')), raw: dig(app, where), where,
        released: moment(dig(app, where), task.now), developer: text(dig(app, 'sellerName')) ?? text(dig(app, 'artistName')), ratings: number(dig(app, 'userRatingCount')),
        detail: country === '' ? 'listed, but not in China’s storefront' : 'listed',
      }
    }
    return { state: 'absent', sure: 'seen', detail: 'no result, in China’s storefront or any' }
  },
}
