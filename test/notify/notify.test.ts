import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createGuard, guardedSocket } from '../../src/fetch/index.ts'
import { emailSender, gatherNews, listLetters, listSubscriptions, robotSender, sendLetters, subscribe, writeLetters } from '../../src/notify/index.ts'
import type { Send } from '../../src/notify/index.ts'
import { decide } from '../../src/review/index.ts'
import { createServer } from 'node:net'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { addCandidates } from '../review/register.ts'

const HOUR = 3_600_000
const ROBOT = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secret'

describe('telling people', () => {
  let t: TestDatabase
  let candidates: number[]
  const sent: { address: string; subject: string; body: string }[] = []
  const good: Send = async (letter) => void sent.push({ address: letter.address, subject: letter.subject, body: letter.body })
  beforeAll(async () => {
    t = await testDatabase()
    candidates = (await addCandidates(t, 6)).candidates
    await subscribe({ ctx: t.ctx, input: { name: '省级', way: 'email', address: 'a@example.gov.cn', role: 'operations' } })
    await subscribe({ ctx: t.ctx, input: { name: '南昌', way: 'email', address: 'b@example.gov.cn', region: '360100', role: 'rectification' } })
    await subscribe({ ctx: t.ctx, input: { name: '群', way: 'wecom', address: ROBOT, role: 'administrator', kinds: ['watcher_alarm'], mode: 'instant' } })
  })
  afterAll(() => t.close())
  const alarm = { code: 'standstill', zh: '巡检已停滞', en: 'watching stands still' } as const

  test('one digest each, by region and role, and each thing told once', async () => {
    expect(await gatherNews({ ctx: t.ctx, input: { alarms: [alarm] } })).toEqual({ added: 7 })
    expect(await gatherNews({ ctx: t.ctx, input: { alarms: [alarm] } })).toEqual({ added: 0 })
    expect(await writeLetters({ ctx: t.ctx })).toEqual({ letters: 3 })
    expect(await writeLetters({ ctx: t.ctx })).toEqual({ letters: 0 })
    expect(await sendLetters({ ctx: t.ctx, senders: { email: good, wecom: good } })).toEqual({ sent: 3, retried: 0, failed: 0 })
    const to = (address: string) => sent.find((s) => s.address === address)
    expect(to('a@example.gov.cn')?.subject).toBe('活水:新增候选 6,巡检告警 1')
    expect(to('b@example.gov.cn')?.subject).toBe('活水:新增候选 3')
    expect(to('b@example.gov.cn')?.body).not.toContain('账号1')
    expect(to(ROBOT)?.body).toContain('巡检已停滞')
  })

  test('deadlines near and passed, and not before the next day’s digest', async () => {
    await decide({ ctx: t.ctx, input: { candidate: candidates[0] ?? 0, step: 'order', reason: '改', deadline: '2026-06-03' } })
    expect(await gatherNews({ ctx: t.ctx, input: { alarms: [] } })).toEqual({ added: 1 })
    expect(await writeLetters({ ctx: t.ctx })).toEqual({ letters: 0 })
    t.ctx.clock.advance(72 * HOUR)
    expect(await gatherNews({ ctx: t.ctx, input: { alarms: [] } })).toEqual({ added: 1 })
    expect(await writeLetters({ ctx: t.ctx })).toEqual({ letters: 2 })
    sent.length = 0
    await sendLetters({ ctx: t.ctx, senders: { email: good } })
    expect(sent.map((s) => s.subject)).toEqual(['活水:期限临近 1,已逾期 1', '活水:期限临近 1,已逾期 1'])
  })

  test('what fails is tried again with back-off, then stays visible as failed; the robot’s key is shown nowhere', async () => {
    await gatherNews({ ctx: t.ctx, input: { alarms: [{ code: 'credential_expired', zh: '凭据已过期', en: 'a credential has expired' }] } })
    await writeLetters({ ctx: t.ctx })
    const bad: Send = async ({ address }) => {
      throw new Error(`connect failed: ${address}`)
    }
    const tries: object[] = []
    for (let i = 0; i < 6; i += 1) {
      tries.push(await sendLetters({ ctx: t.ctx, senders: { wecom: bad, email: good } }))
      t.ctx.clock.advance(7 * HOUR)
    }
    expect(tries.map((r) => ({ ...r, sent: 0 }))).toEqual([...Array.from({ length: 5 }, () => ({ sent: 0, retried: 1, failed: 0 })), { sent: 0, retried: 0, failed: 1 }])
    const [letter] = await listLetters({ ctx: t.ctx, input: { state: 'failed' } })
    expect(letter).toMatchObject({ to: '群', attempts: 6, lastError: 'connect failed: …' })
    expect(JSON.stringify([await listSubscriptions({ ctx: t.ctx }), await t.db.sql`select detail from audit`])).not.toContain('secret')
  })

  test('two processes do not send a letter twice; one that is not set up is no loss', async () => {
    await gatherNews({ ctx: t.ctx, input: { alarms: [{ code: 'clock_behind', zh: '时钟异常', en: 'the clock is off' }] } })
    await writeLetters({ ctx: t.ctx })
    sent.length = 0
    await Promise.all([1, 2, 3].map(() => sendLetters({ ctx: t.ctx, senders: { email: good, wecom: good } })))
    expect(sent.filter((s) => s.address === ROBOT)).toHaveLength(1)
  })

  test('refuses addresses that are none, other hosts’ robots, and other regions', async () => {
    const base = { name: 'x', role: 'operations' } as const
    await expect(subscribe({ ctx: t.ctx, input: { ...base, way: 'email', address: 'nobody' } })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(subscribe({ ctx: t.ctx, input: { ...base, way: 'dingtalk', address: 'https://127.0.0.1/robot' } })).rejects.toMatchObject({ code: 'bad_input' })
    const actor = { kind: 'user', id: '1', name: '王', role: 'operations', region: '361100' } as const
    await expect(subscribe({ ctx: { ...t.ctx, actor }, input: { ...base, way: 'email', address: 'c@example.gov.cn' } })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(subscribe({ ctx: { ...t.ctx, actor }, input: { ...base, name: '南昌', way: 'email', address: 'c@example.gov.cn', region: '361100' } })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await listSubscriptions({ ctx: { ...t.ctx, actor } })).toEqual([])
  })
})

describe('the robots', () => {
  test.each([
    [{ status: 200, text: '{"errcode":0,"errmsg":"ok"}' }, null],
    [{ status: 200, text: '{"errcode":45009,"errmsg":"api freq out of limit"}' }, /45009/],
    [{ status: 502, text: 'bad gateway' }, /HTTP 502/],
    [{ status: 200, text: '<html>' }, /errcode \?/],
  ])('%o', async (answer, trouble) => {
    const posted: unknown[] = []
    const send = robotSender('wecom', async (_, body) => {
      posted.push(body)
      return answer
    })
    const going = send({ address: ROBOT, subject: '题', body: '长'.repeat(2000) })
    if (trouble === null) await going
    else await expect(going).rejects.toThrow(trouble)
    const [body] = posted as { text: { content: string } }[]
    expect(Buffer.byteLength(body?.text.content ?? '')).toBeLessThan(2048)
    expect(body?.text.content.endsWith('长\n…')).toBe(true)
  })
})

test('e-mail goes out by SMTP, its Chinese subject and body whole', async () => {
  let received = ''
  const server = createServer((socket) => {
    let data = false
    socket.write('220 test\r\n')
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('utf8').split('\r\n')) {
        if (data) {
          received += `${line}\n`
          if (line === '.') {
            data = false
            socket.write('250 ok\r\n')
          }
        } else if (line.startsWith('EHLO')) socket.write('250 test\r\n')
        else if (line === 'DATA') {
          data = true
          socket.write('354 go\r\n')
        } else if (line === 'QUIT') socket.end('221 bye\r\n')
        else if (line !== '') socket.write('250 ok\r\n')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = server.address() as { port: number }
    await emailSender({ smtp: `smtp://127.0.0.1:${port}`, from: 'huoshui@example.gov.cn', connect: guardedSocket(createGuard({ allowNets: ['127.0.0.1'] })) })({ address: 'a@example.gov.cn', subject: '活水:新增候选 1', body: '- 账号:两周内无更新' })
    expect(received).toContain('To: a@example.gov.cn')
    expect(Buffer.from(received.split('\n\n').slice(1).join('').replace(/\n\.\n[^]*$/, ''), 'base64').toString('utf8')).toBe('- 账号:两周内无更新')
  } finally {
    server.close()
  }
})
