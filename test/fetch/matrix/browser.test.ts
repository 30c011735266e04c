import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServerResponse } from 'node:http'
import { chromium } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBrowserPool, createGuard, findChromium } from '../../../src/fetch/index.ts'
import type { BrowserPool, RenderResult } from '../../../src/fetch/index.ts'
import { site } from '../servers.ts'
import type { Site } from '../servers.ts'
import { trap } from './trap.ts'
import type { Trap } from './trap.ts'
import { MOVES, NEVER, pageOf, WAYS } from './vectors.ts'
import type { To } from './vectors.ts'

/** Sites stand on 127.0.0.9, which is open; the private service on 127.0.0.1 and ::1, which only `opened` may reach. */
const OPEN = '127.0.0.9'
const NAMES: Readonly<Record<string, readonly string[]>> = { 'inner.gov.cn': ['127.0.0.1'], 'inner6.gov.cn': ['::1'], 'site.gov.cn': [OPEN] }
const resolve = (name: string): Promise<readonly string[]> => Promise.resolve(NAMES[name] ?? ['127.0.0.1'])
let private_: Trap
let web: Site
let shut: BrowserPool
let opened: BrowserPool
let document = ''
let answer: ((res: ServerResponse) => void) | null = null
beforeAll(async () => {
  private_ = await trap()
  web = await site((req, res) => {
    if (req.url !== '/') return void res.writeHead(200, { 'content-type': 'text/javascript' }).end(`fetch('http://127.0.0.1:${private_.port}/service-worker', {mode: 'no-cors'})`)
    if (answer !== null) return answer(res)
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(document)
  }, { host: OPEN })
  shut = createBrowserPool({ guard: createGuard({ allowNets: [OPEN], resolve }) })
  opened = createBrowserPool({ guard: createGuard({ allowNets: [OPEN, '127.0.0.1', '::1'], resolve }) })
})
beforeEach(() => {
  private_.reset()
  answer = null
})
afterAll(() => Promise.all([shut.close(), opened.close(), private_.close(), web.close()]).then(() => undefined))

const HOSTS = ['127.0.0.1', '[::1]', 'inner.gov.cn', 'inner6.gov.cn', 'localhost', '0x7f.1']
const to = (host: string): To => (name, scheme = 'http') => `${scheme}://${host}:${private_.port}/${name}`
const show = (pool: BrowserPool, html: string, settle = 400): Promise<RenderResult> => {
  document = html
  return pool.render({ url: `${web.url}/`, settle, timeout: 20_000 })
}

describe('what a page can make a browser call while it stays', () => {
  it.each(HOSTS)(`%s: none of ${WAYS.length} ways touches it, and the page itself is read`, async (host) => {
    const result = await show(shut, `<p>内容</p>${pageOf(to(host))}`, 1500)
    expect(result.outcome).toBe('ok')
    expect(result.html).toContain('内容')
    expect(result.denied.length).toBeGreaterThan(10)
    expect(private_.touched).toBe(0)
    expect(private_.paths).toEqual([])
  })

  it('does count where it is opened: every way that is not dropped unasked is seen to arrive', async () => {
    for (const host of ['127.0.0.1', '[::1]']) {
      private_.reset()
      await show(opened, `<p>内容</p>${pageOf(to(host))}`, 2500)
      const seen = new Set(private_.paths.map((p) => p.slice(1).replace('-poster', '')))
      const missing = WAYS.filter((w) => !NEVER.has(w) && !seen.has(w))
      expect([host, missing]).toEqual([host, []])
      expect(private_.touched).toBeGreaterThan(0)
    }
  })

  it('by headers: Link, Refresh, reports, alternative services', async () => {
    const headers = (host: string) => ({
      'content-type': 'text/html', link: `<${to(host)('link-preload')}>; rel=preload; as=image, <${to(host)('link-style')}>; rel=stylesheet, <${to(host)('link-connect')}>; rel=preconnect`,
      'reporting-endpoints': `default="${to(host)('reports')}"`, 'content-security-policy-report-only': `img-src 'none'; report-uri ${to(host)('csp')}; report-to default`,
      nel: '{"report_to":"default","max_age":999}', 'report-to': `{"group":"default","max_age":999,"endpoints":[{"url":"${to(host)('report-to')}"}]}`, 'alt-svc': `h2="${host}:${private_.port}", h3="${host}:${private_.port}"`,
      'speculation-rules': `"${to(host)('rules')}"`,
    })
    for (const host of HOSTS) {
      answer = (res) => void res.writeHead(200, headers(host)).end('<p>内容</p><img src="/x.png">')
      expect((await shut.render({ url: `${web.url}/`, settle: 300 })).outcome).toBe('ok')
    }
    expect(private_.touched).toBe(0)
    answer = (res) => void res.writeHead(200, headers('127.0.0.1')).end('<p>内容</p><img src="/x.png">')
    await opened.render({ url: `${web.url}/`, settle: 800 })
    expect(private_.paths).toContain('/link-preload')
  })
})

describe('what takes the page somewhere else', () => {
  it.each(Object.keys(MOVES))('%s: denied as what it is, and nothing is touched; where it is open it arrives', async (name) => {
    for (const host of ['127.0.0.1', '[::1]', 'inner.gov.cn']) {
      const result = await show(shut, MOVES[name]!(to(host)('moved')))
      expect([host, result.outcome]).toEqual([host, 'address_denied'])
      expect(result.html).not.toContain('private')
    }
    expect(private_.touched).toBe(0)
    await show(opened, MOVES[name]!(to('127.0.0.1')('moved')))
    expect(private_.paths.map((p) => p.split('?')[0])).toContain('/moved')
  })

  it.each([301, 302, 303, 307, 308])('a redirect by %i, also at the end of a chain, also of what a page includes', async (status) => {
    for (const host of ['127.0.0.1', '[::1]', 'inner6.gov.cn']) {
      answer = (res) => void res.writeHead(status, { location: to(host)('redirected') }).end()
      expect((await shut.render({ url: `${web.url}/`, settle: 200 })).outcome).toBe('address_denied')
      let n = 0
      const chain = await site((req, res) => {
        n += 1
        if (req.url === '/') return void res.writeHead(200, { 'content-type': 'text/html' }).end(['/i', '/s', '/f'].map((p) => `<img src="${p}"><iframe src="${p}"></iframe><link rel=stylesheet href="${p}"><script>fetch('${p}').catch(() => 0); new WebSocket(location.origin.replace('http', 'ws') + '${p}')</script>`).join(''))
        res.writeHead(status, { location: n % 3 === 0 ? to(host)('redirected') : `/next${n}` }).end()
      }, { host: OPEN })
      expect((await shut.render({ url: `${chain.url}/`, settle: 400 })).outcome).toBe('ok')
      expect(n).toBeGreaterThan(9)
      await chain.close()
    }
    expect(private_.touched).toBe(0)
    answer = (res) => void res.writeHead(status, { location: to('127.0.0.1')('redirected') }).end()
    await opened.render({ url: `${web.url}/`, settle: 200 })
    expect(private_.paths).toContain('/redirected')
  })

  it('a refresh by header', async () => {
    answer = (res) => void res.writeHead(200, { 'content-type': 'text/html', refresh: `0;url=${to('127.0.0.1')('refreshed')}` }).end('<p>x')
    expect((await shut.render({ url: `${web.url}/`, settle: 400 })).outcome).toBe('address_denied')
    expect(private_.touched).toBe(0)
    await opened.render({ url: `${web.url}/`, settle: 400 })
    expect(private_.paths).toContain('/refreshed')
  })

  it.each(['file:///etc/passwd', 'view-source:http://127.0.0.1/', 'chrome://version/', 'about:blank', 'data:text/html,x', 'javascript:1', 'ftp://127.0.0.1/', 'ws://127.0.0.1/'])('%s is nothing to be rendered', async (url) => {
    expect(await shut.render({ url })).toMatchObject({ outcome: 'address_denied', html: '' })
  })
})

describe('a name that turns while its page is shown', () => {
  it('is judged again at each connection', async () => {
    let asked = 0
    const own = createBrowserPool({ guard: createGuard({ allowNets: [OPEN], resolve: () => Promise.resolve(asked++ < 3 ? [OPEN] : ['127.0.0.1']) }) })
    document = `<p>first</p><script>setTimeout(() => { for (let i = 0; i < 9; i += 1) { fetch('http://turn.gov.cn:${private_.port}/turned' + i, {mode: 'no-cors'}).catch(() => 0); new Image().src = 'http://turn.gov.cn:${private_.port}/image' + i } }, 100)</script>`
    const result = await own.render({ url: `http://turn.gov.cn:${web.port}/`, settle: 800 })
    expect(result.html).toContain('first')
    expect(asked).toBeGreaterThan(3)
    expect(private_.touched).toBe(0)
    await own.close()
  })
})

describe('datagrams', () => {
  const rtc = (host: string): string => `<script>
    const servers = ['stun:${host}:${private_.port}', 'turn:${host}:${private_.port}?transport=udp', 'turn:${host}:${private_.port}?transport=tcp', 'turns:${host}:${private_.port}?transport=tcp'];
    const p = new RTCPeerConnection({iceServers: servers.map(urls => urls.startsWith('stun') ? {urls} : {urls, username: 'a', credential: 'b'}), iceCandidatePoolSize: 4});
    p.createDataChannel('x'); p.createOffer().then(o => p.setLocalDescription(o)).then(() => p.setRemoteDescription({type: 'answer', sdp: p.localDescription.sdp.replace(/a=setup:actpass/g, 'a=setup:active')})).catch(() => 0)
      .then(() => p.addIceCandidate({candidate: 'candidate:1 1 udp 2122260223 ${host.replace(/[[\]]/g, '')} ${private_.port} typ host', sdpMid: '0', sdpMLineIndex: 0})).catch(() => 0);
    p.onicegatheringstatechange = () => { if (p.iceGatheringState === 'complete') document.body.insertAdjacentHTML('beforeend', '<b>done</b>') }</script>`

  it('of WebRTC leave no page: neither to STUN or TURN servers nor to a peer', async () => {
    for (const host of ['127.0.0.1', '[::1]', 'localhost', 'inner.gov.cn']) {
      document = `<body>${rtc(host)}</body>`
      await shut.render({ url: `${web.url}/`, waitFor: 'b', settle: 2500 })
    }
    expect(private_.touched).toBe(0)
  })

  it('do count in a browser without our switches: the listener sees them', async () => {
    const { executable, env } = await findChromium({ folder: undefined, path: undefined })
    const profile = mkdtempSync(join(tmpdir(), 'huoshui-bare-'))
    const bare = await chromium.launch({ executablePath: executable, env: { ...(process.env as Record<string, string>), ...env }, headless: true, chromiumSandbox: false, args: ['--disable-gpu'] })
    try {
      document = `<body>${rtc('127.0.0.1')}</body>`
      const page = await bare.newPage()
      await page.goto(`${web.url}/`)
      await expect.poll(() => private_.touched, { timeout: 15_000 }).toBeGreaterThan(0)
    } finally {
      await bare.close()
      rmSync(profile, { recursive: true, force: true })
    }
  })
})
