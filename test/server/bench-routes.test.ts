import { expect, test } from 'vitest'
import { ASKED, strangers, unasked } from '../../bench/console/asked.ts'
import { ROUTES } from '../../src/server/api/index.ts'
import type { AnyRoute } from '../../src/server/route.ts'

const routes = ROUTES as readonly AnyRoute[]

test('the console’s bench asks every GET route, or says why not', () => {
  expect(unasked(routes)).toEqual([])
  expect(strangers(routes)).toEqual([])
  const another = { ...routes.find((r) => r.method === 'GET')!, url: '/api/another' }
  expect(unasked([...routes, another])).toEqual(['/api/another'])
})

test('only what is answered as a file stands under no bar', () => {
  const files = routes.filter((r) => r.method === 'GET' && r.answer === 'file').map((r) => r.url)
  const free = Object.entries(ASKED).filter(([, asked]) => 'sort' in asked && asked.sort === 'file').map(([url]) => url)
  expect(free.filter((url) => !files.includes(url))).toEqual([])
  const streams = routes.filter((r) => r.answer === 'events').map((r) => r.url)
  for (const url of streams) expect(ASKED[url], url).toHaveProperty('leftOut')
})
