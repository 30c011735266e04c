import type { Who } from '../src/domain/context.ts'
import type { Db } from './client.ts'

/** The argument every service verb takes as `ctx`: who acts, by which clock, on which database. */
export type Ctx = Who & { readonly db: Db }
