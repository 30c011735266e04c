import { hex } from '../random.ts'
import { escape, page, redirect } from '../reply.ts'
import type { Asked, Reply } from '../reply.ts'
import type { Site } from '../types.ts'

/** Doors that are shut against a crawler. What lies behind cannot be seen, so nothing may be said of it. */

export function safeLine(site: Site, status: 403 | 200): Reply {
  return page(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>您的访问请求可能对网站造成安全威胁</title></head><body><div class="block"><h2>您的访问请求可能对网站造成安全威胁，请求已被管理员阻断。</h2><p>如有疑问请联系网站管理员，事件ID: ${hex(32, site.id, 'event')}</p></div></body></html>`, { status })
}

/** 360: the page has an ordinary size and status 200; only the title tells. */
export function waf200(site: Site): Reply {
  if (site.seed % 2 === 0) return safeLine(site, 200)
  const filler = '<div class="tip">为保障网站安全，系统检测到您的访问行为存在异常。请稍后重新访问，或联系网站管理员处理。</div>\n'.repeat(12)
  return page(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>访问异常页面</title></head><body><h1>当前访问可能对网站安全造成威胁，已被网站卫士拦截</h1>\n${filler}</body></html>`)
}

/** 瑞数: 412 with a script that the browser must run. */
export function ruishu(site: Site): Reply {
  const odd = hex(8, site.id, 'rs')
  return page(`<!DOCTYPE html><html><head><meta charset="utf-8"><meta id="${odd}" content="${hex(60, site.id, 'm')}" r="m"><script type="text/javascript" r="m">$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=${1000 + (site.seed % 90000)};$_ts.cd="${hex(200, site.id, 'cd')}";</script><script type="text/javascript" charset="iso-8859-1" src="/${odd}/${hex(6, site.id, 'js')}.js" r="m"></script></head><body><script r="m">_$${odd.slice(0, 2)}();</script></body></html>`,
    { status: 412, headers: { 'set-cookie': `${hex(12, site.id, 'cookie')}S=6${hex(40, site.id, 'v')}; Path=/; HttpOnly` } })
}

/** 知道创宇 加速乐: 521 with a script that sets a cookie. */
export function jiasule(site: Site): Reply {
  return page(`<script>document.cookie=('_')+('_')+('j')+('s')+('l')+('_clearance_s')+('=')+'${1700000000 + (site.seed % 1000)}.${site.seed % 1000}|-1|${hex(24, site.id, 'jsl')}'+(';max-age=3600;path=/');location.href=location.pathname+location.search</script>`,
    { status: 521, headers: { 'set-cookie': `__jsluid_s=${hex(32, site.id, 'jsluid')}; max-age=31536000; path=/; HttpOnly` } })
}

export function loginWall(site: Site, asked: Asked): Reply {
  if (asked.path !== '/login') return redirect(`/login?service=${encodeURIComponent(asked.path)}`)
  return page(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>统一身份认证平台-用户登录</title></head><body><div class="login"><h2>${escape(site.name)} 用户登录</h2><form action="/login" method="post"><input type="text" name="username" placeholder="请输入用户名"><input type="password" name="password" placeholder="请输入密码"><input name="captcha" placeholder="验证码"><img src="/captcha.jpg" alt="验证码"><button type="submit">登录</button></form><p>请登录后访问</p></div></body></html>`)
}

export function rateLimited(): Reply {
  return page('<html><head><title>429 Too Many Requests</title></head><body><h1>Too Many Requests</h1></body></html>', { status: 429, headers: { 'retry-after': '30' } })
}

export function serverError(): Reply {
  return page('<html><head><title>503 Service Temporarily Unavailable</title></head><body><center><h1>503 Service Temporarily Unavailable</h1></center><hr><center>nginx</center></body></html>', { status: 503 })
}
