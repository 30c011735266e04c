import { dayInChina, dayNumber } from '../../../src/domain/date.ts'
import { digits, hash } from '../random.ts'
import { searchBox } from '../functions/serve.ts'
import { portalPlan } from '../indicators/plan.ts'
import type { PortalPlan } from '../indicators/plan.ts'
import { escape } from '../reply.ts'
import type { Site } from '../types.ts'

const WEEK = ['日', '一', '二', '三', '四', '五', '六'] as const

/** `2026年11月23日 星期一` */
export function longDate(now: Date): string {
  const day = dayInChina(now)
  const [y, m, d] = day.split('-') as [string, string, string]
  return `${y}年${Number(m)}月${Number(d)}日 星期${WEEK[(dayNumber(day) + 4) % 7] ?? ''}`
}

/** `2026-11-23 12:00:00` in China's time. */
export function stamp(now: Date): string {
  return new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

/** Style and script such as real pages carry: `kilobytes` of it, the same on every page of the site. */
function ballast(site: Site): string {
  if (site.weight === 0) return ''
  let css = ''
  for (let i = 0; css.length < site.weight * 700; i++) {
    const n = hash(site.id, 'css', i)
    css += `.m${i}-${n % 97} .box-${n % 13}{float:left;width:${100 + (n % 900)}px;margin:0 ${n % 20}px;background:url(/images/bg_${n % 40}.png) no-repeat;color:#${(n % 0xffffff).toString(16).padStart(6, '0')}}\n`
  }
  let js = ''
  for (let i = 0; js.length < site.weight * 300; i++) js += `function tab${i}(n){for(var i=0;i<${3 + (i % 5)};i++){document.getElementById('t${i}_'+i).className=i==n?'on':'';}}\n`
  return `<style type="text/css">\n${css}</style>\n<script type="text/javascript">\n${js}</script>\n`
}

/** The tags that a site leaves out. */
const LEFT_OUT: Readonly<Record<PortalPlan['tags'], RegExp>> = { whole: /^$/, no_site: /^Site/, no_column: /^Column/, no_article: /^(?:ArticleTitle|PubDate|ContentSource|Author)$/ }

/** The metas that every page of the site bears, the traps among them. */
export function headHtml(site: Site, title: string, metas: readonly (readonly [string, string])[], now: Date, charset: string): string {
  const generated: readonly (readonly [string, string])[] = site.traps.includes('generated_meta')
    ? [['HtmlGenerateTime', stamp(now)], ['others', `页面生成时间 ${stamp(now)}`]]
    : []
  const all = [['SiteName', site.name], ['SiteDomain', site.host], ['SiteIDCode', site.siteCode], ...metas, ...generated].filter(([name]) => !LEFT_OUT[portalPlan(site).tags].test(name ?? ''))
  const flipped = site.seed % 3 === 0
  const lines = all.map(([n, c]) => (flipped ? `<meta content="${escape(c ?? '')}" name="${n}">` : `<meta name="${n}" content="${escape(c ?? '')}">`))
  const declared = site.seed % 2 === 0 ? `<meta charset="${charset}">` : `<meta http-equiv="Content-Type" content="text/html; charset=${charset}">`
  return `<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n${declared}\n<meta name="viewport" content="width=device-width">\n<title>${escape(title)}</title>\n${lines.join('\n')}\n${ballast(site)}</head>\n`
}

export function headerHtml(site: Site, nav: string, now: Date): string {
  const clock = !site.traps.includes('today_clock')
    ? ''
    : `<div class="today">今天是${longDate(now)}</div>\n<script>document.write('<span id="clock">'+new Date().getFullYear()+'</span>');</script>\n`
  return `<div class="header"><div class="logo"><a href="/">${escape(site.name)}</a></div>\n${clock}` +
    `${searchBox(site)}</div>\n` +
    `<div class="nav"><ul>\n<li><a href="/">首页</a></li>\n${nav}\n</ul></div>\n`
}

const MARK = '<a href="https://bszs.conac.cn/sitename?method=show"><img src="https://dcs.conac.cn/image/blue.png" alt="党政机关"></a> '

export function footerHtml(site: Site, now: Date, home = false): string {
  const plan = portalPlan(site)
  const year = dayInChina(now).slice(0, 4)
  const copyright = site.traps.includes('copyright_year')
    ? `Copyright &copy; 2009-${year} ${escape(site.organisation.name)} 版权所有 ${year}年`
    : `版权所有：${escape(site.organisation.name)}`
  return `<div class="footer"><p>主办单位：${escape(site.organisation.name)} 联系电话：${site.organisation.phone}</p>\n` +
    `<p>${plan.footer === 'whole' ? MARK : ''}网站标识码：${site.siteCode} ${plan.footer === 'no_filings' ? '' : filings(site)}</p>\n` +
    `<p>${copyright}</p>\n<p><a href="/sitemap.html">网站地图</a>${plan.findFault === 'nowhere' || (plan.findFault === 'home_only' && !home) ? '' : ` <a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=${site.siteCode}">我为政府网站找错</a>`}</p></div>\n`
}

function filings(site: Site): string {
  const { region } = site.organisation
  return `<a href="https://beian.miit.gov.cn/">赣ICP备${digits(8, site.id, 'icp')}号-1</a> ` +
    `<a href="https://www.beian.gov.cn/portal/registerSystemInfo?recordcode=${region.code}02000${digits(3, site.id)}">赣公网安备 ${region.code}02000${digits(3, site.id)}号</a>`
}
