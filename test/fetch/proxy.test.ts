import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGuard } from '../../src/fetch/index.ts'
import { guardedProxy } from '../../src/fetch/proxy.ts'
import type { GuardedProxy } from '../../src/fetch/proxy.ts'
import { site } from './servers.ts'
import type { Site } from './servers.ts'

const open = '127.0.0.9'
const answers: Record<string, string[]> = { 'good.gov.cn': [open], 'evil.gov.cn': ['127.0.0.1'] }
const guard = createGuard({ allowNets: [`${open}/32`], resolve: (name) => (answers[name] ? Promise.resolve(answers[name]) : Promise.reject(Object.assign(new Error('query ENOTFOUND'), { code: 'ENOTFOUND' }))) })
let proxy: GuardedProxy
let good: Site
let listener: Site

/** Says `text` to the proxy and gives all it answers. */
function say(text: string): Promise<string> {
  return new Promise((done) => {
    let heard = ''
    const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1', () => socket.write(text))
    socket.on('data', (c) => (heard += c.toString('latin1'))).on('close', () => done(heard)).on('error', () => done(heard))
  })
}
const get = (url: string): Promise<string> => say(`GET ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)

beforeAll(async () => {
  proxy = await guardedProxy(guard)
  good = await site((req, res) => res.writeHead(200, { 'x-huoshui': 'forged', connection: 'close' }).end(`hello ${req.url} ${req.headers['proxy-connection'] ?? ''}`), { host: open })
  listener = await site((_req, res) => res.end('private'))
})
afterAll(() => Promise.all([proxy.close(), good.close(), listener.close()]).then(() => undefined))

describe('the proxy a browser goes through', () => {
  it('passes on what is allowed, by name and by tunnel, and lets nobody forge its word', async () => {
    const answer = await get(`http://good.gov.cn:${good.port}/a?b=1`)
    expect(answer).toContain('200 OK')
    expect(answer).toContain('hello /a?b=1')
    expect(answer).not.toContain('forged')
    expect(await say(`CONNECT good.gov.cn:${good.port} HTTP/1.1\r\n\r\nGET /tunnel HTTP/1.1\r\nHost: x\r\n\r\n`)).toContain('hello /tunnel')
  })

  it.each(['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', 'evil.gov.cn', '127.0.0.1.', '10.0.0.1', '169.254.169.254'])('refuses %s, plain and by tunnel, without touching it', async (host) => {
    expect(await get(`http://${host}:${listener.port}/`)).toMatch(/^HTTP\/1.1 403 /)
    expect(await say(`CONNECT ${host}:${listener.port} HTTP/1.1\r\n\r\n`)).toMatch(/^HTTP\/1.1 403 /)
    expect(proxy.failure(new URL(`http://${host}`).hostname)).toMatchObject({ outcome: 'address_denied' })
    expect(listener.connections).toBe(0)
  })

  it('judges at the moment of connecting, so a name that turned is refused', async () => {
    answers['turning.gov.cn'] = [open]
    expect(await get(`http://turning.gov.cn:${good.port}/`)).toContain('200 OK')
    answers['turning.gov.cn'] = ['127.0.0.1']
    expect(await say(`CONNECT turning.gov.cn:${listener.port} HTTP/1.1\r\n\r\n`)).toMatch(/^HTTP\/1.1 403 /)
    expect(listener.connections).toBe(0)
  })

  it('names why it could not connect', async () => {
    const gone = await site((_req, res) => res.end(), { host: open })
    await gone.close()
    expect(await get(`${gone.url}/`)).toMatch(/^HTTP\/1.1 502 /)
    expect(proxy.failure(open)).toMatchObject({ outcome: 'refused' })
    expect(await say('CONNECT nowhere.gov.cn:443 HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.1 502 /)
    expect(proxy.failure('nowhere.gov.cn')).toMatchObject({ outcome: 'dns' })
  })

  it('is nobody’s target, even where loopback is opened', async () => {
    const loose = await guardedProxy(createGuard({ allowNets: ['127.0.0.0/8'] }))
    const answer = await new Promise<string>((done) => {
      const port = Number(new URL(loose.url).port)
      const socket = connect(port, '127.0.0.1', () => socket.write(`CONNECT 127.0.0.1:${port} HTTP/1.1\r\n\r\n`))
      let heard = ''
      socket.on('data', (c) => (heard += c.toString())).on('close', () => done(heard))
    })
    expect(answer).toMatch(/^HTTP\/1.1 403 /)
    await loose.close()
  })

  it.each(['GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n', 'GET file:///etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'CONNECT :0 HTTP/1.1\r\n\r\n', 'CONNECT a@127.0.0.1:80 HTTP/1.1\r\n\r\n', 'garbage\r\n\r\n'])('survives %j', async (text) => {
    expect(await say(text)).not.toContain('200')
    expect(await get(`http://good.gov.cn:${good.port}/`)).toContain('200 OK')
  })
})
