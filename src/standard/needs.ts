import { z } from 'zod'
import { isDay } from '../domain/date.ts'
import { OUTCOMES, type Outcome } from '../domain/outcome.ts'
import type { ChannelFacts } from './facts.ts'
import type { Reason } from './reason.ts'

const outcome = z.enum(Object.keys(OUTCOMES) as [Outcome, ...Outcome[]])
const day = z.string().refine(isDay, 'a day YYYY-MM-DD')
/** Yes, no, or could not be told. */
const told = z.boolean().nullable()
const broken = z.object({ url: z.string(), page: z.string(), reason: z.string() })

/** `availability`: every attempt of the series. */
export const availabilityValue = z.object({
  samples: z.array(z.object({ at: z.coerce.date(), outcome, ms: z.number().nonnegative().optional(), ownNetwork: z.boolean().optional(), second: z.enum(['open', 'shut', 'none']).optional() })),
})

/** `links`, `attachments`: what was tried, what is broken both times, what could not be tried. */
export const linksValue = z.object({
  checked: z.number().int().nonnegative(),
  broken: z.array(broken),
  not_observed: z.array(z.object({ url: z.string(), page: z.string().optional(), reason: z.string() })),
})

/** `search`: 站内搜索, tried with published headlines. */
export const searchValue = z.object({
  box: told,
  works: told,
  /** Results are grouped by kind. */
  grouped: told,
  tried: z.array(z.object({ title: z.string(), url: z.string(), found: told })),
  /** Results for a misspelt or shortened word. */
  fuzzy: told.default(null),
  /** 搜索即服务: a service can be started from the result. */
  serves: told.default(null),
  /** Headlines of subordinate sites. */
  subordinate: z.array(z.object({ title: z.string(), url: z.string(), found: told })).default([]),
})

/** `interaction`: entries for consultation and what they ask of a citizen. Nothing is ever submitted. */
export const interactionValue = z.object({
  entries: z.array(z.object({ text: z.string(), url: z.string() })),
  /** The form loads with its fields and can be filled in from anywhere. */
  submittable: told,
  unifiedLogin: told.default(null),
  surveys: z.array(z.object({ title: z.string(), url: z.string(), openedOn: day, closedOn: day.nullable(), feedbackOn: day.nullable(), byMailOnly: z.boolean().default(false) })).nullable().default(null),
  /** Accounts: comments open, messages answered or a working menu. */
  effective: told.default(null),
})

/** `letters`: 留言公开. `complete`: all letters of the last year are in the list. */
export const lettersValue = z.object({
  published: told,
  complete: z.boolean(),
  letters: z.array(z.object({
    title: z.string(), url: z.string(), askedOn: day.nullable(), answeredOn: day.nullable(),
    unit: z.string().nullable(), answer: z.boolean(),
  })),
  newestOn: day.nullable(),
  statistics: told,
})

/** The ten key elements of a guide (W6b). */
export const GUIDE_ELEMENTS = ['事项名称', '设定依据', '申请条件', '办理材料', '办理地点', '办理机构', '收费标准', '办理时间', '联系电话', '办理流程'] as const

/** `services`: 办事服务. `items` is the number of services on the site, null where it could not be counted. */
export const servicesValue = z.object({
  entry: told,
  grouped: told,
  items: z.number().int().nonnegative().nullable(),
  guides: z.array(z.object({
    name: z.string(), url: z.string(), present: z.boolean(),
    elements: z.array(z.enum(GUIDE_ELEMENTS)),
    /** Materials whose form (original or copy, paper or electronic, how many) is not said. */
    unclearMaterials: z.array(z.string()),
    /** Vague phrases found, such as 法律法规规定的其他材料. */
    vague: z.array(z.string()),
    /** Documents named without a link or a number. */
    nameOnly: z.array(z.string()),
    formRequired: z.boolean(),
    formAvailable: told,
    /** Every basis leads to the site's own library of documents. */
    basisLinked: told,
  })),
  statistics: z.object({ published: told, newestOn: day.nullable() }),
})

/** `interpretation`: policy documents of the period and the pieces that explain them, with the links both ways. */
export const interpretationValue = z.object({
  documents: z.array(z.object({ url: z.string(), title: z.string(), interpreted: told })),
  pieces: z.array(z.object({
    url: z.string(), title: z.string(),
    linksToDocument: told, documentLinksBack: told,
    forms: z.array(z.enum(['text', 'press_conference', 'chart', 'audio_video', 'animation', 'other'])),
  })),
})

/** `tags`: metas by page, as they stand; src/standard/tags.ts judges them. */
export const tagsValue = z.object({
  pages: z.array(z.object({ url: z.string(), kind: z.enum(['home', 'column', 'article']), metas: z.record(z.string(), z.string()) })),
})

/** `identity`: domain, name and the foot of the pages looked at, the home page first. */
export const identityValue = z.object({
  domainProper: told,
  nameProper: told,
  nameInHeader: told,
  footers: z.array(z.object({
    url: z.string(), home: z.boolean(),
    mark: told, siteCode: told, icp: told, police: told, sponsor: told, contact: told, findFault: told,
  })),
})

export const ipv6Value = z.object({ aaaa: z.boolean(), reached: told })
export const tlsValue = z.object({ https: z.boolean(), daysLeft: z.number().int().nullable() })

/** `forged_dates`, `hijack`: suspicions, each in words with an address. */
const suspicions = z.object({ suspects: z.array(z.object({ url: z.string().nullable(), what: z.string() })) })
export const forgedDatesValue = suspicions
export const hijackValue = suspicions

/** The schema of each probe's value, by probe id. */
export const PROBE_VALUES = {
  availability: availabilityValue, links: linksValue, attachments: linksValue, search: searchValue, interaction: interactionValue,
  letters: lettersValue, services: servicesValue, interpretation: interpretationValue, tags: tagsValue, identity: identityValue,
  ipv6: ipv6Value, tls: tlsValue, forged_dates: forgedDatesValue, hijack: hijackValue,
} as const
export type ProbeId = keyof typeof PROBE_VALUES

export type ProbeValue<I extends ProbeId> = z.infer<(typeof PROBE_VALUES)[I]>
export type ProbeSeen<I extends ProbeId> = { readonly value: ProbeValue<I>; readonly evidence: readonly string[] }

/**
 * A probe's latest value: or why there is none. A value that does not fit its schema was not understood, and decides
 * nothing; one older than `withinDays` has aged.
 */
export function probe<I extends ProbeId>(facts: ChannelFacts, id: I, now: Date, withinDays = 31): ProbeSeen<I> | { readonly unseen: Reason } {
  const fact = facts.probes?.[id]
  if (fact === undefined) return { unseen: 'probe_not_run' }
  if (OUTCOMES[fact.outcome].group !== 'seen') return { unseen: fact.outcome }
  const ageMs = now.getTime() - fact.at.getTime()
  if (ageMs > withinDays * 86_400_000) return { unseen: 'observation_old' }
  const parsed = PROBE_VALUES[id].safeParse(fact.value)
  return parsed.success ? { value: parsed.data as ProbeValue<I>, evidence: fact.evidence } : { unseen: 'unreadable' }
}
