import { describe, expect, test, vi } from 'vitest'
import { AddressDenied } from '../../../src/fetch/index.ts'
import { elsewhere } from '../../../src/visit/probing/elsewhere.ts'

const HOME = 'http://www.example.gov.cn/'
const reply = (outcome: 'refused' | 'not_found', status: number | null) => ({ outcome, status, url: 'http://other.cn/a', redirects: [], headers: {}, bytes: new Uint8Array(3), truncated: false, ms: 40 })

describe('hosts of others', () => {
  test('a name that does not resolve is asked once a run, however many links lead there', async () => {
    const resolve = vi.fn(() => Promise.reject(Object.assign(new Error('queryA ENOTFOUND dead.cn'), { code: 'ENOTFOUND' })))
    const others = elsewhere({ resolve }, HOME)
    const answers = await Promise.all(['http://dead.cn/1', 'https://dead.cn/2', 'http://dead.cn/3'].map((u) => others.barred(u)))
    expect(answers.map((a) => [a?.outcome, a?.status, a?.url])).toEqual([['dns', null, 'http://dead.cn/1'], ['dns', null, 'https://dead.cn/2'], ['dns', null, 'http://dead.cn/3']])
    expect(resolve).toHaveBeenCalledTimes(1)
  })

  test('one that never answers is given up in time, and those asked meanwhile are not held up by it', async () => {
    vi.useFakeTimers()
    try {
      const others = elsewhere({ resolve: (host) => (host === 'mute.cn' ? new Promise(() => undefined) : Promise.resolve(['93.184.216.34'])) }, HOME)
      const mute = others.barred('http://mute.cn/')
      expect(await others.barred('http://open.cn/')).toBeNull()
      await vi.advanceTimersByTimeAsync(3000)
      expect((await mute)?.outcome).toBe('dns')
    } finally {
      vi.useRealTimers()
    }
  })

  test('one that did not connect is left alone for the rest of the run; one that answered, however badly, is not', async () => {
    const others = elsewhere({ resolve: () => Promise.resolve(['93.184.216.34']) }, HOME)
    others.learn('http://other.cn/a', reply('not_found', 404))
    expect(await others.barred('http://other.cn/b')).toBeNull()
    others.learn('http://other.cn/a', reply('refused', null))
    expect(await others.barred('http://other.cn/b')).toMatchObject({ outcome: 'refused', url: 'http://other.cn/b', ms: 0 })
  })

  test('the site itself, www or not, is never barred here; what the guard refuses keeps its name', async () => {
    const resolve = vi.fn(() => Promise.reject(new Error('ENOTFOUND')))
    const others = elsewhere({ resolve }, HOME)
    others.learn('http://www.example.gov.cn/x', { ...reply('refused', null), url: 'http://www.example.gov.cn/x' })
    expect(await others.barred('http://example.gov.cn/')).toBeNull()
    expect(resolve).not.toHaveBeenCalled()
    expect(await elsewhere({ resolve: () => Promise.reject(new AddressDenied('10.0.0.1 may not be reached')) }, HOME).barred('http://inner.cn/')).toBeNull()
  })
})
