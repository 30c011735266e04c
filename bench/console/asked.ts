const one = <T>(of: readonly T[], i: number): T => of[i % of.length] as T
const REGIONS = ['360000', '360100', '360102', '360200', '361100', '360700', '360981']
const WORDS = ['教育局', '发布', 's123', '南昌', '融媒体中心', 'acct_77', '不存在的名字']

/** What is asked, with filters and pages that change from one request to the next. */
export const ASKED: readonly { readonly name: string; readonly address: (i: number) => string }[] = [
  { name: 'channels, plain', address: (i) => `/api/channels?page=${1 + (i % 50)}` },
  { name: 'channels, deep page', address: (i) => `/api/channels?page=${900 + (i % 90)}&sort=name` },
  { name: 'channels, by name', address: (i) => `/api/channels?sort=${one(['name', 'kind', 'region', 'newest', 'last_visit', 'next_due'], i)}&descending=${i % 2 === 0}` },
  { name: 'channels, search', address: (i) => `/api/channels?text=${encodeURIComponent(one(WORDS, i))}` },
  { name: 'channels, region and kind', address: (i) => `/api/channels?region=${one(REGIONS, i)}&kinds=weibo,website&states=active` },
  { name: 'channels, long silent', address: (i) => `/api/channels?daysFrom=${90 + i}&states=active&sort=newest` },
  { name: 'channels, with candidates', address: (i) => `/api/channels?proposals=${one(['rectify', 'merge', 'shut_down'], i)}&region=${one(REGIONS, i)}` },
  { name: 'channels, overdue', address: (i) => `/api/channels?visiting=${one(['overdue', 'never', 'uncovered', 'unseen'], i)}` },
  { name: 'overview', address: () => '/api/overview' },
  { name: 'overview of a region', address: (i) => `/api/overview?region=${one(REGIONS, i)}` },
  { name: 'overview, trend', address: () => '/api/overview/trend' },
  { name: 'overview, campaign', address: () => '/api/overview/campaign' },
  { name: 'watcher', address: () => '/api/watcher' },
  { name: 'review, queue', address: (i) => `/api/candidates?page=${1 + (i % 100)}` },
  { name: 'review, queue of a region', address: (i) => `/api/candidates?region=${one(REGIONS, i)}&page=1` },
  { name: 'review, counts', address: () => '/api/candidates/counts' },
  { name: 'orders', address: (i) => `/api/orders?page=${1 + (i % 5)}` },
  { name: 'closed and watched', address: () => '/api/watched?page=1' },
  { name: 'campaigns', address: () => '/api/campaigns' },
  { name: 'engine room', address: () => '/api/engine-room' },
  { name: 'audit', address: (i) => `/api/audit?page=${1 + (i % 20)}` },
]
