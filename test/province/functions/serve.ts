import { dayInChina } from '../../../src/domain/date.ts'
import { FAMILIES, columnPath } from '../cms/family.ts'
import { isPortal, portalPlan, statisticsOn, surveysOf } from '../indicators/plan.ts'
import type { SurveyPlan } from '../indicators/plan.ts'
import { escape } from '../reply.ts'
import type { Asked, Reply } from '../reply.ts'
import { itemsAt } from '../streams.ts'
import type { Site } from '../types.ts'
import { functionsOf, GUIDES, lettersOf, POOR } from './plan.ts'
import type { FunctionPlan, FunctionState } from './plan.ts'

/** How a page of the site is made around a body: handed in, because that module knows this one. */
export type Wrap = (title: string, body: string) => Reply

const LETTER_FORM = '<form action="/hdjl/submit" method="post"><input name="title" placeholder="标题"><textarea name="content"></textarea><input name="name" placeholder="姓名"><input name="phone" placeholder="联系电话"><input name="captcha" placeholder="验证码"><button>提交留言</button></form>'

/** The box in the header of every page. */
export function searchBox(site: Site): string {
  return functionsOf(site).search === 'absent' ? '' : '<form class="search" action="/so" method="get"><input name="q" placeholder="请输入关键字"><button type="submit">搜索</button></form>'
}

/** Files and links at the end of the home page, and what somebody has put there. */
export function homeExtras(site: Site): string {
  const plan = functionsOf(site)
  const links = [
    ['/files/nb.pdf', '政府网站工作年度报表'], ...(plan.brokenFile ? [['/files/ys.pdf', '部门预算公开表']] : []), ...(plan.brokenLink ? [['/old/2019/tzgg_17.html', '往年通知汇编']] : []),
    ...(plan.slowLink ? [['/old/2018/index.html', '历史文件库'], ['/files/lsk.pdf', '历史文件目录']] : []), ...(plan.walledLink ? [['/old/2017/index.html', '内部资料'], ['/files/nbzl.pdf', '内部资料目录']] : []),
  ]
  return `<div class="files">${links.map(([href, text]) => `<a href="${href}">${text}</a>`).join(' ')}</div>${INJECTED[plan.hijack]}`
}

/** The names of these hosts are reserved (RFC 2606): nobody can be reached by them. */
const INJECTED: Readonly<Record<FunctionPlan['hijack'], string>> = {
  clean: '',
  injected: '<div style="position:absolute;left:-9999px"><a href="http://www.dubo-a.example/">澳门新葡京</a><a href="http://www.dubo-b.example/">百家乐在线</a></div>',
  decoy: '<div style="display:none"><a href="http://tongji.example/c">站长统计</a></div><p><a href="http://news.example/fz/17.html">公安机关提醒:警惕百家乐等网络赌博</a></p>',
}

export function interactionBody(site: Site): string {
  const plan = functionsOf(site)
  const list = plan.letters === 'absent' ? '' : '<li><a href="/hdjl/letters.html">信件公开</a></li>'
  const mailbox = plan.mailbox === 'absent' ? '' : '<li><a href="/hdjl/mail.html">局长信箱</a></li>'
  return `<h2>互动交流</h2><ul class="entries"><li><a href="/hdjl/write.html">我要咨询</a></li>${mailbox}<li><a href="/hdjl/survey.html">民意征集</a></li>${list}</ul>${LETTER_FORM}`
}

export function serviceBody(site: Site): string {
  // Portals say since when each guide stands: a list with dates is whole as it stands, whatever scripts its page bears.
  const since = isPortal(site) ? '<span>2024-03-01</span>' : ''
  const rows = GUIDES.map((s, i) => `<li><a href="/bsfw/guide_${i}.html">${s}</a>${since}</li>`)
  const on = statisticsOn(site)
  const figures = on === null ? '' : `<p class="figures">办件统计（更新于${on}）：累计受理12406件，办结12391件</p>`
  const halves = portalPlan(site).hall === 'grouped' ? [['个人办事', rows.slice(0, 3)], ['法人办事', rows.slice(3)]] as const : [['', rows]] as const
  return `<h2>办事服务</h2><p>本栏目集中提供本地区便民服务事项的办事指南、材料要求和咨询电话，群众和企业可按所需事项查看指南后到政务服务中心窗口办理；已实现网上申报的事项，可在线提交材料并查询进度。</p>${halves.map(([name, half]) => `${name === '' ? '' : `<h3>${name}</h3>`}<ul class="services">${half.join('')}</ul>`).join('\n')}${figures}`
}

const WRITING = `<h2>写信须知</h2><p>请如实填写，便于答复。</p>${LETTER_FORM}`
const PDF: Reply = { status: 200, headers: { 'content-type': 'application/pdf' }, body: Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n') }
const gone: Reply = { status: 404, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from('<html><head><title>404</title></head><body>404 Not Found</body></html>') }
const barred: Reply = { status: 403, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from('<html><head><title>403</title></head><body>您的访问请求可能对网站造成安全威胁，请求已被阻断</body></html>') }

/** What a function in a state answers; a broken one answers with what `broken` gives. */
function inState(state: FunctionState, working: Reply, broken: Reply): Reply {
  if (state === 'walled') return barred
  if (state === 'absent') return gone
  if (state === 'broken') return broken
  return state === 'slow' ? { ...working, slow: 'function' } : working
}

/** The pages behind the functions of a site; null for any other address. */
export function functionReply(site: Site, asked: Asked, now: Date, wrap: Wrap): Reply | null {
  const plan = functionsOf(site)
  const { path } = asked
  if (path === '/so') return inState(plan.search, wrap('站内搜索', results(site, asked.query.get('q') ?? '', now)), gone)
  if (path === '/hdjl/letters.html') return inState(plan.letters, wrap('信件公开', letterList(site)), wrap('信件公开', letterList(site)))
  const letter = lettersOf(site).find((l) => l.path === path)
  if (letter !== undefined) {
    const answer = letter.answeredOn === null ? '' : `${portalPlan(site).letterUnits ? `<p>答复单位：${letter.unit}</p>` : ''}<p>答复时间：${letter.answeredOn}</p><p>答复内容：</p><p>您好，您反映的问题已收悉。经核实，现答复如下：已安排专人办理，感谢您的关心。</p>`
    return wrap(letter.title, `<h2>${escape(letter.title)}</h2><p>来信时间：${letter.askedOn}</p><p>来信内容：</p><p>您好，想反映一个问题，盼望早日解决。</p>${answer}`)
  }
  const guide = /^\/bsfw\/guide_(\d)\.html$/.exec(path)
  if (guide !== null) {
    const n = Number(guide[1])
    const name = GUIDES[n]
    return name === undefined ? null : inState(plan.guides, wrap(name, guideBody(site, name, false)), wrap(name, guideBody(site, name, POOR.includes(n))))
  }
  if (path === '/old/2018/index.html') return plan.slowLink ? { ...wrap('历史文件库', '<h2>历史文件库</h2><p>收录2018年以前的文件目录，按年份排列。</p>'), slow: 'function' } : null
  if (path === '/files/lsk.pdf') return plan.slowLink ? { ...PDF, slow: 'function' } : null
  if (path === '/old/2017/index.html' || path === '/files/nbzl.pdf') return plan.walledLink ? barred : null
  if (path === '/hdjl/mail.html') return inState(plan.mailbox, wrap('写信', WRITING), gone)
  if (path === '/hdjl/write.html') return wrap('写信', WRITING)
  if (path === '/hdjl/survey.html') return wrap('民意征集', surveyList(surveysOf(site)))
  const survey = surveysOf(site).find((s) => s.path === path)
  if (survey !== undefined) return wrap(survey.title, surveyBody(survey))
  if (path === '/sitemap.html') return wrap('网站地图', `<h2>网站地图</h2><ul>${site.columns.map((c) => `<li><a href="${columnPath(site, c)}">${escape(c.name)}</a></li>`).join('')}</ul>`)
  if (path === '/files/nb.pdf') return PDF
  if (path === '/files/ys.pdf') return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from('<!DOCTYPE html><html><head><title>系统提示</title></head><body>文件读取失败，请联系网站管理员处理</body></html>') }
  return null
}

function results(site: Site, word: string, now: Date): string {
  const hits = word === '' ? [] : site.columns.flatMap((c) => (c.stream === null ? [] : itemsAt(c.stream, now).filter((i) => i.title.includes(word)).map((i) => ({ column: c, item: i })))).slice(0, 10)
  return `<ul class="kinds"><li>全部</li><li>新闻</li><li>政策文件</li><li>服务</li></ul><p>${hits.length > 0 ? `共找到${hits.length}条结果` : '没有找到相关结果'}</p><ul class="results">${hits.map(({ column, item }) => `<li><a href="${FAMILIES[site.family].article(site, column, item)}">${escape(item.title)}</a><span>${item.day}</span></li>`).join('')}</ul>`
}

function letterList(site: Site): string {
  const { letterStatistics, letterUnits } = portalPlan(site)
  const letters = lettersOf(site)
  const unit = (cell: string): string => (letterUnits ? cell : '')
  const rows = letters.map((l) => `<tr><td><a href="${l.path}">${escape(l.title)}</a></td><td>${l.askedOn}</td>${unit(`<td>${l.unit}</td>`)}<td>${l.answeredOn === null ? '办理中' : '已答复'}</td><td>${l.answeredOn ?? ''}</td></tr>`)
  const figures = letterStatistics ? `<p class="figures">来信统计：共收到留言${letters.length}件，已答复${letters.filter((l) => l.answeredOn !== null).length}件</p>` : ''
  return `<table class="letters"><tr><th>信件标题</th><th>来信时间</th>${unit('<th>受理单位</th>')}<th>办理状态</th><th>答复时间</th></tr>${rows.join('')}</table>${figures}`
}

function surveyList(surveys: readonly SurveyPlan[]): string {
  if (surveys.length === 0) return '<h2>民意征集</h2><p class="none">暂无数据</p>'
  return `<h2>民意征集</h2><ul class="list">${surveys.map((s) => `<li><a href="${s.path}">${escape(s.title)}</a><span>${s.openedOn}</span></li>`).join('\n')}</ul>`
}

function surveyBody(s: SurveyPlan): string {
  const answer = s.answeredOn === null ? '' : `<p>结果反馈：${s.answeredOn}，采纳意见3条</p>`
  return `<h2>${escape(s.title)}</h2><p>征集时间：${s.openedOn} 至 ${s.closedOn}</p><p>欢迎社会各界提出意见和建议。</p><form action="/hdjl/survey" method="post"><textarea name="opinion"></textarea><input type="text" name="name"><button>提交意见</button></form>${answer}`
}

/** The site's own library of documents. */
function libraryOf(site: Site): string {
  const policy = site.columns.find((c) => c.class === 'policy')
  return policy === undefined ? '/' : columnPath(site, policy)
}

/** A guide with the ten key elements, or with five of them; what else is wrong with it, its site's plan says. */
function guideBody(site: Site, name: string, poor: boolean): string {
  const { guides, basis } = portalPlan(site)
  const law = guides.includes('name_only') ? '《江西省便民服务事项管理办法》' : basis === 'linked' ? `<a href="${libraryOf(site)}">《中华人民共和国行政许可法》</a>第十二条` : '《中华人民共和国行政许可法》第十二条'
  const materials = [
    guides.includes('unclear') ? '居民身份证' : '身份证原件1份、复印件1份',
    ...(guides.includes('form') || guides.includes('form_missing') ? ['申请表原件1份'] : []),
    ...(guides.includes('vague') ? ['法律法规规定应提交的其他材料'] : []),
  ].join('；')
  const whole = [['事项名称', escape(name)], ['设定依据', law], ['申请条件', '符合规定的申请人'], ['办理材料', materials], ['办理地点', '政务服务中心一楼'], ['办理机构', escape(site.organisation.name)], ['收费标准', '不收费'], ['办理时间', '工作日9:00-12:00，13:30-17:00'], ['联系电话', site.organisation.phone], ['办理流程', '申请—受理—审查—决定—送达']]
  const form = guides.includes('form') ? '<p><a href="/files/nb.pdf">申请表下载</a></p>' : ''
  return `<h2>${escape(name)}</h2><table class="guide">${(poor ? whole.slice(0, 5) : whole).map(([k, v]) => `<tr><th>${k}</th><td>${v}</td></tr>`).join('')}</table>${form}<p>本指南更新于${dayInChina(new Date(`${site.base}T00:00:00Z`))}</p>`
}
