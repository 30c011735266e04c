import { describe, expect, it } from 'vitest'
import { read } from './pages.ts'

const rows = [1, 2, 3, 4].map((n) => `<li><a href="/a/${n}.html">关于开展第${n}批教师资格认定工作的通知</a><span>2024-06-0${n}</span></li>`).join('')
const home = (extra: string) => read(`<html><head><title>示例县人民政府</title></head><body><div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/xw/">新闻动态</a><a href="/bsfw/">办事服务</a></div><h2>要闻</h2><ul>${rows}</ul>${extra}<a href="https://bszs.conac.cn/sitename?method=show"><img src="blue.png"></a></body></html>`, { kind: 'home' })

describe('entries for consultation on a home page', () => {
  it.each([
    ['a link', '<a href="/xz/">县长信箱</a>'],
    ['a picture with words', '<a href="/xz/"><img src="a.jpg" alt="县长信箱"></a>'],
    ['a picture behind a tooltip', '<a href="/xz/" title="县长信箱"><img src="a.jpg"></a>'],
    ['a part of a picture', '<map><area href="/xz/" alt="县长信箱"></map>'],
    ['a banner that names several', '<a href="/xz/">县长信箱、县长热线、咨询投诉、意见建议征集平台（示例县）</a>'],
  ])('are seen as %s', (_what, html) => {
    const facts = home(html)
    expect(facts.consultation.map((e) => new URL(e.url).pathname)).toEqual(['/xz/'])
    expect(facts.consultationHides).toEqual([])
  })

  it.each([
    ['nothing', '', []],
    ['a script of its own', '<script src="/js/top.js"></script>', ['script']],
    ['a frame', '<iframe src="/inc/top.html"></iframe>', ['script']],
    ['a library and a counter', '<script src="/js/jquery.min.js"></script><script src="https://hm.baidu.com/hm.js?1"></script>', []],
    ['a button that is no link', '<div onclick="location.href=\'/xz/\'">县长信箱</div>', ['words']],
    ['a link that a script follows', '<a href="javascript:void(0)" onclick="go()">领导信箱</a>', ['words']],
    ['a headline', '<p>示例县开展政策咨询进社区活动受到居民普遍欢迎和好评</p>', []],
    ['a picture without words', '<a href="/xz/"><img src="xz.jpg"></a>', ['picture']],
    ['the picture of a story that is named beside it', '<a href="/a/1.html"><img src="1.jpg"></a>', []],
  ])('none is seen, and %s may hide one: %s', (_what, html, hides) => {
    const facts = home(html)
    expect(facts.consultation).toEqual([])
    expect(facts.consultationHides).toEqual(hides)
  })
})
