import { dayInChina } from '../../../src/domain/date.ts'
import { homePage } from '../cms/pages.ts'
import { functionsOf } from '../functions/plan.ts'
import { hash } from '../random.ts'
import { page } from '../reply.ts'
import type { Asked, Reply } from '../reply.ts'
import type { Trap } from '../traps.ts'
import type { Site } from '../types.ts'
import { emptyShell, gzipBomb, truncated } from './broken.ts'
import { cookieGate, framesetTop, metaRefresh, redirectLoop, scriptRedirect } from './entrances.ts'
import { closedNotice, defaultPage, movedNotice, notFound, parked } from './gone.ts'
import { jiasule, loginWall, rateLimited, ruishu, safeLine, serverError, waf200 } from './walls.ts'

type Door = (site: Site, asked: Asked, now: Date) => Reply | null

/** `:8080`, as the asker wrote it. */
const portOf = (asked: Asked): string => /:\d+$/.exec(asked.headers['host'] ?? '')?.[0] ?? ''
const isHome = (asked: Asked): boolean => asked.path === '/'

const DOORS: Partial<Record<Trap, Door>> = {
  frameset: (site, asked) => (asked.path === '/top.html' ? framesetTop(site) : null),
  meta_refresh: (site, asked) => (isHome(asked) ? metaRefresh(site) : null),
  script_redirect: (site, asked) => (isHome(asked) ? scriptRedirect(site) : null),
  cookie_302: cookieGate,
  redirect_loop: (_site, asked) => redirectLoop(asked),
  challenge_403: (site) => safeLine(site, 403),
  challenge_412: (site) => ruishu(site),
  challenge_521: (site) => jiasule(site),
  waf_200: (site) => waf200(site),
  login_wall: loginWall,
  rate_limited: () => rateLimited(),
  server_error: () => serverError(),
  slow: (site, asked, now) => (isHome(asked) ? { ...page(homePage(site, now)), slow: true } : null),
  truncated: (site, _asked, now) => truncated(page(homePage(site, now))),
  gzip_bomb: () => gzipBomb(),
  empty_shell: (site) => emptyShell(site),
  home_404: (site) => notFound(site),
  transient_404: (site, _asked, now) => (dayInChina(now) <= site.base ? notFound(site) : null),
  parked: (site) => parked(site),
  default_page: (site) => defaultPage(site),
  moved_notice: (site, asked) => movedNotice(site, `http://${site.movedTo ?? site.host}${portOf(asked)}/`),
  closed_notice: (site) => closedNotice(site),
}

/** In the weeks before the base day some home pages fail now and then: so often as the site's plan says, hour by hour. */
function isDown(site: Site, now: Date): boolean {
  return dayInChina(now) < site.base && hash(site.id, Math.floor(now.getTime() / 3_600_000), 'down') % 100 < functionsOf(site).downPercent
}

/** What stands between the asker and the site; null where the way is open. robots.txt is asked for before any door. */
export function doorOf(site: Site, asked: Asked, now: Date): Reply | null {
  if (asked.path === '/robots.txt') {
    return site.traps.some((t) => t in DOORS && t !== 'frameset' && t !== 'slow') && site.robots !== 'closed'
      ? { status: 404, headers: { 'content-type': 'text/html' }, body: Buffer.from('<h1>404</h1>') }
      : null
  }
  if (isHome(asked) && isDown(site, now)) return serverError()
  for (const trap of site.traps) {
    const reply = DOORS[trap]?.(site, asked, now) ?? null
    if (reply !== null) return reply
  }
  return null
}
