import { expect, test } from 'vitest'
import { closeInOrder } from '../../src/work/close.ts'

test('what does not end, or fails, is named and passed over; the rest is closed in its order', async () => {
  const said: string[] = []
  const closed: string[] = []
  const step = (name: string) => [name, async () => { closed.push(name) }] as const
  await closeInOrder([
    step('first'),
    ['hung', () => new Promise<void>(() => undefined)],
    ['failing', async () => { throw new Error('gone') }],
    ['absent', () => undefined],
    step('last'),
  ], 0, { warn: (m) => void said.push(m) })
  expect(closed).toEqual(['first', 'last'])
  expect(said).toEqual(['stopping hung: it does not end; left to others', 'stopping failing: gone'])
})
