import type { Actor } from './actor.ts'
import type { Clock } from './clock.ts'

/** What every service verb is given beside its input, less the database, which its own room adds. */
export type Who = { readonly actor: Actor; readonly clock: Clock }
