import { z } from 'zod'
import { OUTCOMES, type Outcome } from '../domain/outcome.ts'

const outcome = z.enum(Object.keys(OUTCOMES) as [Outcome, ...Outcome[]])

/** `availability`: every attempt of the series, oldest first or not. */
export const availabilityValue = z.object({
  samples: z.array(z.object({ at: z.coerce.date(), outcome, ms: z.number().nonnegative().optional(), ownNetwork: z.boolean().optional() })),
})
