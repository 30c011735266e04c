import type { Day } from '../domain/date.ts'
import type { Kind } from '../domain/kinds.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { Text } from '../domain/text.ts'
import type { Witness } from '../domain/witness.ts'

/** `seen`: read in a public source or a saved page. `memory`: a guess until a fixture or a user confirms it. */
export type Sure = 'seen' | 'memory'

/** What an address or account id was understood to be. */
export type Identity = {
  /** Unique within the kind: weibo uid, sec_uid, __biz, host and path of a website. Groups: the registry prefixes the unit. */
  readonly key: string
  /** Normalised absolute URL, or the id to show where the kind has no address. */
  readonly address: string
  readonly accountId?: string
  /** Kept, though its form is not one that is known, or though it is not the best form. */
  readonly warning?: Text
  /** The key is provisional: a short link, a vanity name or an article must be fetched to learn the account. */
  readonly needsResolution?: { readonly url: string; readonly why: Text }
}

export const PROBLEMS = ['empty', 'no_kind', 'other_kind', 'personal', 'article', 'unparseable', 'private_address'] as const
export type ProblemCode = (typeof PROBLEMS)[number]

/** Why an address is not taken: what was understood, and what is wanted instead. */
export type IdentityProblem = {
  readonly problem: ProblemCode
  readonly text: Text
  /** For `other_kind`: whose address it is. */
  readonly kind?: string
}

export type IdentityResult = Identity | IdentityProblem

export function isProblem(result: IdentityResult): result is IdentityProblem {
  return 'problem' in result
}

export type Need = 'credential' | 'browser' | 'bridge' | 'attestation' | 'none'
export type Sees = 'freshness' | 'existence' | 'interaction' | 'function'
/** The order of lawful means: the unit's own credentials, the public page, the operator's bridge, the unit's statement. */
export type Tier = 'official' | 'public' | 'bridge' | 'attestation'

export type SourceInfo = {
  readonly id: string
  readonly tier: Tier
  readonly needs: readonly Need[]
  readonly sees: readonly Sees[]
  /** How sure we are of the format it is read by. */
  readonly sure: Sure
  readonly note: Text
  /** Credential id to configure, and the fields it wants, where it needs one. */
  readonly credential?: { readonly id: string; readonly fields: readonly string[] }
}

/** A text or code of the platform and what it means. Data, so that it can be shown, counted and confirmed. */
export type Signal = {
  /** `weibo.nonexistent`: unique over all kinds; the name under which an operator confirms a guess. */
  readonly id: string
  readonly outcome: Outcome
  readonly sure: Sure
  /** `article` signals say nothing about the account. */
  readonly about: 'account' | 'article' | 'request'
  /** Any of these, in the visible text of a page or the message of an answer. */
  readonly texts?: readonly RegExp[]
  /** Any of these codes in the place where the platform puts its code. */
  readonly codes?: readonly (number | string)[]
  readonly note?: string
}

export type Manifest = {
  readonly names: Text
  readonly identityForms: readonly { readonly example: string; readonly note: Text }[]
  readonly sources: readonly SourceInfo[]
  readonly signals: readonly Signal[]
  readonly gaps: readonly Text[]
  /** 发布类: age rules hold. False for what is judged by working (mini programs, apps) or by last use (groups). */
  readonly publishes: boolean
}

export type Request = {
  readonly url: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Cookies set by one answer are sent with the next within the same visit. Default true. */
  readonly cookies?: boolean
  /** The address, headers or body hold a secret: never to be logged, and not kept as evidence but as `shownAs` says. */
  readonly secret?: boolean
  /** Of a secret request whose answer is none: the address, without the secret, under which the answer is kept as evidence. */
  readonly shownAs?: string
  /** `manual`: a redirect is itself the answer. Default `follow`, done by the chain so that each hop is guarded and rebased. */
  readonly redirects?: 'follow' | 'manual'
}

/** What a reader asks of the visit. */
export type Ask =
  | { readonly do: 'fetch'; readonly request: Request }
  | {
      readonly do: 'render'
      readonly url: string
      /** Answers to the page's own requests whose path and query match are handed back. */
      readonly capture: readonly RegExp[]
    }

/** An answer that the page's own requests received while it was rendered. */
export type Captured = { readonly url: string; readonly status: number; readonly body: string }

/** What the visit hands back. A request that got no answer has `failed` and the outcome that names it. */
export type Reply =
  | {
      readonly status: number
      /** The address that answered. */
      readonly url: string
      /** Lower-case names. */
      readonly headers: Readonly<Record<string, string>>
      /** Bytes as received, or text already decoded (a rendered page). */
      readonly body: Uint8Array | string
      readonly captured?: readonly Captured[]
    }
  | { readonly failed: Outcome; readonly detail: string }

export type Bridge = {
  readonly type: 'wewe' | 'rsshub' | 'feed'
  /** Base address of a WeWe RSS or RSSHub of the operator's own; for `feed` the feed's address. */
  readonly url: string
}

export type Attestation = {
  readonly newestOn: Day
  readonly statedOn: Day
  readonly statedBy?: string
  readonly link?: string | null
}

/** Everything a reader may know. It has no clock and no network of its own. */
export type Task = {
  readonly kind: string
  readonly identity: Identity
  /** The name in the register, to notice a renaming. */
  readonly name?: string
  readonly now: Date
  readonly browser: boolean
  /** By credential id (`wechat_official.api`): the fields the source's manifest entry names. */
  readonly credentials?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly bridges?: readonly Bridge[]
  /** The newest statement of the unit. */
  readonly attestation?: Attestation | null
  /** Statements older than this many days are not observed. Default 30. */
  readonly attestationDays?: number
  /** A lower bound of the last publication counts as fresh within this many days. Default 14. */
  readonly freshDays?: number
  /** Ids of `memory` signals that the operator has confirmed: only then may they decide that a channel is gone. */
  readonly confirmed?: readonly string[]
  /** Host → base address used in its stead (test doubles, an operator's relay). */
  readonly bases?: Readonly<Record<string, string>>
  /** What earlier visits learned (the account behind a short link, the stores an app was listed in). */
  readonly memory?: Readonly<Record<string, string>>
}

export type Precision = 'second' | 'minute' | 'day' | 'month' | 'none'

export type Post = {
  readonly id: string
  readonly title: string
  readonly url: string | null
  readonly date: Day | null
  readonly instant: Date | null
  readonly precision: Precision
  readonly pinned: boolean
  readonly witness: Witness | null
  readonly comments?: number | null
}

export type Account = {
  readonly id: string | null
  readonly name: string | null
  readonly verified?: string | null
  readonly description?: string | null
  readonly posts?: number | null
  readonly followers?: number | null
}

/** Whether the public can answer there, and is answered. Absent means not seen. */
export type Interaction = {
  readonly commentsOpen?: boolean | null
  /** Comments counted on the posts looked at. */
  readonly comments?: number
  /** Replies by the account itself among them. */
  readonly replies?: number
  /** Median minutes from a comment to the account's first reply. */
  readonly medianReplyMinutes?: number | null
  readonly menu?: boolean | null
  readonly autoReply?: boolean | null
}

export type SourceResult = {
  readonly source: string
  readonly outcome: Outcome
  readonly newest: Day | null
  readonly witness: Witness | null
  readonly posts: readonly Post[]
  /**
   * `timeline`: all that is published is listed, so an old newest date means still. `lower_bound`: it published at
   * least as late as `newest`, perhaps later: it can show life, never stillness.
   */
  readonly reach: 'timeline' | 'lower_bound' | 'none'
  readonly account?: Account
  readonly interaction?: Interaction
  /** The new address or account where the platform names it; null where it says moved, but not where to. */
  readonly movedTo?: string | null
  /** One line: what was seen (status, code, text). */
  readonly detail: string
  readonly advice: Text
  /** The signal that decided, by id. */
  readonly signal?: string
  /** A guess at death that is not allowed to decide: for a person to check. */
  readonly suspect?: { readonly outcome: Outcome; readonly signal: string }
  /** For the operator of this program, not for the channel's owner. */
  readonly alarm?: Text
  /** To be kept for the next visit. */
  readonly remember?: Readonly<Record<string, string>>
}

/** One source's way of reading: a pure generator that yields what it asks and is given the replies. */
export type Reading = Generator<Ask, SourceResult, Reply>

/** The same, where reading an answer itself takes time (a parser that is loaded when it is needed). */
export type AsyncReading = AsyncGenerator<Ask, SourceResult, Reply>

export type Source = SourceInfo & {
  /** Is what it needs at hand? When not, the outcome that says so (`credential_missing`, `own_fault`…). */
  readonly ready?: (task: Task) => Outcome | null
  /** What asks nothing of the network gives its result at once. */
  readonly read: (task: Task) => Reading | AsyncReading | SourceResult
}

/** What a folder of `channels/` exports; `assemble` makes a `ChannelKind` of it. */
export type KindDefinition = {
  readonly kind: string
  readonly names: Text
  readonly publishes: boolean
  readonly identityForms: Manifest['identityForms']
  readonly gaps: readonly Text[]
  readonly signals?: readonly Signal[]
  /** Domains (and all below them) whose addresses this kind understands. */
  readonly hosts: readonly string[]
  /** What an absolute address on one of `hosts` is; null when it is none of this kind's. */
  fromUrl(url: URL): IdentityResult | null
  /** What an id or name without an address is; null when it has no known form. */
  fromText(text: string): IdentityResult | null
  /** A text of unknown form is kept with a warning (default), or refused where only addresses are possible. */
  readonly textRefused?: boolean
  /** Does an id of this form belong to this kind and no other? For guessing the kind of an address. */
  readonly owns?: (text: string) => boolean
  readonly sources: readonly Source[]
  /** How a provisional identity is resolved beyond following redirects: from the answered page. */
  readonly resolve?: (reply: Extract<Reply, { status: number }>, text: string) => IdentityResult | null
  /** Where the answered page names no account: what the platform says there instead, in its own words (a wall, an account that is gone). */
  readonly explain?: (reply: Extract<Reply, { status: number }>, task: Task) => SourceResult | null
}

export type ChannelKind = {
  readonly kind: Kind
  readonly manifest: Manifest
  readonly sources: readonly Source[]
  /** Reads every form of address and id listed in the manifest; never throws. */
  identify(input: string): IdentityResult
  readonly definition: KindDefinition
}
