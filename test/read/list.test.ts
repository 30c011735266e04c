import { describe, expect, it } from 'vitest'
import type { PageKind } from '../../src/domain/page.ts'
import { read } from './pages.ts'

const T = ['关于开展春季安全生产大检查的通知', '市政府召开第三十次常务会议', '关于公开招聘事业单位工作人员的公告', '全市农村工作会议在我市召开', '关于调整城市居民最低生活保障标准的通知', '示例市举行重大项目集中开工仪式']
const nav = '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/ywdt/">要闻动态</a></li><li><a href="/hdjl/">互动交流</a></li></ul></div>'
const foot = '<div class="footer">版权所有 © 2005-2024 网站标识码:3601000001</div>'
function list(body: string, extra = ''): string {
  return `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>通知公告_示例市人民政府</title></head><body>${nav}<div class="pos">当前位置：<a href="/">首页</a> > <a href="/tzgg/">通知公告</a></div>${body}${extra}<div class="page"><a href="index_1.html">下一页</a></div>${foot}</body></html>`
}
const rows = (make: (title: string, i: number) => string): string => T.map(make).join('\n')
const url = (i: number): string => `/tzgg/${1000 - i}.html`
const days = ['2024-06-12', '2024-06-10', '2024-05-28', '2024-05-20', '2024-04-11', '2024-03-02']
const day = (i: number): string => days[i] ?? ''
const md = (i: number): string => day(i).slice(5)

/** Titles that end, and begin, in words which beside a date in running text would say what day it is. */
const ENDS = ['关于推进专项行动方案实施', '市政府常务会议召开', '招聘工作人员报名', '拟表彰名单公示', '关于停水的通知印发', '规划草案获批准']
const BEGINS = ['实施方案征求意见的通知', '召开全市安全生产会议', '截止目前工作进展的通报', '起草说明与解读材料', '举行重点项目开工仪式', '施行新的收费标准公告']

type Case = readonly [shape: string, html: string, newest: string | null, rows?: number, kind?: PageKind]

const hot = '<div class="right"><h3>热点推荐</h3><ul><li><a href="/h/1.html">这是一条热点新闻的标题</a><span>2024-06-19</span></li><li><a href="/h/2.html">又是一条热点新闻的标题</a><span>2024-06-18</span></li></ul></div>'

const CASES: readonly Case[] = [
  ['span beside the link', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${day(i)}</span></li>`)}</ul>`), '2024-06-12', 6],
  ['titles that end in the words of labels', list(`<ul>${rows((_, i) => `<li><a href="${url(i)}">${ENDS[i]}</a><span>${day(i)}</span></li>`)}</ul>`), '2024-06-12'],
  ['titles that end so, dates behind them without an element', list(`<ul>${rows((_, i) => `<li><a href="${url(i)}">${ENDS[i]}</a> ${day(i)}</li>`)}</ul>`), '2024-06-12'],
  ['titles that begin with the words of labels', list(`<div>${rows((_, i) => `<div class="r"><em class="time">${day(i)}</em><a href="${url(i)}">${BEGINS[i]}</a></div>`)}</div>`), '2024-06-12'],
  ['month and day with the year in another letter’s address', list(`<ul>${rows((t, i) => `<li><a href="/yw/202206/c202206${10 + i}_1${i}.html">${t}</a><em>06-${10 + i}</em></li>`)}</ul>`), '2022-06-15', 6],
  ['month and day with only the month’s folder in the address', list(`<ul>${rows((t, i) => `<li><a href="/yw/202206/t${i}.html">${t}</a><em>06-${15 - i}</em></li>`)}</ul>`), '2022-06-15', 6],
  ['a title of three characters keeps its own date', list('<ul><li><a href="/j/1.html">新解读</a><span>2024-06-12</span></li><li><a href="/j/2.html">关于印发办法的解读</a><span>2024-05-22</span></li><li><a href="/j/3.html">另一篇政策的解读说明</a><span>2023-12-01</span></li></ul>'), '2024-06-12'],
  ['a short title between others, in elements of no name', list('<div class="l"><div class="i"><a href="/j/2.html">关于印发办法的解读</a><em>2024-05-22</em></div><div class="i"><a href="/j/1.html">新解读</a><em>2024-06-12</em></div><div class="i"><a href="/j/3.html">另一篇政策的解读说明</a><em>2023-12-01</em></div></div>'), '2024-06-12'],
  ['a short title last, its date first', list('<div class="l"><div class="i"><em>2024-05-22</em><a href="/j/2.html">关于印发办法的解读</a></div><div class="i"><em>2023-12-01</em><a href="/j/3.html">另一篇政策的解读说明</a></div><div class="i"><em>2024-06-12</em><a href="/j/1.html">解读</a></div></div>'), '2024-06-12'],
  ['two rows in bare elements, the newer title of two characters', list('<div class="l"><div><a href="/j/1.html">讣告</a> 2024-06-12</div><div><a href="/j/2.html">关于印发办法的解读</a> 2022-05-22</div></div>'), '2024-06-12'],
  ['two rows in paragraphs, the newer title a word of labels', list('<div class="l"><p><a href="/j/1.html">公示</a><span>2024-06-12</span></p><p><a href="/j/2.html">关于印发办法的解读</a><span>2022-05-22</span></p></div>'), '2024-06-12'],
  ['three rows in bare elements, the first title a word of labels', list('<div class="l"><div><a href="/j/1.html">会议</a><span>2024-06-12</span></div><div><a href="/j/2.html">关于印发办法的解读</a><span>2022-05-22</span></div><div><a href="/j/3.html">关于印发规定的解读</a><span>2021-05-22</span></div></div>'), '2024-06-12'],
  ['days with their weekdays', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${day(i)} 星期${'三一二一四六'[i]}</span></li>`)}</ul>`), '2024-06-12', 6],
  ['a clock with its weekday beside a link, over a list without dates', list(`<div class="top"><p>2024年6月20日 星期四 <a href="/index.html">设为本机首页</a></p></div><ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a></li>`)}</ul>`), null],
  ['a day with 日 above its year and month', list(`<div>${rows((t, i) => `<div class="it"><div class="d"><p>${Number(day(i).slice(8))}日</p><p>${day(i).slice(0, 4)}年${Number(day(i).slice(5, 7))}月</p></div><h4><a href="${url(i)}">${t}</a></h4></div>`)}</div>`), '2024-06-12', 6],
  ['a table of letters: settled, not sent', list(`<table><tr><td>主题</td><td>来信时间</td><td>办结时间</td></tr>${rows((t, i) => `<tr><td><a href="${url(i)}">${t}</a></td><td>2024-02-0${i + 1}</td><td>${day(i)}</td></tr>`)}</table>`), '2024-06-12', 6],
  ['two-digit years with dots are years first', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><i>${day(i).slice(2).replaceAll('-', '.')}</i></li>`)}</ul>`), '2024-06-12', 6],
  ['a day above the name of its month, without a year', list(`<div>${rows((t, i) => `<div class="it"><div class="d"><b>${day(i).slice(8)}</b><i>${['Jun', 'Jun', 'May', 'May', 'Apr', 'Mar'][i]}</i></div><a href="${url(i)}">${t}</a></div>`)}</div>`), '2024-06-12', 6],
  ['a name of a month above its day, without a year', list(`<div>${rows((t, i) => `<div class="it"><div class="d"><i>${['Jun', 'Jun', 'May', 'May', 'Apr', 'Mar'][i]}</i><b>${day(i).slice(8)}</b></div><a href="${url(i)}">${t}</a></div>`)}</div>`), '2024-06-12', 6],
  ['a day before a slash and year.month', list(`<ul>${rows((t, i) => `<li><div><b>${day(i).slice(8)}</b>/<i>${day(i).slice(0, 7).replace('-', '.')}</i></div><a href="${url(i)}">${t}</a></li>`)}</ul>`), '2024-06-12', 6],
  ['the date in a tooltip that names it', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}" title="标题：${t}&#10;发布时间：${day(i)} 10:00">${t}</a></li>`)}</ul>`), '2024-06-12', 6],
  ['the date in data-time', list(`<ul>${rows((t, i) => `<li data-time="${day(i)}"><a href="${url(i)}">${t}</a></li>`)}</ul>`), '2024-06-12', 6],
  ['the date in a time element that shows nothing', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><time datetime="${day(i)}T10:00:00+08:00"></time></li>`)}</ul>`), '2024-06-12', 6],
  ['a tooltip that holds the title, dates and all, is no witness', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}" title="2024年6月1${i}日${t}">${t}</a></li>`)}</ul>`), null, 6],
  ['times that begin and end a consultation', list(`<table><tr><td>标题</td><td>开始时间</td><td>结束时间</td></tr>${rows((t, i) => `<tr><td><a href="${url(i)}">${t}</a></td><td>${day(i)}</td><td>2024-06-1${i}</td></tr>`)}</table>`), null, 6],
  ['JSON with epochs under a name of the CMS’s own', list(`<script>var list=[${T.map((t, i) => `{"docTitle":"${t}","docRelTime":${Date.parse(`${day(i)}T02:00:00Z`)},"docUrl":"${url(i)}"}`).join(',')}];</script>`), '2024-06-12', 6],
  ['a day with 日 above its month', list(`<ul>${rows((t, i) => `<li><div><h3>${day(i).slice(8)}日</h3><p>${day(i).slice(5, 7)}月</p></div><a href="${url(i)}">${t}</a></li>`)}</ul>`), '2024-06-12', 6],
  ['two lists of like size under names of their own: the newer counts', list(`<div><h3>县级文件</h3><ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${day(i)}</span></li>`)}</ul></div><div><h3>上级文件</h3><ul>${rows((t, i) => `<li><a href="/s/${i}.html">上级机关${t}</a><span>2023-01-0${i + 1}</span></li>`)}</ul></div>`), '2024-06-12'],
  ['a list of the latest beside it does not count', list(`<div><ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${day(i)}</span></li>`)}</ul></div><div><h3>最新信息</h3><ul>${rows((t, i) => `<li><a href="/n/${i}.html">别处${t}</a><span>2024-06-1${9 - i}</span></li>`)}</ul></div>`), '2024-06-12'],
  ['a row dated a few days ahead, month and day only', list(`<ul><li><a href="/tzgg/9.html">第三届文化节活动安排</a><span>06-23</span></li>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${md(i)}</span></li>`)}</ul>`), '2024-06-12', 6],
  ['rows of a year ago, month and day only', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${['07-23', '07-02', '06-28', '05-01', '04-01', '03-01'][i]}</span></li>`)}</ul>`), '2023-07-23', 6],
  ['today’s rows with a time of day only', list(`<ul><li><a href="/tzgg/9.html">第三届文化节活动安排</a><span>10:32</span></li>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${md(i)}</span></li>`)}</ul>`), '2024-06-20', 6],
  ['成文 and 发布 in one row, without 日期', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>成文：2024-02-0${i + 1}</span><span>发布：${day(i)}</span></li>`)}</ul>`), '2024-06-12', 6],
  ['a story with its summary right above the list', list(`<div class="tt"><h2><a href="/tzgg/9.html">第三届文化节开幕式举行</a></h2><p>摘要摘要摘要摘要摘要摘要摘要</p><em>2024-06-18</em></div><ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${day(i)}</span></li>`)}</ul>`), '2024-06-18', 6],
  ['a small newer list that the same template made', list(`<div class="lm"><h3>上级文件</h3><ul><li><a href="/s/1.html">上级关于某项工作的意见</a><span>2024-06-18</span></li><li><a href="/s/2.html">上级关于另一项工作的意见</a><span>2024-06-02</span></li></ul></div><div class="lm"><h3>本级文件</h3><ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${day(i)}</span></li>`)}</ul></div>`), '2024-06-18', 6],
  ['a small newer list of another kind beside it', list(`<div class="lm"><h3>本级文件</h3><ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${day(i)}</span></li>`)}</ul></div><div class="yb"><h3>信息公开</h3><ul><li><a href="/s/1.html">上级关于某项工作的意见</a><span>2024-06-18</span></li><li><a href="/s/2.html">上级关于另一项工作的意见</a><span>2024-06-02</span></li></ul></div>`), '2024-06-12', 6],
  ['pictures on a home page that lead to newer pages of its own', `<div>${rows((t, i) => `<a href="http://www.example.gov.cn/yw/202406/t2024061${8 - i}_${i}.html"><img src="${i}.jpg"><p>${t}</p></a>`)}</div><ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${day(i)}</span></li>`)}</ul>`, '2024-06-18', undefined, 'home'],
  ['pictures on a home page that lead to newer pages of another site', `<div>${rows((t, i) => `<a href="http://www.gov.cn/yw/202406/t2024061${8 - i}_${i}.html"><img src="${i}.jpg"><p>${t}</p></a>`)}</div><ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${day(i)}</span></li>`)}</ul>`, '2024-06-12', undefined, 'home'],
  ['markup that a script puts together', list(`<div id="c"></div><script>var h="";${rows((t, i) => `h+="<li><a href='${url(i)}'>${t}</a><span>${day(i)}</span></li>";`)}document.getElementById("c").innerHTML=h;</script>`), '2024-06-12', 6],
  ['a year and month with the day in the next element', list(`<ul>${rows((t, i) => `<li><div class="d"><span>${day(i).slice(0, 7)}</span><b>${day(i).slice(8)}</b></div><a href="${url(i)}">${t}</a></li>`)}</ul>`), '2024-06-12', 6],
  ['a duty roster on a home page', `<table><tr><td>值班日期</td><td>值班领导</td></tr><tr><td>2024-06-19</td><td><a href="/l/1">张某某领导</a></td></tr><tr><td>2024-06-20</td><td><a href="/l/2">李某某领导</a></td></tr></table><ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${day(i)}</span></li>`)}</ul>`, '2024-06-12', 6, 'home'],
  ['three short titles', list('<ul><li><a href="/j/1.html">新解读</a><span>2024-06-12</span></li><li><a href="/j/2.html">旧的</a><span>2024-05-22</span></li><li><a href="/j/3.html">旧旧的</a><span>2023-12-01</span></li></ul>'), '2024-06-12'],
  ['brackets', list(`<ul>${rows((t, i) => `<li><span>[${day(i)}]</span><a href="${url(i)}" title="${t}">${t}</a></li>`)}</ul>`), '2024-06-12', 6],
  ['parentheses', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a>(${day(i)})</li>`)}</ul>`), '2024-06-12', 6],
  ['[06-12] without a year', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><em>[${md(i)}]</em></li>`)}</ul>`), '2024-06-12', 6],
  ['12-28 under 01-05 in the new year', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><em>${['01-05', '01-03', '12-28', '12-20', '11-11', '10-02'][i]}</em></li>`)}</ul>`), '2024-01-05', 6],
  ['a month and day of last year by the address', list(`<ul>${rows((t, i) => `<li><a href="/tzgg/202206/t202206${10 + i}_1${i}.html">${t}</a><em>06-${10 + i}</em></li>`)}</ul>`), '2022-06-15', 6],
  ['a month and day still to come is last year', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><em>12-${20 - i}</em></li>`)}</ul>`), '2023-12-20', 6],
  ['年月日 in the link', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">${t} ${day(i).replace('-', '年').replace('-', '月')}日</a></li>`)}</ul>`), '2024-06-12', 6],
  ['day above year and month', list(`<ul>${rows((t, i) => `<li><div class="rq"><b>${day(i).slice(8)}</b><i>${day(i).slice(0, 7)}</i></div><a href="${url(i)}"><h4>${t}</h4><p>摘要文字摘要文字摘要文字</p></a></li>`)}</ul>`), '2024-06-12', 6],
  ['month and day above the year', list(`<ul>${rows((t, i) => `<li><p class="d">${md(i)}</p><p class="y">${day(i).slice(0, 4)}</p><a href="${url(i)}">${t}</a></li>`)}</ul>`), '2024-06-12', 6],
  ['day and month in words', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}"><span class="d">${day(i).slice(8)}</span><span class="m">${Number(day(i).slice(5, 7))}月</span><h3>${t}</h3></a></li>`)}</ul>`), '2024-06-12', 6],
  ['a table with a head', list(`<table><tr><th>序号</th><th>标题</th><th>发布日期</th></tr>${rows((t, i) => `<tr><td>${i + 1}</td><td><a href="${url(i)}">${t}</a></td><td>${day(i)}</td></tr>`)}</table>`), '2024-06-12', 6],
  ['a table with 成文日期 and 发布日期', list(`<table><tr><td>文件名称</td><td>文号</td><td>成文日期</td><td>发布日期</td></tr>${rows((t, i) => `<tr><td><a href="${url(i)}">${t}</a></td><td>示府发〔2024〕${i}号</td><td>2024-06-13</td><td>${day(i)}</td></tr>`)}</table>`), '2024-06-12', 6],
  ['a table a row', list(rows((t, i) => `<table width="100%"><tr><td><img src="d.gif"></td><td><a href="${url(i)}">${t}</a></td><td width="80">${day(i)}</td></tr></table>`)), '2024-06-12', 6],
  ['dl with dt and dd', list(`<dl>${rows((t, i) => `<dt><a href="${url(i)}">${t}</a></dt><dd>${day(i)}</dd>`)}</dl>`), '2024-06-12', 6],
  ['links and dates in one cell', list(`<table><tr><td>${rows((t, i) => `·<a href="${url(i)}">${t}</a> ${day(i)}<br>`)}</td></tr></table>`), '2024-06-12', 6],
  ['date and link in one cell, the date first', list(`<div>${rows((t, i) => `<span>${day(i)}</span><a href="${url(i)}">${t}</a><br>`)}</div>`), '2024-06-12', 6],
  ['the whole row is the link', list(`<div class="lb">${rows((t, i) => `<a href="${url(i)}"><p>${t}</p><span>${day(i)}</span></a>`)}</div>`), '2024-06-12', 6],
  ['a category link in each row', list(`<ul>${rows((t, i) => `<li><a href="/c/${i % 2}/">[通知]</a><a href="${url(i)}">${t}</a><span>${day(i)}</span></li>`)}</ul>`), '2024-06-12', 6],
  ['five rows a list', list(`<ul class="l">${T.slice(0, 3).map((t, i) => `<li><a href="${url(i)}">${t}</a><span>${day(i)}</span></li>`).join('')}</ul><ul class="l">${T.slice(3).map((t, i) => `<li><a href="${url(i + 3)}">${t}</a><span>${day(i + 3)}</span></li>`).join('')}</ul>`), '2024-06-12', 6],
  ['cards with a summary that tells of other days', list(`<div>${rows((t, i) => `<div class="item"><h3><a href="${url(i)}">${t}</a></h3><p>2024年6月18日起，全市将开展专项行动，自2023年1月1日施行的办法同时废止。</p><div class="info">发布时间：${day(i)} 来源：市政府办</div></div>`)}</div>`), '2024-06-12', 6],
  ['dates in the titles', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">2024年6月${19 - i}日${t}</a><span>${day(i)}</span></li>`)}</ul>`), '2024-06-12', 6],
  ['an old pinned row first', list(`<ul><li><a href="/tzgg/1.html">[置顶] 网站使用说明与注意事项</a><span>2019-01-01</span></li>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${day(i)}</span></li>`)}</ul>`), '2024-06-12', 7],
  ['a row in the future', list(`<ul><li><a href="/tzgg/1.html">预发布的一条信息标题在这里</a><span>2031-01-01</span></li>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${day(i)}</span></li>`)}</ul>`), '2024-06-12', 7],
  ['a clock and a hot list beside it', list(`<div class="t">今天是2024年6月20日 星期四</div><ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${day(i)}</span></li>`)}</ul>`, hot), '2024-06-12'],
  ['rows that a script opens, without links', list(`<div class="lb">${rows((t, i) => `<p onclick="go(${i})">${t}<span>${day(i)}</span></p>`)}</div>`), '2024-06-12'],
  ['periods of consultation', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><p>征集时间：2024-06-01 至 2024-06-19</p><span>发布日期：${day(i)}</span></li>`)}</ul>`), '2024-06-12', 6],
  ['rows without dates stay undated', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a></li>`)}</ul>`), null, 6],
  ['rows dated by their addresses', list(`<ul>${rows((t, i) => `<li><a href="/art/2024/${Number(day(i).slice(5, 7))}/${Number(day(i).slice(8))}/art_1_${i}.html">${t}</a></li>`)}</ul>`), '2024-06-12', 6],
  ['full date in the title attribute of a relative one', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span title="${day(i)} 10:00">${i + 1}天前</span></li>`)}</ul>`), '2024-06-12', 6],
  ['relative words', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${i + 3}天前</span></li>`)}</ul>`), '2024-06-17', 6],
  ['昨天 with a time', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${i === 0 ? '昨天 06:19' : `${i + 3}天前`}</span></li>`)}</ul>`), '2024-06-19', 6],
  ['hours that reach back over midnight', list(`<ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${i + 14}小时前</span></li>`)}</ul>`), '2024-06-19', 6],
  ['jpage records', list(`<div id="1"><script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/x"></a>]]></nextgroup><recordset>${rows((t, i) => `<record><![CDATA[<li><a href="/art/1_${i}.html" title="${t}">${t}</a><span>${day(i)}</span></li>]]></record>`)}</recordset></datastore></script></div>`), '2024-06-12', 6],
  ['jpage records that are table rows', list(`<script type="text/xml"><datastore><recordset>${rows((t, i) => `<record><![CDATA[<table><tr><td width="620"><a href="/art/1_${i}.html">${t}</a></td><td width="100">${day(i)}</td></tr></table>]]></record>`)}</recordset></datastore></script>`), '2024-06-12', 6],
  ['JSON in a script', list(`<ul id="list"></ul><script>var listData = [${T.map((t, i) => `{"title":"${t}","url":"${url(i)}","publishTime":"${day(i)} 10:00:00"}`).join(',')}]; render(listData);</script>`), '2024-06-12', 6],
  ['a JS array with bare keys and single quotes', list(`<div id="list"></div><script>var docs=[${T.map((t, i) => `{title:'${t}',url:'${url(i)}',pubDate:'${day(i)}'}`).join(',\n')},];</script>`), '2024-06-12', 6],
  ['parallel arrays', list(`<script>var urls=[],headers=[],year=[],month=[],day=[];${T.map((t, i) => `urls[${i}]='${url(i)}';headers[${i}]='${t}';year[${i}]='${day(i).slice(0, 4)}';month[${i}]='${day(i).slice(5, 7)}';day[${i}]='${day(i).slice(8)}';`).join('')}</script>`), '2024-06-12', 6],
  ['a list in a comment that a script uncomments', list(`<div id="data"><!--<ul>${rows((t, i) => `<li><a href="${url(i)}">${t}</a><span>${day(i)}</span></li>`)}</ul>--></div>`), '2024-06-12', 6],
]

describe('the newest row of a list', () => {
  for (const [shape, html, newest, count, kind] of CASES) it(shape, () => {
    const facts = read(html, { kind: kind ?? 'listing', url: 'http://www.example.gov.cn/tzgg/index.html' })
    expect(facts.date).toBe(newest)
    if (count !== undefined) {
      const titles = facts.items.filter((i) => T.some((t) => i.title.includes(t)) || i.url?.includes('/tzgg/1.html'))
      expect(titles.length).toBe(count)
      expect(titles.every((i) => i.url !== null)).toBe(true)
    }
    expect(facts.listState).toBe('listed')
  })
})

describe('markup that a script puts together from what it has yet to fetch', () => {
  it('is no list: it cannot be read', () => {
    const facts = read(list('<div id="c"></div><script>var since="2024-01-01";for(var i in d){h+="<li><a href=\'"+d[i].u+"\'>"+d[i].t+"</a><span>"+d[i].d+"</span></li>";}</script>'), { kind: 'listing' })
    expect([facts.date, facts.listState]).toEqual([null, 'unreadable'])
  })
})

describe('a row with a short title', () => {
  it('keeps its date, and gives it to no neighbour', () => {
    const facts = read(list('<div class="l"><div><a href="/j/1.html">讣告</a><span>2024-06-12</span></div><div><a href="/j/2.html">关于印发办法的解读</a><span>2022-05-22</span></div></div>'), { kind: 'listing' })
    expect(facts.items.filter((i) => i.url?.includes('/j/') === true).map((i) => [i.title, i.date])).toEqual([['讣告', '2024-06-12'], ['关于印发办法的解读', '2022-05-22']])
  })
})
