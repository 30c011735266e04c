/** Pages in the size and build of government sites, 15 to 50 kB, made from a seed alone: for speed, not for accuracy. */
export type MadePage = { readonly id: string; readonly kind: 'article' | 'listing'; readonly bytes: Uint8Array }

const WORDS = ['政务公开', '通知公告', '安全生产', '营商环境', '乡村振兴', '行政审批', '统计数据', '公共服务', '教育卫生', '城市建设', '会议精神', '检查指导', '工作方案', '实施意见', '专项行动']

export function numbers(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b1
  return () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d)
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39)
    state ^= state >>> 15
    return (state >>> 0) / 4_294_967_296
  }
}

export function makePages(count: number): MadePage[] {
  return Array.from({ length: count }, (_, i) => makePage(i))
}

export function makePage(seed: number): MadePage {
  const next = numbers(seed)
  const kind = seed % 2 === 0 ? 'article' : 'listing'
  const size = 15_000 + Math.trunc(next() * 35_000)
  const word = (): string => WORDS[Math.trunc(next() * WORDS.length)] ?? ''
  const title = (): string => `关于${word()}${word()}有关事项的${next() < 0.5 ? '通知' : '公告'}`
  const date = (): string => `2024-0${1 + Math.trunc(next() * 6)}-${10 + Math.trunc(next() * 18)}`
  const nav = Array.from({ length: 12 }, (_, i) => `<li class="nav-item"><a href="/col/c${i}/index.html" target="_blank" title="${word()}">${word()}</a><ul class="sub">${Array.from({ length: 5 }, (_, k) => `<li><a href="/col/c${i}${k}/">${word()}</a></li>`).join('')}</ul></li>`).join('\n')
  const head = `<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<meta name="SiteName" content="示例市人民政府">\n<meta name="SiteIDCode" content="3601000001">\n<meta name="ColumnName" content="通知公告">\n${kind === 'article' ? `<meta name="ArticleTitle" content="${title()}">\n<meta name="PubDate" content="${date()} 10:00">\n` : ''}<title>${title()}_示例市人民政府</title>\n<link rel="stylesheet" href="/css/base.css">\n<script src="/js/jquery.min.js"></script>\n<script>var _hmt=_hmt||[];(function(){var hm=document.createElement("script");hm.src="//hm.example.com/hm.js";document.head.appendChild(hm)})();function doSearch(k){if(k==""){alert("请输入关键词");return false}window.open("/search?q="+encodeURIComponent(k))}</script>\n</head>\n<body>\n<div class="header"><div class="logo"><img src="/img/logo.png" alt="logo"></div><form action="/search" method="get"><input name="q" type="text"><input type="submit" value="搜索"></form></div>\n<div class="nav"><ul><li><a href="/">首页</a></li>${nav}</ul></div>\n`
  const foot = '<div class="footer"><p>主办：示例市人民政府办公室 网站标识码：3601000001</p><p>赣ICP备05001234号-1 赣公网安备 36010002000123号</p><a href="https://beian.miit.gov.cn/">备案</a></div>\n<script>$(function(){$(".nav li").hover(function(){$(this).find(".sub").show()},function(){$(this).find(".sub").hide()})})</script>\n</body></html>'
  const parts: string[] = [head]
  /** Adds a part and says how many bytes the page has now. */
  let length = byteLength(head) + byteLength(foot)
  const add = (s: string): number => {
    parts.push(s)
    length += byteLength(s)
    return length
  }
  if (kind === 'article') {
    add(`<div class="con"><h1>${title()}</h1><div class="info"><span>发布时间：${date()} 10:00</span><span>来源：${word()}局</span></div><div class="TRS_Editor">`)
    const paragraph = (): string => `<p style="text-indent: 2em;"><span style="font-size: 16pt; font-family: 仿宋;">${Array.from({ length: 8 }, () => `为进一步做好${word()}工作，各有关单位要加强${word()}，`).join('')}特此通知。</span></p>\n`
    while (add(paragraph()) < size);
    add('</div></div>')
  } else {
    add('<div class="list"><h2>通知公告</h2><ul class="news-list">')
    const row = (i: number): string => `<li class="clearfix"><a href="/art/2024/${1 + (i % 6)}/${1 + (i % 28)}/art_1_${seed}${i}.html" title="${title()}" target="_blank"><i class="dot"></i>${title()}</a><span class="date fr">[${date()}]</span></li>\n`
    for (let i = 0; add(row(i)) < size; i++);
    add('</ul><div class="page"><a href="index_1.html">下一页</a></div></div>')
  }
  return { id: `made-${seed}`, kind, bytes: new TextEncoder().encode(`${parts.join('')}${foot}`) }
}

function byteLength(s: string): number {
  return Buffer.byteLength(s)
}
