import { describe, expect, it } from 'vitest'
import { article, PROSE, read } from './pages.ts'

type Case = readonly [trap: string, html: string, date: string | null, source?: string, url?: string]

const rec = '<div class="xgwz"><ul><li><a href="/a/1.html">另一篇文章的标题在这里</a><span>2024-06-18</span></li><li><a href="/a/2.html">第二篇文章的标题在这里</a><span>2024-06-19</span></li></ul></div>'

const CASES: readonly Case[] = [
  ['a labelled date under the title', article('<span>发布时间：2024-05-01 10:00</span><span>来源：市政府办公室</span>'), '2024-05-01', 'label'],
  ['a date without a label beside the source', article('2024-05-01　来源：市政府办　浏览次数：<span>12</span>'), '2024-05-01', 'byline'],
  ['the visible date wins over a migrated PubDate', article('发布日期：2016-03-02', { metas: '<meta name="PubDate" content="2019-05-01 09:00">' }), '2016-03-02', 'label'],
  ['an unlabelled visible date wins over a PubDate that is the moment of generation', article('2016-03-02 来源：本站', { metas: '<meta name="HtmlGenerateTime" content="2023-05-01 09:00"><meta name="PubDate" content="2023-05-01 09:00">' }), '2016-03-02', 'byline'],
  ['PubDate where nothing is shown', article('来源：本站', { metas: '<meta content="2024-05-01 09:00" name="pubdate">' }), '2024-05-01', 'meta'],
  ['firstpublishedtime, not the moment of generation', article('', { metas: '<meta name="others" content="页面生成时间 2024-06-19 11:23:36"><meta name="firstpublishedtime" content="2007-08-20-23:59:59">' }), '2007-08-20', 'meta'],
  ['an empty PubDate is no date', article('来源：本站', { metas: '<meta name="PubDate" content="">' }), null],
  ['发布日期 and not 成文日期, in a table', article('', { before: '<table><tr><td>索引号：</td><td>014/2024-0001</td><td>成文日期：</td><td>2024年04月28日</td></tr><tr><td>文号：</td><td>示府发〔2024〕3号</td><td>发布日期：</td><td>2024年05月06日</td></tr></table>' }), '2024-05-06', 'label'],
  ['发布日期 split by elements', article('<b>发布日期</b>：<span>2024</span>-<span>05</span>-<span>01</span>'), '2024-05-01', 'label'],
  ['年月日 with spaces', article('时 间：2024 年 5 月 1 日'), '2024-05-01', 'label'],
  ['full-width digits', article('发布时间：２０２４年０５月０１日'), '2024-05-01', 'label'],
  ['brackets', article('发布时间：[2024/05/01]'), '2024-05-01', 'label'],
  ['dots', article('日期：2024.05.01'), '2024-05-01', 'label'],
  ['a custom element', article('发布时间：<publishtime>2024-05-01</publishtime>'), '2024-05-01', 'label'],
  ['a date written by a script', article('发布时间：<script>var tm="2024-05-01 10:00:00";document.write(tm.substring(0,10));</script>'), '2024-05-01', 'embedded'],
  ['a clock above the title', article('发布时间：2024-05-01', { before: '<div class="date">今天是2024年6月20日 星期四</div>' }), '2024-05-01', 'label'],
  ['a clock and nothing else', article('来源：本站', { before: '<div class="date">今天是：2024年6月20日 星期四</div>' }), null],
  ['a weekday clock without words', article('来源：本站', { before: '<div class="date">2024年6月20日 星期四 农历五月十五</div>' }), null],
  ['copyright year and date', article('来源：本站', { after: '<p>Copyright © 2024-06-01 All Rights Reserved</p>' }), null],
  ['dates in the text alone are no publication', article('来源：本站'), null],
  ['a signature date alone is no publication', article('来源：本站', { body: PROSE + '<p>示例市人民政府办公室</p><p>2024年4月28日</p>' }), null],
  ['a title that holds a date', article('来源：市政府办 2024-05-06', { title: '2024年5月1日市政府常务会议召开' }), '2024-05-06', 'byline'],
  ['recommended articles after the text', article('来源：本站 发布时间：2024-05-01', { after: rec }), '2024-05-01', 'label'],
  ['recommended articles and no date of its own', article('来源：本站', { after: rec }), null],
  ['发布时间 before 更新时间', article('更新时间：2024-05-09 发布时间：2024-05-01'), '2024-05-01', 'label'],
  ['更新时间 alone', article('更新时间：2024-05-09 浏览：12'), '2024-05-09', 'label'],
  ['a label at the foot of the text', article('来源：本站', { body: PROSE + '<p class="r">发布时间：2024-05-01</p>' }), '2024-05-01', 'label'],
  ['a date in a comment of the source', article('来源：本站<!--<p>成文日期：2024-05-01</p>-->'), null],
  ['a future date is no publication', article('发布时间：2031-05-01'), null],
  ['a deadline under the title', article('截止日期：2024-06-15'), null],
  ['a span of days is an event', article('征集时间：2024-05-01 至 2024-05-31 发布日期：2024-04-30'), '2024-04-30', 'label'],
  ['a date in the address when nothing else speaks', article('来源：本站'), '2024-05-01', 'url', 'http://www.example.gov.cn/zwgk/202405/t20240501_123.html'],
  ['the visible date over the address', article('发布时间：2024-05-03'), '2024-05-03', 'label', 'http://www.example.gov.cn/zwgk/202405/t20240501_123.html'],
  ['a month in the address makes no day', article('来源：本站'), null, undefined, 'http://www.example.gov.cn/zwgk/202405/content_123.html'],
  ['a WeChat epoch, and not the time of the server', '<html><head><title>t</title></head><body><div id="js_article"><h1 id="activity-name">关于举办惠民活动的公告在这里</h1><em id="publish_time"></em></div><script>var svr_time = "1765936349"; var ct = "1714492800";</script></body></html>', '2024-05-01', 'platform'],
  ['schema.org', article('', { metas: '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-05-01T08:00:00+08:00","dateModified":"2024-05-07"}</script>' }), '2024-05-01', 'json_ld'],
  ['a tender: 公告时间, not 开标时间', article('公告时间：2024-05-01 开标时间：2024-05-20 09:30'), '2024-05-01', 'label'],
  ['a letter: answered, not asked', article('来信时间：2024-04-20 答复时间：2024-04-25'), '2024-04-25', 'label'],
  ['two-digit year', article('发布时间：24-05-01'), '2024-05-01', 'label'],
  ['month and day alone take the year from the meta', article('05-01 10:20', { metas: '<meta itemprop="dateUpdate" content="2023-05-01">' }), '2023-05-01'],
  ['a date under the title without any heading element', '<html><head><title>市政府召开常务会议研究部署工作-示例市人民政府</title></head><body><table><tr><td align="center"><font size="4">市政府召开常务会议研究部署工作</font></td></tr><tr><td align="center">2024-05-01 08:30:12　来源：示例日报</td></tr><tr><td>' + PROSE + '</td></tr></table></body></html>', '2024-05-01', 'byline'],
  ['phone and document numbers', article('电话：0791-88052024 文号：示府〔2024〕5-01号'), null],
  ['a clock with a time of day above the title', article('来源：本站', { before: '<div>2024年6月20日 10:20:11 星期四</div>' }), null],
  ['a by-line with a weekday under the title', article('2024年5月1日 星期三 10:20 来源：本站'), '2024-05-01', 'byline'],
  ['a by-line with a weekday and no time of day', article('2024年5月1日 星期三 来源：示例日报 作者：李四'), '2024-05-01', 'byline'],
  ['a time of day with a tenth of a second, as databases print it', article('编辑：王五　审核：赵六　2024-05-01 15:44:12.0'), '2024-05-01', 'byline'],
  ['a time of day with its zone', article('2024-05-01T09:21:00.000+08:00'), '2024-05-01', 'byline'],
  ['a time of day in 时 and 分', article('2024年5月1日9时21分　来源：新华社'), '2024-05-01', 'byline'],
  ['a label in brackets of its own, at the foot', article('来源：本站', { body: `${PROSE}<div class="foot-info">【发布日期】2024-05-01 【打印本页】</div>` }), '2024-05-01', 'label'],
  ['a date as a program prints it', article('发布时间：Wed May 01 09:21:00 CST 2024'), '2024-05-01'],
  ['加入时间', article('加入时间：2024-05-01 浏览：12'), '2024-05-01', 'label'],
  ['a year on the line above', article('发布时间：2024年<br>5月1日'), '2024-05-01'],
  ['a title broken over two lines', article('2024-05-01 10:00', { title: '示例市人民政府办公室' }).replace('<h1>示例市人民政府办公室</h1>', '<div class="bt">示例市人民政府<br>办公室</div>'), '2024-05-01', 'byline'],
  ['a by-line on a page whose title names only the site', '<html><head><title>示例市人民政府</title></head><body><div class="nav"><a href="/">首页</a></div><div class="biaoti">全市农村工作会议召开</div><div>信息来源：农业农村局　2024-05-01　浏览次数：33</div><div>' + PROSE + '</div></body></html>', '2024-05-01', 'byline'],
  ['时间 on a page whose title names only the site', '<html><head><title>示例市人民政府</title></head><body><div class="biaoti">全市农村工作会议召开</div><div>时间：2024-05-01 作者：办公室</div><div>' + PROSE + '</div></body></html>', '2024-05-01', 'label'],
  ['a by-line over a PubDate of a migration', article('2016-03-02 09:12 来源：市政府办 浏览：12', { metas: '<meta name="PubDate" content="2019-05-01 09:00">' }), '2016-03-02', 'byline'],
  ['a month and day alone: the year is not made up', article('05-01 10:20'), null],
  ['发文日期 where it is all there is', article('', { before: '<ul><li><b>索引号：</b>014</li><li><b>发文日期：</b>2024年05月06日</li></ul>' }), '2024-05-06', 'label'],
  ['the time of something not known', article('来源：本站', { body: `<table><tr><td>许可决定日期</td><td>2024-03-01</td></tr><tr><td>拍摄时间</td><td>2024-03-02</td></tr></table>${PROSE}` }), null],
  ['the time of something not known, with a colon', article('决定日期：2024-05-01 来源：本站'), null],
  ['an update in a cell among such times', article('来源：本站', { body: `<table><tr><td>许可决定日期</td><td>2024-03-01</td></tr><tr><td>数据更新时间</td><td>2024-05-01</td></tr></table>${PROSE}` }), '2024-05-01', 'label'],
  ['a span of time that is reported on', article('', { body: `<p>时间范围：2024-03-04 0时至24时</p>${PROSE}` }), null],
  ['时间 behind a source, in an element of its own', article('<span>来源：县政府</span><span>时间：2024-05-01</span>'), '2024-05-01', 'label'],
  ['发 布 时 间 with its characters spread', article('发 布 时 间 ： 2024 - 05 - 01'), '2024-05-01', 'label'],
  ['時 間 with its characters spread in a table', article('<table><tr><td>时　间</td><td>2024-05-01</td></tr></table>'), '2024-05-01', 'label'],
  ['a page whose title says nothing', article('', { title: '文章详情', before: '<div class="bt">全市农村工作会议召开</div><p class="sj">2024-05-01 09:05</p>' }).replace('<h1>文章详情</h1>', ''), '2024-05-01', 'byline'],
  ['民國 years', article('張貼日：民國113年5月1日'), '2024-05-01'],
  ['bare years of the Republic on a page in Taiwan', article('發布日期：113-05-01'), '2024-05-01', 'label', 'http://www.example.gov.tw/a/1.html'],
  ['113-05-01 elsewhere is a number', article('编号：113-05-01'), null],
  ['a count that looks like a date', article('浏览量：20240501 来源：本站'), null],
  ['a label at the foot, in an element called bottom', article('来源：本站', { body: `${PROSE}<div class="bottom">[发布时间：2024-05-01][浏览：22][关闭窗口]</div>` }), '2024-05-01', 'label'],
  ['comments right under a short article', article('来源：本站', { body: `${PROSE}<div class="plq"><div>网友甲 2024-06-08 10:11:12</div><p>支持</p><div>网友乙 2024-06-09 12:11</div></div>` }), null],
  ['a list in the margin before the title, and no date', article('来源：本站', { before: `<div class="left">${rec}<ul>${[1, 2, 3, 4].map((i) => `<li><a href="/b/${i}.html">一条最新信息的标题在这里</a><span>2024-06-0${i}</span></li>`).join('')}</ul></div>` }), null],
  ['a list in the margin before the title, and a date', article('发布日期：2023-10-11 点击数：', { before: `<ul>${[1, 2, 3, 4].map((i) => `<li><a href="/b/${i}.html">一条最新信息的标题在这里</a><span>2024-06-0${i}</span></li>`).join('')}</ul>` }), '2023-10-11', 'label'],
]

describe('the date of an article', () => {
  for (const [trap, html, date, source, url] of CASES) it(trap, () => {
    const facts = read(html, { kind: 'article', url: url ?? 'http://www.example.gov.cn/zwgk/tzgg/123.html' })
    expect(facts.date).toBe(date)
    if (date === null) expect(facts.confidence).toBe('none')
    else expect(facts.witnesses[0]?.day).toBe(date)
    if (source !== undefined) expect(facts.witnesses[0]?.source).toBe(source)
  })
})
