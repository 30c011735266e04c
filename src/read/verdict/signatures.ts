import type { PageVerdict } from '../../domain/page.ts'

/**
 * Pages that are not what they seem, as data. A signature matches when one of its marks is in the
 * source and its page is as bare as it says: every one of these marks also turns up on real pages, so content, once
 * there is enough of it, clears a page (the positive sentinel).
 */
export type Signature = {
  readonly name: string
  readonly verdict: PageVerdict['verdict']
  /** Looked for in the source text (scripts included) or in what is seen. */
  readonly where: 'source' | 'seen' | 'title' | 'header'
  readonly mark: RegExp
  /** The page may show at most so many characters of text … */
  readonly maxText: number
  /** … and at most so many links. */
  readonly maxLinks: number
  readonly status?: readonly number[]
}

const s = (name: string, verdict: Signature['verdict'], where: Signature['where'], mark: RegExp, maxText: number, maxLinks: number, status?: readonly number[]): Signature => ({
  name, verdict, where, mark, maxText, maxLinks, ...(status === undefined ? {} : { status }),
})

export const SIGNATURES: readonly Signature[] = [
  s('ruishu', 'challenge', 'source', /\$_ts\s*=\s*window\s*\[\s*['"]\$_ts|\$_ts\.(?:nsd|cd)\b|<meta[^>]{0,400}\sr=["']?m["']?[^>]{0,40}>|FSSBBIl1UgzbN7N|_\$[\w]{1,6}\(\);\s*<\/script>/, 200, 5),
  s('jiasule', 'challenge', 'source', /__jsl_clearance|__jsluid_|\bgo\(\{["']?bts\b|document\.cookie\s*=\s*\(?['"_].{0,800}location\.(?:href|reload)/s, 160, 3),
  s('aliyun-acw', 'challenge', 'source', /acw_sc__v2|acw_sc__v3|var\s+arg1\s*=\s*['"][0-9A-F]{20,}/, 300, 4),
  s('aliyun-block', 'challenge', 'seen', /由于您访问的URL有可能对网站造成安全威胁|errors\.aliyun\.com/, 1500, 8),
  s('safeline', 'challenge', 'seen', /您的访问请求可能对网站造成安全威胁|请求已被[^。\n]{0,20}阻断|SafeLine|长亭雷池/, 1500, 8),
  s('safedog', 'challenge', 'seen', /您的请求带有不合法参数|请登录安全狗|网站防火墙|safedog/i, 1500, 10),
  s('360-qianxin', 'challenge', 'seen', /已被网站卫士拦截|访问异常页面|当前访问可能对网站安全造成威胁|奇安信网站卫士/, 1500, 10),
  s('waf-words', 'challenge', 'seen', /已被创宇盾拦截|已被云防护安全拦截|腾讯T-Sec Web应用防火墙|您的请求疑似攻击行为|您当前的访问行为存在异常|检测到疑似攻击行为|Request blocked by OpenRASP|请求被WEB防火墙拦截|网站云防护|玄武盾|请求已被拦截|您的访问(?:已)?被(?:拦截|阻断|禁止)|访问被拦截|非法访问|请求存在威胁|疑似黑客攻击|Web应用防火墙|百度云加速|云锁|网宿云/, 1500, 8),
  s('browser-check', 'challenge', 'seen', /正在(?:进行)?(?:安全检查|浏览器检查|验证您的浏览器)|请完成(?:安全)?验证|完成验证后即可(?:继续)?访问|拖动滑块|滑动验证|点击(?:下方)?按钮进行验证|请输入验证码(?:以)?继续|人机验证|环境异常|Checking your browser|Just a moment|Attention Required|Verify you are human|Enable JavaScript and cookies to continue/i, 1200, 8),
  s('cloudflare', 'challenge', 'source', /cf-browser-verification|challenge-platform\/|cf_chl_opt/, 800, 8),
  s('waf-header', 'challenge', 'header', /yunsuo|safedog|webberrasp/i, 200, 2, [403, 405, 412, 418, 461, 493, 503, 521]),
  s('too-often', 'rate_limited', 'seen', /访问过于频繁|操作(?:过于)?频繁|请求(?:过于|太)频繁|访问(?:次数|频率)(?:过高|超限|过快)|Too Many Requests|rate limit/i, 800, 8),
  s('login', 'login_wall', 'seen', /请(?:先)?登录(?:后)?(?:再)?(?:查看|访问|浏览|使用)?|登录后(?:查看|可见|访问|继续)|请在微信客户端打开链接|统一身份认证|扫码登录|账号登录|用户登录|Please (?:log|sign) in/i, 500, 14),
  s('icp-block', 'icp_block', 'seen', /该网站(?:暂时无法访问|未备案|尚未备案)|未(?:完成|取得|进行)?ICP备案|网站未备案或已被封堵|TencentCloud.{0,40}未备案|该域名尚未备案/, 1500, 12),
  s('parked', 'parked', 'seen', /域名(?:正在|已|可)?(?:出售|转让|停放|拍卖)|(?:此|该|本)域名(?:可|正在|待)?(?:售|出售|转让)|域名交易|domain (?:is |may be )?for sale|buy this domain|this domain is parked|域名已过期|domain has expired|parked free|购买此域名/i, 2500, 40),
  s('gambling', 'parked', 'title', /(?:澳门|葡京|威尼斯人|太阳城|永利|金沙|新葡|博彩|彩票投注|棋牌|体育投注|百家乐|bet365|六合彩|开元棋牌|老虎机)/i, 100_000, 2000),
  s('moved', 'moved', 'seen', /(?:本|我|该|此|旧|原)?(?:网站|站点|网址|域名|官网|门户)[^。\n]{0,30}(?:已|已经|现已|正式)?(?:迁移|整合|搬迁|合并|归并|并入|变更|更换|迁至|迁入|迁往)(?:至|到|为|入|往)?|(?:迁移|迁入|整合)(?:公告|通知|说明)|新(?:网址|域名|地址|网站地址)(?:是|为|：|:)|(?:请|敬请)(?:访问|登录|点击进入)(?:新|以下)(?:网站|网址|地址|站)|site has moved|has moved to/i, 900, 20),
  s('closed', 'closed_notice', 'seen', /(?:本|该|此)?(?:网站|站点|频道|平台|系统)[^。\n]{0,24}(?:已|已经|现已|将|予以|正式)?(?:关停|关闭|停止(?:服务|运行|运营|更新|使用)|下线|注销|停用|停运)|关停公告|下线公告|site (?:is|has been) closed|permanently closed/i, 900, 20),
  s('default-iis', 'default_page', 'seen', /IIS Windows Server|Internet Information Services|Under Construction.{0,200}does not currently have a default page/is, 2500, 20),
  s('default-iis-image', 'default_page', 'source', /iisstart\.(?:png|htm)|welcome\.png["'][^>]{0,80}iis/i, 200, 12),
  s('default-nginx', 'default_page', 'seen', /Welcome to nginx|Welcome to tengine|Welcome to OpenResty|Thank you for using nginx|If you see this page, the .{0,30} web server is successfully installed/i, 1500, 10),
  s('default-apache', 'default_page', 'seen', /^\s*It works!\s*$|Apache2? .{0,30}Default Page|Test(?:ing)? 123\.\.|Apache HTTP Server Test Page|This page is used to test the proper operation/i, 8000, 40),
  s('default-tomcat', 'default_page', 'seen', /If you're seeing this, you've successfully installed Tomcat|Apache Tomcat\/[\d.]+/, 5000, 60),
  s('default-panel', 'default_page', 'seen', /恭喜[，,]?\s?站点创建成功|没有找到站点|您的请求在Web服务器中没有找到对应的站点|宝塔面板|phpStudy|站点创建成功|默认页面/i, 1200, 10),
  s('maintenance', 'closed_notice', 'title', /^(?:网站|站点)?已?(?:关闭|关停|下线)(?:公告|通知)?$/, 1500, 20),
  s('soft-404', 'soft_404', 'title', /(?:^|\D)404(?:\D|$)|找不到(?:该)?(?:页面|网页)|页面(?:不存在|未找到|找不到|丢失)|网页(?:不存在|未找到)|not found/i, 3000, 60),
  s('soft-404-text', 'soft_404', 'seen', /(?:您|你)?(?:所)?(?:访问|请求|查找|浏览|要找)的(?:页面|网页|内容|文件|资源|信息|文章)(?:已(?:经)?(?:被)?(?:删除|不存在|移除)|不存在|未找到|找不到|无法找到|可能已)|页面不存在|404 Not Found|(?:对不起|抱歉)[，,！!]?\s?(?:您|你)?[^。\n]{0,16}(?:页面|内容)(?:不存在|找不到|已删除|走丢)|The requested URL .{0,100} was not found|该(?:信息|内容|栏目)(?:已删除|不存在)/i, 900, 30),
  s('server-words', 'soft_404', 'title', /^(?:403 Forbidden|500 Internal Server Error|502 Bad Gateway|503 Service|504 Gateway|HTTP Status \d{3}|服务器错误|运行时错误|Runtime Error|Error)/i, 3000, 12),
]
