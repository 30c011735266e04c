import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cachedResolver, nameServers } from '../../src/fetch/index.ts'

/** A name server on loopback that knows one name, denies another, fails at a third and is silent about the rest. */
let server: Socket
let asked: string[] = []
const answer = (query: Buffer, rcode: number, address: number[] | null): Buffer => {
  const head = Buffer.from(query.subarray(0, 12))
  head.writeUInt16BE(0x8180 | rcode, 2)
  head.writeUInt16BE(address === null ? 0 : 1, 6)
  head.writeUInt32BE(0, 8)
  let end = 12
  while (query[end] !== 0) end += (query[end] ?? 0) + 1
  const record = address === null ? [] : [0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address]
  return Buffer.concat([head, query.subarray(12, end + 5), Buffer.from(record)])
}
beforeAll(() => new Promise<void>((done) => {
  server = createSocket('udp4').on('message', (query, from) => {
    const name = query.subarray(13).toString('latin1').toLowerCase()
    const type = query[query.indexOf(0, 12) + 2]
    asked.push(name.slice(0, 6))
    if (name.startsWith('known')) server.send(answer(query, 0, type === 1 ? [93, 184, 216, 34] : null), from.port, from.address)
    else if (name.startsWith('gone')) server.send(answer(query, 3, null), from.port, from.address)
    else if (name.startsWith('broken')) server.send(answer(query, 2, null), from.port, from.address)
  })
  server.bind(0, '127.0.0.1', done)
}))
afterAll(() => new Promise<void>((done) => void server.close(done)))
const resolver = () => nameServers({ servers: [`127.0.0.1:${server.address().port}`], timeout: 1500, tries: 1 })

describe('a name', () => {
  it('is asked of the name servers, with or without its last dot', async () => {
    expect(await resolver()('known.example.cn')).toEqual(['93.184.216.34'])
    expect(await resolver()('known.example.cn.')).toEqual(['93.184.216.34'])
  })

  it('without a dot is the system’s matter', async () => {
    asked = []
    expect(await resolver()('localhost')).toContain('127.0.0.1')
    expect(asked).toEqual([])
  })

  it.each([['broken.example.cn', 'ESERVFAIL'], ['silent.example.cn', 'ETIMEOUT']])('%s fails with %s, and the system is not asked as well', async (name, code) => {
    await expect(resolver()(name)).rejects.toMatchObject({ code })
  })
})

describe('answers', () => {
  const counting = (result: () => Promise<readonly string[]>) => {
    let count = 0
    return { lookup: () => ((count += 1), result()), count: () => count }
  }

  it('are kept for their time, and asked for once when many ask', async () => {
    let at = 0
    const source = counting(() => Promise.resolve(['1.1.1.1']))
    const resolve = cachedResolver({ lookup: source.lookup, ttl: 1000, now: () => at })
    await Promise.all([resolve('a'), resolve('a')])
    at = 999
    await resolve('a')
    expect(source.count()).toBe(1)
    at = 1000
    await resolve('a')
    expect(source.count()).toBe(2)
  })

  it('that failed are kept for a tenth of that', async () => {
    let at = 0
    const source = counting(() => Promise.reject(new Error('no')))
    const resolve = cachedResolver({ lookup: source.lookup, ttl: 1000, now: () => at })
    for (const now of [0, 99]) {
      at = now
      await expect(resolve('a')).rejects.toThrow('no')
    }
    expect(source.count()).toBe(1)
    at = 100
    await expect(resolve('a')).rejects.toThrow('no')
    expect(source.count()).toBe(2)
  })

  it('are forgotten, the oldest first, when there are too many', async () => {
    const source = counting(() => Promise.resolve(['1.1.1.1']))
    const resolve = cachedResolver({ lookup: source.lookup, size: 2 })
    for (const name of ['a', 'b', 'c', 'b', 'c', 'a']) await resolve(name)
    expect(source.count()).toBe(4)
  })
})
