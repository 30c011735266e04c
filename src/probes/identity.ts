import { z } from 'zod'
import { isIP } from 'node:net'
import { decode } from '../read/index.ts'
import type { PageView } from './page.ts'
import { bare } from './text.ts'
import { articlePages, columnPages } from './tags.ts'
import type { Probe } from './types.ts'

const told = z.boolean().nullable()
const footer = z.object({ url: z.string(), home: z.boolean(), mark: told, siteCode: told, icp: told, police: told, sponsor: told, contact: told, findFault: told })
export const identityValue = z.object({
  domainProper: told, nameProper: told, nameInHeader: told,
  footers: z.array(footer),
  /** 网站标识码 wherever it stands; all of them should be the registered one. */
  siteCodes: z.object({ registered: z.string().nullable(), page: z.string().nullable(), meta: z.string().nullable(), findFault: z.string().nullable() }),
  siteCodesAgree: told,
  securityHeaders: z.record(z.string(), z.string()),
})

const OTHERS = 4
const MARKS = {
  mark: { zh: '党政机关网站标识', en: 'mark of party and government sites' }, siteCode: { zh: '网站标识码', en: 'site code' }, icp: { zh: 'ICP备案号', en: 'ICP filing' },
  police: { zh: '公安备案号', en: 'police filing' }, sponsor: { zh: '主办单位', en: 'sponsor' }, contact: { zh: '联系方式', en: 'contact' }, findFault: { zh: '“我为政府网站找错”入口', en: 'entry for finding faults' },
} as const
const SECURITY = ['strict-transport-security', 'content-security-policy', 'x-content-type-options', 'x-frame-options', 'referrer-policy']
const UNIT = /人民政府|政府办|委员会|办公[厅室]|[厅局署院]|管委会|街道办|海关|税务|公安|中心/

/** 域名名称、网站标识、找错入口 (D20, D21, D23): what the foot of each page carries, and what the site is called. */
export const identity: Probe = {
  id: 'identity',
  serves: ['D20', 'D21', 'D23'],
  needs: ['http'],
  budget: { requests: 24, seconds: 90 },
  value: identityValue,
  faults: (value: z.infer<typeof identityValue>) => [
    ...(value.domainProper === false ? [{ key: 'domain', what: { zh: '域名不以 .gov.cn 结尾', en: 'the domain does not end in .gov.cn' } }] : []),
    ...(value.siteCodesAgree === false ? [{ key: 'siteCodes', what: { zh: '网站标识码不一致', en: 'the site codes disagree' } }] : []),
    // The foot of the home page carries all; 找错 belongs on every page.
    ...value.footers.flatMap((f) => Object.entries(MARKS).flatMap(([mark, name]) => (f[mark as keyof typeof MARKS] === false && (f.home || mark === 'findFault') ? [{ key: mark, what: { zh: `缺少${name.zh}(${f.url})`, en: `no ${name.en} (${f.url})` } }] : [])))
      .filter((fault, i, all) => all.findIndex((other) => other.key === fault.key) === i),
  ],
  async run(trial) {
    const pages = [trial.homePage, ...(await columnPages(trial, OTHERS)), ...(await articlePages(trial, OTHERS))]
    const { facts } = trial.homePage
    const host = hostname(trial.home.url)
    const name = facts.metas['sitename'] ?? trial.site.name
    const front = bare(trial.homePage.lines.slice(0, 40).join(''))
    const codes = { registered: trial.site.siteCode, page: facts.footer.siteCode, meta: facts.metas['siteidcode']?.trim() ?? null, findFault: codeIn(facts.footer.findFault) }
    const given = Object.values(codes).filter((c): c is string => c !== null && c !== '').map((c) => c.toLowerCase())
    return {
      outcome: 'ok',
      evidence: pages.flatMap((p) => (p.sha256 === null ? [] : [p.sha256])),
      value: {
        // An address without a name (an inner one, a test) has no domain that could be proper or not.
        domainProper: isIP(host) !== 0 || !host.includes('.') ? null : /\.gov\.cn$|\.政务$|\.xn--zfr164b$/i.test(host),
        nameProper: UNIT.test(name) || UNIT.test(facts.title) ? true : null,
        // A name that is drawn in a picture cannot be read, so “not shown” is never said.
        nameInHeader: bare(name).length >= 4 && (front.includes(bare(name)) || front.includes(bare(name).replace(/(?:门户)?网站?$/, ''))) ? true : null,
        footers: pages.map((p, i) => footOf(p, i === 0)),
        siteCodes: codes,
        siteCodesAgree: given.length < 2 ? null : new Set(given).size === 1,
        securityHeaders: Object.fromEntries(SECURITY.flatMap((h) => (trial.homePage.headers[h] === undefined ? [] : [[h, (trial.homePage.headers[h] ?? '').slice(0, 300)]]))),
      },
    }
  },
}

function hostname(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, '')
}

function codeIn(findFault: string | null): string | null {
  return findFault === null ? null : (/site_?code=((?:bm|N)?\d{8,10})/i.exec(findFault)?.[1] ?? null)
}

/** A foot written by a script of its own, or a page built by scripts, cannot be called bare. */
function footOf(page: PageView, home: boolean): z.infer<typeof footer> {
  const { facts } = page
  const source = decode(page.bytes, { contentType: page.headers['content-type'] ?? null }).text
  const hidden = facts.needsBrowser || facts.textLength < 200 || page.dom('script[src*=foot i], script[src*=bottom i], script[src*=copyright i], iframe[src*=foot i], iframe[src*=bottom i], [id*=foot i]:empty, [class*=foot i]:empty').length > 0
    || page.facts.followUps.some((f) => f.why === 'frame')
  const is = (there: boolean): boolean | null => (there ? true : hidden ? null : false)
  const foot = page.lines.slice(-40).join('\n')
  return {
    url: page.url, home,
    mark: is(/dcs\.conac\.cn|bszs\.conac\.cn|_ideConac|jiguan|党政机关/i.test(source)),
    siteCode: is(facts.footer.siteCode !== null),
    icp: is(facts.footer.icp !== null || /beian\.miit\.gov\.cn/.test(source)),
    police: is(facts.footer.police !== null || /beian\.(?:mps\.)?gov\.cn\/portal\/registerSystemInfo|beian\.mps\.gov\.cn/.test(source)),
    sponsor: is(facts.footer.sponsor !== null || /主办(?:单位)?|版权所有|承办/.test(foot)),
    contact: is(/(?:联系(?:电话|方式|我们)|电话|邮箱|E-?mail|传真)\s*[:：]?|\d{3,4}-\d{7,8}/i.test(foot)),
    findFault: is(facts.footer.findFault !== null || /我为政府网站找错|政府网站找错/.test(source)),
  }
}
