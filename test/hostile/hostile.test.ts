import { expect, test } from 'vitest'
import { FAMILIES } from './cases.ts'
import { play } from './play.ts'

/** A slice of what `npm run test:hostile` plays ten thousand of. */
test.each(FAMILIES.map((f) => f.id))('%s: nothing thrown, no false date, no false end, nothing beyond its bounds', async (id) => {
  const weight = FAMILIES.find((f) => f.id === id)?.weight ?? 1
  const [played] = await play(Math.max(6, 3 * weight), 1, id)
  expect(played?.failed).toEqual([])
})
