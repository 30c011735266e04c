import type { AnyRoute } from '../../src/server/route.ts'
import type { Facts } from './facts.ts'

/** Who asks: the administrator, somebody who has views and tokens of their own, a unit's contact. */
export type Asker = 'administrator' | 'owner' | 'contact'
/** Lists, figures and single things stand under the bar; a file is made for a person who waits for it. */
export type Sort = 'list' | 'figure' | 'one thing' | 'file'
type Addresses = Readonly<Record<string, (i: number, f: Facts) => string>>
export type Asked = { readonly sort: Sort; readonly as?: Asker; readonly asks: Addresses } | { readonly leftOut: string }

const one = <T>(of: readonly T[], i: number): T => of[i % of.length] as T
const REGIONS = ['360000', '360100', '360102', '360200', '361100', '360700', '360981']
const WORDS = ['教育局', '发布', 's123', '南昌', '融媒体中心', 'acct_77', '不存在的名字'].map((w) => encodeURIComponent(w))
const KINDS = ['website', 'weibo', 'wechat_official', 'douyin']
const SORTS = ['name', 'kind', 'region', 'newest', 'last_visit', 'next_due']
const VIEWS = ['open', 'mine', 'answered', 'contested', 'overdue', 'week', 'confirm', 'escalated', 'settled', 'all']
const FIGURES = ['baseline', 'removed', 'remaining', 'checked', 'not_observed', 'candidates', 'ordered', 'rectified', 'merged', 'shut_down', 'kept']

const campaign = (f: Facts): string => `/api/campaigns/${encodeURIComponent(f.campaign.name)}`
const sample = (f: Facts): string => `/api/samples/${encodeURIComponent(f.sample)}`
const day = (back: number): string => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10)

/** What is asked of each GET route, with filters, pages and sorts that change from one request to the next. */
export const ASKED: Readonly<Record<string, Asked>> = {
  '/api/session': { sort: 'one thing', asks: { 'who I am': () => '/api/session' } },
  '/api/sessions': { sort: 'list', as: 'owner', asks: { 'my sessions': () => '/api/sessions' } },
  '/api/tokens': { sort: 'list', as: 'owner', asks: { 'my tokens': () => '/api/tokens' } },
  '/api/views': { sort: 'list', as: 'owner', asks: { 'my views': () => '/api/views?page=channels' } },
  '/api/users': { sort: 'list', asks: {
    'users': (i) => `/api/users?page=${1 + (i % 30)}`,
    'users, filtered': (i) => `/api/users?text=user${i}&region=${one(REGIONS, i)}`,
    'users, locked or disabled': (i) => `/api/users?state=${one(['active', 'disabled', 'locked'], i)}&role=${one(['unit_contact', 'operations'], i)}`,
  } },
  '/api/audit': { sort: 'list', asks: {
    'audit': (i) => `/api/audit?page=${1 + (i % 20)}`,
    'audit, deep page': (i) => `/api/audit?page=${3000 + i * 7}`,
    'audit, of a person': (i) => `/api/audit?actor=u-${1 + i}&page=1`,
    'audit, by name and verb': (i) => `/api/audit?actor=${encodeURIComponent(`工作人员${100 + i}`)}&verbs=${one(['channel.update', 'candidate.order', 'session.start'], i)}`,
    'audit, of a thing': (i, f) => `/api/audit?entity=channel&entityId=${one(f.channels, i)}`,
    'audit, of a month': (i) => `/api/audit?from=${day(60 + (i % 60))}&until=${day(30 + (i % 60))}&page=${1 + (i % 40)}`,
  } },
  '/api/audit/chain': { sort: 'figure', asks: { 'audit, its chain': () => '/api/audit/chain' } },
  '/api/audit/export': { sort: 'file', asks: { 'audit, file of a month': (i) => `/api/audit/export?from=${day(40 + i)}&until=${day(10 + i)}` } },
  '/api/channels': { sort: 'list', asks: {
    'channels': (i) => `/api/channels?page=${1 + (i % 50)}`,
    'channels, deep page': (i) => `/api/channels?page=${900 + (i % 90)}&sort=name`,
    'channels, sorted': (i) => `/api/channels?sort=${one(SORTS, i)}&descending=${i % 2 === 0}`,
    'channels, search': (i) => `/api/channels?text=${one(WORDS, i)}`,
    'channels, region and kind': (i) => `/api/channels?region=${one(REGIONS, i)}&kinds=weibo,website&states=active`,
    'channels, of a unit': (i, f) => `/api/channels?organisation=${one(f.organisations, i)}`,
    'channels, long silent': (i) => `/api/channels?daysFrom=${90 + i}&states=active&sort=newest`,
    'channels, outcomes and filing': (i) => `/api/channels?outcomes=${one(['timeout', 'challenge', 'login_wall'], i)}&filing=${one(['filed', 'pending', 'unfiled'], i)}`,
    'channels, with candidates': (i) => `/api/channels?proposals=${one(['rectify', 'merge', 'shut_down'], i)}&region=${one(REGIONS, i)}`,
    'channels, overdue': (i) => `/api/channels?visiting=${one(['overdue', 'never', 'covered', 'uncovered', 'unseen', 'in_hand'], i)}`,
    'channels, of a campaign': (i, f) => `/api/channels?campaign=${f.campaign.id}&page=${1 + (i % 200)}`,
  } },
  '/api/channels/export': { sort: 'file', asks: { 'channels, workbook of a region': (i) => `/api/channels/export?region=${one(REGIONS.slice(1), i)}`, 'channels, table of all': () => '/api/channels/export?format=csv' } },
  '/api/channels/:id': { sort: 'one thing', asks: { 'channel': (i, f) => `/api/channels/${one(i % 2 === 0 ? f.channels : f.websites, i)}`, 'channel with a week': (i, f) => `/api/channels/${one(f.weeks, i)}` } },
  '/api/channels/:id/visits': { sort: 'list', asks: { 'channel, visits': (i, f) => `/api/channels/${one(f.channels, i)}/visits?page=${1 + (i % 2)}` } },
  '/api/channels/:id/history': { sort: 'list', asks: { 'channel, history': (i, f) => `/api/channels/${one(f.channels, i)}/history` } },
  '/api/live': { leftOut: 'a stream that stays open while its page is seen' },
  '/api/channels/:id/live': { leftOut: 'a stream that stays open while a visit goes on: it ends when the visit does' },
  '/api/organisations': { sort: 'list', asks: { 'organisations': (i) => `/api/organisations?text=${one(WORDS, i)}&limit=20` } },
  '/api/regions': { sort: 'list', asks: { 'regions': (i) => `/api/regions?all=${i % 2 === 0}` } },
  '/api/policies': { sort: 'list', asks: { 'policies': () => '/api/policies' } },
  '/api/engine-room': { sort: 'figure', asks: { 'engine room': () => '/api/engine-room' } },
  '/api/watcher': { sort: 'figure', asks: { 'watcher': () => '/api/watcher' } },
  '/api/availability-weeks': { sort: 'list', asks: {
    'availability weeks': (i) => `/api/availability-weeks?state=${one(['running', 'done', 'stopped'], i)}&offset=${(i % 4) * 50}`,
    'availability weeks, of a site': (i, f) => `/api/availability-weeks?channel=${one(f.weeks, i)}`,
  } },
  '/api/credentials': { sort: 'list', asks: { 'credentials': () => '/api/credentials' } },
  '/api/credentials/kinds': { sort: 'list', asks: { 'credentials, kinds': () => '/api/credentials/kinds' } },
  '/api/bridges': { sort: 'list', asks: { 'bridges': () => '/api/bridges' } },
  '/api/signals': { sort: 'list', asks: { 'signals': () => '/api/signals' } },
  '/api/standards': { sort: 'list', asks: { 'standards': () => '/api/standards' } },
  '/api/standards/:standard': { sort: 'one thing', asks: { 'standard': () => '/api/standards/gov-2019' } },
  '/api/check-runs': { sort: 'list', asks: { 'check runs': (i) => `/api/check-runs?page=${1 + (i % 2)}` } },
  '/api/jobs/:job': { leftOut: 'a piece of work that was begun by the one who asks; it is kept in memory' },
  '/api/check-runs/:id': { sort: 'figure', asks: { 'check run': (i, f) => `/api/check-runs/${one(f.runs, i)}` } },
  '/api/check-runs/:id/checks': { sort: 'list', asks: {
    'check run, checks': (i, f) => `/api/check-runs/${one(f.runs, i)}/checks?page=${1 + (i % 30)}`,
    'check run, checks filtered': (i, f) => `/api/check-runs/${one(f.runs, i)}/checks?verdict=${one(['failed', 'passed', 'undecided'], i)}&region=${one(REGIONS, i)}&text=${one(WORDS, i)}`,
  } },
  '/api/check-runs/:id/file': { sort: 'file', asks: { 'check run, file': (i, f) => `/api/check-runs/${one(f.runs, i)}/file?format=${one(['xlsx', 'csv', 'json', 'docx'], i)}` } },
  '/api/checks/:id': { sort: 'one thing', asks: { 'check': (i, f) => `/api/checks/${one(f.checks, i).id}` } },
  '/api/checks/:id/changes': { sort: 'one thing', asks: { 'check, changes': (i, f) => `/api/checks/${one(f.checks, i).id}/changes?before=${one(f.checks, i).before}` } },
  '/api/check-work': { sort: 'list', asks: { 'check, a person’s work': (i, f) => `/api/check-work?channel=${one(f.websites, i)}` } },
  '/api/findings': { sort: 'list', asks: { 'findings': (i, f) => `/api/findings?channel=${one(f.checks, i).channel}` } },
  '/api/check-plans': { sort: 'list', asks: { 'check plans': () => '/api/check-plans' } },
  '/api/settings': { sort: 'list', asks: { 'settings': () => '/api/settings' } },
  '/api/subscriptions': { sort: 'list', asks: { 'subscriptions': () => '/api/subscriptions' } },
  '/api/letters': { sort: 'list', asks: { 'letters': (i) => `/api/letters${one(['', '?state=failed', '?state=waiting', '?state=sent'], i)}` } },
  '/api/overview': { sort: 'figure', asks: { 'overview': () => '/api/overview', 'overview of a region': (i) => `/api/overview?region=${one(REGIONS, i)}` } },
  '/api/overview/trend': { sort: 'figure', asks: { 'overview, trend': (i) => `/api/overview/trend?weeks=${one([16, 26, 52], i)}`, 'overview, trend of a region': (i) => `/api/overview/trend?region=${one(REGIONS, i)}` } },
  '/api/overview/campaign': { sort: 'figure', asks: { 'overview, campaign': () => '/api/overview/campaign' } },
  '/api/ledger/template': { sort: 'file', asks: { 'ledger, template': () => '/api/ledger/template' } },
  '/api/ledger/uploads/:id/progress': { leftOut: 'a stream beside a ledger that somebody has just sent; kept in memory' },
  '/api/ledger/uploads/:id/rejected': { leftOut: 'the refused rows of a ledger that somebody has just sent; kept in memory' },
  '/api/evidence/:sha256': { sort: 'one thing', asks: { 'evidence': (i, f) => `/api/evidence/${one(f.pages, i)}` } },
  '/api/evidence/:sha256/source': { sort: 'file', asks: { 'evidence, source': (i, f) => `/api/evidence/${one(f.pages, i)}/source` } },
  '/api/evidence/:sha256/picture': { sort: 'file', asks: { 'evidence, picture': (i, f) => `/api/evidence/${one(f.pictures, i)}/picture` } },
  '/api/candidates': { sort: 'list', asks: {
    'review, queue': (i) => `/api/candidates?page=${1 + (i % 100)}`,
    'review, all of them': (i) => `/api/candidates?view=all&page=${1 + (i % 190)}`,
    'review, each view': (i) => `/api/candidates?view=${one(VIEWS, i)}&sort=${one(['weight', 'deadline', 'opened'], i)}`,
    'review, last changed': (i) => `/api/candidates?view=all&sort=changed&page=${1 + (i % 20)}`,
    'review, search': (i) => `/api/candidates?view=all&text=${one(WORDS, i)}`,
    'review, of a region': (i) => `/api/candidates?region=${one(REGIONS, i)}&kinds=${one(KINDS, i)}`,
    'review, of a reviewer': (i, f) => `/api/candidates?view=all&assignee=${one(f.reviewers, i)}`,
    'review, of a unit': (i, f) => `/api/candidates?view=all&organisation=${one(f.organisations, i)}`,
  } },
  '/api/candidates/counts': { sort: 'figure', asks: {
    'review, counts': () => '/api/candidates/counts',
    'review, counts filtered': (i) => `/api/candidates/counts?view=all&text=${one(WORDS, i)}`,
    'review, counts of a region': (i) => `/api/candidates/counts?view=${one(VIEWS, i)}&region=${one(REGIONS, i)}`,
  } },
  '/api/candidates/reviewers': { sort: 'list', asks: { 'review, reviewers': () => '/api/candidates/reviewers' } },
  '/api/candidates/:id': { sort: 'one thing', asks: { 'candidate': (i, f) => `/api/candidates/${one(f.candidates, i)}` } },
  '/api/candidates/:id/pack': { sort: 'file', asks: { 'candidate, evidence pack': (i, f) => `/api/candidates/${one(f.candidates, i)}/pack?as=${one(['zip', 'docx'], i)}` } },
  '/api/candidates/:id/files/:sha256': { leftOut: 'a file that a unit brought, handed on as it came: one row by its key' },
  '/api/orders': { sort: 'list', asks: {
    'orders': (i) => `/api/orders?page=${1 + (i % 40)}`,
    'orders, filtered': (i) => `/api/orders?kind=${one(['rectification', 'shutdown'], i)}&region=${one(REGIONS, i)}&text=${one(WORDS, i)}`,
    'orders, overdue': (i) => `/api/orders?overdue=${i % 2 === 0}&page=${1 + (i % 3)}`,
  } },
  '/api/orders/:id/file': { sort: 'file', asks: { 'order, document': (i, f) => `/api/orders/${one(f.orders, i)}/file` } },
  '/api/letterheads/:region': { sort: 'one thing', asks: { 'letterhead': (i, f) => `/api/letterheads/${one(f.regions, i)}` } },
  '/api/filings': { sort: 'list', asks: {
    'filings': (i) => `/api/filings?page=${1 + (i % 60)}`,
    'filings, unfiled': (i) => `/api/filings?view=unfiled&page=${1 + (i % 200)}`,
    'filings, complete': (i) => `/api/filings?view=complete&page=${1 + (i % 100)}`,
    'filings, all of a region': (i) => `/api/filings?view=all&region=${one(REGIONS, i)}`,
    'filings, search': (i) => `/api/filings?view=all&text=${one(WORDS, i)}`,
  } },
  '/api/watched': { sort: 'list', asks: { 'closed and watched': (i) => `/api/watched?page=${1 + (i % 20)}`, 'closed, come back': () => '/api/watched?returned=true' } },
  '/api/watched/counts': { sort: 'figure', asks: { 'closed, counts': () => '/api/watched/counts' } },
  '/api/unit/matters': { sort: 'list', as: 'contact', asks: { 'unit, matters': (i) => `/api/unit/matters?view=${one(['due', 'waiting', 'done', 'all'], i)}` } },
  '/api/unit/channels': { sort: 'list', as: 'contact', asks: { 'unit, channels': (i) => `/api/unit/channels?text=${one(['', ...WORDS], i)}` } },
  '/api/campaigns': { sort: 'list', asks: { 'campaigns': () => '/api/campaigns' } },
  '/api/campaigns/:name/report': { sort: 'figure', asks: { 'campaign, report': (i, f) => `${campaign(f)}/report${i % 2 === 0 ? '' : `?asOf=${day(i % 50)}T00:00:00Z`}` } },
  '/api/campaigns/:name/members': { sort: 'list', asks: {
    'campaign, members': (i, f) => `${campaign(f)}/members?figure=${one(FIGURES, i)}&page=${1 + (i % 5)}`,
    'campaign, members of a region': (i, f) => `${campaign(f)}/members?figure=${one(FIGURES, i)}&region=${one(f.regions, i)}&kind=${one(KINDS, i)}`,
  } },
  '/api/campaigns/:name/weekly': { sort: 'figure', asks: { 'campaign, weekly': (_i, f) => `${campaign(f)}/weekly` } },
  '/api/campaigns/:name/bulletin': { sort: 'list', asks: { 'campaign, bulletin': (i, f) => `${campaign(f)}/bulletin?page=${1 + (i % 20)}` } },
  '/api/campaigns/:name/bulletin/file': { sort: 'file', asks: { 'campaign, bulletin file': (i, f) => `${campaign(f)}/bulletin/file?as=${one(['docx', 'xlsx', 'csv', 'json'], i)}` } },
  '/api/samples': { sort: 'list', asks: { 'spot checks': () => '/api/samples' } },
  '/api/samples/:name': { sort: 'figure', asks: { 'spot check': (i, f) => `${sample(f)}?digits=${1 + (i % 2)}` } },
  '/api/samples/:name/members': { sort: 'list', asks: { 'spot check, members': (i, f) => `${sample(f)}/members?page=${1 + (i % 40)}${one(['', '&result=open', '&result=passed', '&result=failed'], i)}` } },
}

/** Read-only questions that are sent by POST, with what is sent. */
export const SENT: Readonly<Record<string, (i: number, f: Facts) => { readonly url: string; readonly payload: object }>> = {
  'policies, preview': (i, f) => ({ url: '/api/policies/preview', payload: one([
    { scope: 'region', target: one(REGIONS, i), settings: { intervalDays: 1 + (i % 9) } },
    { scope: 'all', target: '', settings: { maxIntervalDays: 10 + (i % 9) } },
    { scope: 'organisation', target: String(one(f.organisations, i)), settings: { intervalDays: 2 } },
  ], i) }),
}

/** Addresses of GET routes that nobody has said how to ask. */
export function unasked(routes: readonly AnyRoute[]): string[] {
  return routes.filter((r) => r.method === 'GET' && ASKED[r.url] === undefined).map((r) => r.url)
}

/** Entries for routes that are no more. */
export function strangers(routes: readonly AnyRoute[]): string[] {
  return Object.keys(ASKED).filter((url) => !routes.some((r) => r.method === 'GET' && r.url === url))
}
