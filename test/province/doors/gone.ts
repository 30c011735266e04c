import { escape, page } from '../reply.ts'
import type { Reply } from '../reply.ts'
import type { Site } from '../types.ts'

/** Doors behind which there is no site any more. */

export function notFound(site: Site): Reply {
  if (site.seed % 2 === 0) return page('<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n', { status: 404 })
  return page('<html><head><title>410 Gone</title></head><body><h1>Gone</h1><p>The requested resource is no longer available on this server.</p></body></html>', { status: 410 })
}

export function parked(site: Site): Reply {
  if (site.seed % 2 === 0) return page(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>${site.host} - 域名出售</title></head><body><h1>您访问的域名正在出售</h1><p>域名 ${site.host} 可以转让，有意者请联系 QQ 10000 或点击下方按钮报价。</p><p>This domain is for sale! Buy this domain.</p><a href="/offer">立即报价</a></body></html>`)
  return page(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>Domain parking</title></head><body><div id="parked"><h1>This domain is parked</h1><p>The domain has expired and is parked free, courtesy of the registrar. 该域名已过期，如需购买请联系域名注册商。</p><ul><li><a href="/s?q=loan">Related searches: loan</a></li><li><a href="/s?q=travel">travel</a></li></ul></div></body></html>`)
}

export function defaultPage(site: Site): Reply {
  if (site.seed % 2 === 0) return page('<!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>\n</head>\n<body>\n<h1>Welcome to nginx!</h1>\n<p>If you see this page, the nginx web server is successfully installed and\nworking. Further configuration is required.</p>\n<p><em>Thank you for using nginx.</em></p>\n</body>\n</html>\n')
  return page('<!DOCTYPE html><html lang="en"><head><title>Apache Tomcat/9.0.65</title></head><body><div id="wrapper"><h1>Apache Tomcat/9.0.65</h1><h2>If you\'re seeing this, you\'ve successfully installed Tomcat. Congratulations!</h2><p>Recommended Reading: Security Considerations How-To</p></div></body></html>')
}

export function movedNotice(site: Site, to: string): Reply {
  return page(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>网站迁移公告</title></head><body><div class="notice"><h1>网站迁移公告</h1><p>${escape(site.name)}：按照政府网站集约化建设要求，本网站已迁移至新平台，新网址为：<a href="${to}">${to}</a>，请更新收藏。</p><p>${escape(site.organisation.name)}</p></div></body></html>`)
}

export function closedNotice(site: Site): Reply {
  return page(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>${escape(site.name)}关停公告</title></head><body><div class="notice"><h1>关停公告</h1><p>根据政府网站集约化工作要求，经批准，${escape(site.name)}已于2026年3月1日起正式关停，不再提供服务。感谢社会各界的关心和支持。</p><p>特此公告。</p><p>${escape(site.organisation.name)}</p></div></body></html>`)
}
