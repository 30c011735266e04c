import { describe, expect, it } from 'vitest'
import type { PageSource, PageVerdict } from '../../src/domain/page.ts'
import { article, read } from './pages.ts'

const page = (title: string, body: string, head = ''): string => `<html><head><meta charset="utf-8"><title>${title}</title>${head}</head><body>${body}</body></html>`

type Case = readonly [what: string, html: string, verdict: PageVerdict['verdict'] | null, source?: Partial<PageSource>]
const CASES: readonly Case[] = [
  ['Ruishu', page('', '<script>_$a1();</script>', '<meta content="x{c" r="m"><script r="m">$_ts=window[\'$_ts\'];$_ts.nsd=1;</script>'), 'challenge', { status: 412 }],
  ['Jiasule', '<script>document.cookie=("_")+("_jsl_clearance_s=1");location.href=location.pathname</script>', 'challenge', { status: 521 }],
  ['Aliyun cookie check', "<html><script>var arg1='3A1B2C3D4E5F60718293A4B5C6D7E8F901234567';</script></html>", 'challenge'],
  ['a firewall page with status 200', page('请求已被拦截', '<h1>您的访问请求可能对网站造成安全威胁</h1><p>请求已被管理员设置的策略阻断,事件编号 8f3a</p>'), 'challenge', { status: 200 }],
  ['a firewall page with status 403', page('403', '<p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p>'), 'challenge', { status: 403 }],
  ['a slider', page('安全验证', '<p>请完成安全验证后继续访问,拖动滑块完成拼图</p>'), 'challenge'],
  ['too often', page('提示', '<p>访问过于频繁，请稍候再试</p>'), 'rate_limited'],
  ['a login wall', page('登录', '<form><input name="u"><input name="p" type="password"></form><p>请登录后查看</p>'), 'login_wall'],
  ['a parked domain', page('example.com', '<h1>该域名正在出售</h1><p>如需购买请联系 buy this domain</p>'), 'parked'],
  ['a default page', page('Welcome to nginx!', '<h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working.</p>'), 'default_page'],
  ['a notice of removal', page('网站迁移公告', '<p>本网站已迁移至新址，请访问新网站：<a href="http://new.example.gov.cn/">http://new.example.gov.cn</a></p>'), 'moved'],
  ['a notice of closure', page('公告', '<p>根据集约化工作要求，本网站已于2023年12月31日正式关停，感谢您的支持。</p>'), 'closed_notice'],
  ['an ICP block', page('提示', '<p>该网站暂时无法访问：该网站未备案或备案信息不符</p>'), 'icp_block'],
  ['a soft 404', page('404', '<p>您访问的页面不存在</p><a href="/">返回首页</a>'), 'soft_404'],
  ['an empty shell', page('示例局', '<div id="app"></div><script src="/app.js"></script>'), 'empty_shell'],
  ['a real page with the mark of a challenge in it', article('发布时间：2024-05-01', { metas: "<script>$_ts=window['$_ts'];$_ts.nsd=1</script>" }).replace('</body>', `${'<p>真实的正文内容在这里,篇幅足够长。</p>'.repeat(20)}</body>`), null],
  ['an article about closing websites', article('发布时间：2024-05-01', { body: `<p>全市政府网站集约化工作完成,12个部门网站已关停,本网站已迁移至统一平台。</p>${'<p>各单位要按照要求做好后续工作,确保平稳有序。</p>'.repeat(60)}` }), null],
]

describe('what a page really is', () => {
  for (const [what, html, verdict, source] of CASES) it(what, () => {
    const facts = read(html, { status: 200, ...source })
    expect(facts.verdict?.verdict ?? null).toBe(verdict)
    if (verdict !== null) expect(facts.verdict?.evidence.length).toBeGreaterThan(0)
  })
  it('says where a moved site went', () => {
    expect(read(page('迁移公告', '<p>本网站已迁移，新网址：www.new.example.gov.cn</p>')).verdict?.target).toBe('http://www.new.example.gov.cn/')
  })
})
