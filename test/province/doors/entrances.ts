import { escape, page, redirect } from '../reply.ts'
import type { Asked, Reply } from '../reply.ts'
import { hex } from '../random.ts'
import { navHtml } from '../cms/pages.ts'
import type { Site } from '../types.ts'

/** Doors that lead in, by a detour: frames, refreshes, scripts, cookies. */

export function framesetPage(site: Site): string {
  return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>${escape(site.name)}</title></head>\n` +
    `<frameset rows="120,*" frameborder="no"><frame src="/top.html" name="top" noresize><frame src="/main.html" name="main">\n<noframes><body>您的浏览器不支持框架</body></noframes></frameset></html>\n`
}

/** The frame that holds the navigation. */
export function framesetTop(site: Site): Reply {
  return page(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>导航</title></head><body><div class="nav"><ul>\n<li><a href="/" target="_top">首页</a></li>\n${navHtml(site)}\n</ul></div></body></html>`)
}

export function metaRefresh(site: Site): Reply {
  return page(`<html><head><meta http-equiv="Refresh" content="0;URL='/index.html'"><title>${escape(site.name)}</title></head><body></body></html>`)
}

export function scriptRedirect(site: Site): Reply {
  const script = site.seed % 2 === 0 ? `window.location.href = '/index.html';` : `location.replace("/index.html")`
  return page(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>${escape(site.name)}</title><script type="text/javascript">${script}</script></head><body></body></html>`)
}

/** 博达 COLLCK: 302 to the same address until the cookie comes back. */
export function cookieGate(site: Site, asked: Asked): Reply | null {
  if ((asked.headers['cookie'] ?? '').includes('COLLCK=')) return null
  const query = asked.query.toString()
  return redirect(`${asked.path}${query === '' ? '' : `?${query}`}`, { 'set-cookie': `COLLCK=${hex(10, site.id, 'collck')}; Path=/; HttpOnly`, server: 'VAppServer' })
}

export function redirectLoop(asked: Asked): Reply {
  return redirect(asked.path === '/' ? '/index.html' : '/')
}
