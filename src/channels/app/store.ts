import type { Outcome } from '../../domain/outcome.ts'
import type { Moment } from '../dates.ts'
import type { Ask, Reply, Sure, Task } from '../types.ts'
import type { AppIds, Store } from './identity.ts'

/** What one store says of an app. `absent` only in the store's own explicit terms; all else is `unseen`. */
export type Sighting =
  | {
      readonly state: 'listed'
      readonly name: string | null
      readonly version: string | null
      /** Of the latest version: it is no date of content. */
      readonly released: Moment | null
      readonly raw: unknown
      readonly where: string
      readonly developer?: string | null
      readonly ratings?: number | null
      readonly detail: string
    }
  | { readonly state: 'absent'; readonly sure: Sure; readonly detail: string }
  | { readonly state: 'unseen'; readonly outcome: Outcome; readonly detail: string }

/** One store: by which of the app's ids it is asked, and how its answer is read. */
export type StoreReader = {
  readonly store: Store
  readonly knows: (ids: AppIds) => boolean
  readonly read: (ids: AppIds, task: Task) => Generator<Ask, Sighting, Reply>
}

export const unseenAt = (outcome: Outcome, detail: string): Sighting => ({ state: 'unseen', outcome, detail })
