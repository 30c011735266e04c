import { z } from 'zod'
import { STATES, STEPS } from '../../domain/candidate.ts'
import type { State, Step } from '../../domain/candidate.ts'
import { KIND_IDS } from '../../domain/kinds.ts'
import { VIEWS, assignCandidates, broughtFile, candidateDossier, decide, decideMany, evidencePack, issueOrder, issueOrders, listQueue, listReviewers, queueCounts, undoSteps } from '../../review/index.ts'
import { route } from '../route.ts'
import { order } from './orders.ts'
import { defined, id, many, paging, text } from './words.ts'

const LOOK = ['rectification', 'operations', 'read_only'] as const
const DECIDE = ['rectification'] as const
const LOOK_OR_UNIT = [...LOOK, 'unit_contact'] as const

const queueQuery = z.object({
  view: z.enum(VIEWS).default('open'),
  text: z.string().max(200).optional(),
  region: z.string().max(12).optional(),
  kinds: many(z.enum(KIND_IDS)),
  proposals: many(z.enum(['rectify', 'merge', 'shut_down'])),
  rules: many(z.string().max(40)),
  states: many(z.enum(Object.keys(STATES) as [State, ...State[]])),
  assignee: z.string().max(100).optional(),
  organisation: z.coerce.number().int().positive().optional(),
  dueBy: z.iso.date().optional(),
})
const person = z.object({ id: z.string(), name: z.string() })
const row = z.object({
  id: z.number(), version: z.number(), state: z.string(), proposal: z.string(), rule: z.string(), since: z.string().nullable(), newest: z.string().nullable(), daysOver: z.number().nullable(),
  deadline: z.string().nullable(), overdue: z.boolean(), openedAt: z.string(), assignee: person.nullable(),
  channel: z.object({ id: z.number(), kind: z.string(), name: z.string(), organisation: z.string().nullable(), region: z.string().nullable() }),
})
const shares = z.array(z.object({ value: z.string(), count: z.number() }))
const witness = z.object({ source: z.string(), day: z.string().nullable(), raw: z.string(), where: z.string().optional(), doubt: z.string().optional() })
const failed = z.object({
  rule: z.string(), title: text.optional(), clause: text.optional(), document: text.optional(), answer: z.string().optional(), since: z.string().nullish(), newest: z.string().nullish(), daysOver: z.number().nullish(), reason: z.unknown().optional(),
  columns: z.array(z.looseObject({ name: z.string().optional(), url: z.string().nullish() })).optional(),
})
export const stepTaken = z.object({ at: z.string(), actor: z.object({ kind: z.string(), name: z.string() }), step: z.string(), from: z.string(), to: z.string(), reason: z.string(), detail: z.record(z.string(), z.unknown()).nullable() })
const dossier = z.object({
  id: z.number(), state: z.string(), version: z.number(), proposal: z.string(), rule: z.string(), clause: text, edition: z.string(),
  threshold: z.record(z.string(), z.object({ value: z.number(), unit: z.string() })).nullable().catch(null),
  since: z.string().nullable(), newest: z.string().nullable(), witness: witness.nullable(), daysOver: z.number().nullable(),
  evidence: z.array(z.looseObject({ kind: z.string() })), answers: z.array(failed), openedAt: z.string(), closedAt: z.string().nullable(), deadline: z.string().nullable(), exemptUntil: z.string().nullable(),
  target: z.object({ id: z.number(), name: z.string() }).nullable(),
  channel: z.object({
    id: z.number(), kind: z.string(), name: z.string(), address: z.string(), siteCode: z.string().nullable(), state: z.string(), organisation: z.string().nullable(), supervisor: z.string().nullable(),
    regionCode: z.string().nullable(), region: z.string().nullable(), organisationId: z.number().nullable(),
  }),
  steps: z.array(stepTaken), legal: z.array(z.enum(Object.keys(STEPS) as [Step, ...Step[]])), assignee: person.nullable(),
  sightings: z.array(z.object({ at: z.string(), about: z.string(), outcome: z.string(), newestOn: z.string().nullable(), evidence: z.array(z.string()) })),
  pieces: z.array(z.object({ kind: z.string(), sha256: z.string(), url: z.string(), finalUrl: z.string(), status: z.number().nullable(), contentType: z.string().nullable(), fetchedAt: z.string(), cited: z.boolean() })),
  orders: z.array(order), files: z.array(z.object({ sha256: z.string(), name: z.string(), size: z.number(), by: z.string(), at: z.string() })),
  visitedSince: z.boolean(), channelNow: z.object({ newest: z.string().nullable(), outcome: z.string().nullable(), visitedAt: z.string().nullable() }),
})
const decision = {
  step: z.enum(Object.keys(STEPS) as [Step, ...Step[]]).exclude(['answer', 'contest']),
  reason: z.string().trim().min(1).max(4000),
  deadline: z.iso.date().optional(),
  until: z.iso.date().optional(),
  target: z.number().int().positive().optional(),
}
export const decided = z.object({ candidate: z.number(), from: z.string(), to: z.string(), version: z.number() })
const ids = z.array(z.number().int().positive()).min(1).max(500)

/** The review queue: what was proposed, decided, assigned, taken back, and handed on as a document or as evidence. */
export const candidateRoutes = [
  route({
    method: 'GET',
    url: '/api/candidates',
    summary: { zh: '研判队列', en: 'the review queue, filtered, sorted and paged' },
    door: LOOK,
    token: 'read',
    query: queueQuery.extend({ sort: z.enum(['weight', 'deadline', 'opened', 'changed']).default('weight'), ...paging, size: z.coerce.number().int().min(1).max(200).default(50) }),
    answer: z.object({ total: z.number(), candidates: z.array(row) }),
    handle: ({ ctx, query: { sort, page, size, ...filter } }) => listQueue({ ctx, input: { filter, sort, page, size } }),
  }),
  route({
    method: 'GET',
    url: '/api/candidates/counts',
    summary: { zh: '研判队列计数', en: 'numbers beside the queue’s views and filters' },
    door: LOOK,
    token: 'read',
    query: queueQuery,
    answer: z.object({ views: z.record(z.enum(VIEWS), z.number()), kinds: shares, proposals: shares, rules: shares, states: shares }),
    handle: ({ ctx, query }) => queueCounts({ ctx, input: query }),
  }),
  route({
    method: 'GET',
    url: '/api/candidates/reviewers',
    summary: { zh: '可分派的研判人员', en: 'colleagues to whom candidates may be assigned' },
    door: LOOK,
    answer: z.array(z.object({ id: z.string(), name: z.string(), region: z.string().nullable(), inHand: z.number() })),
    handle: ({ ctx }) => listReviewers({ ctx }),
  }),
  route({
    method: 'GET',
    url: '/api/candidates/:id',
    summary: { zh: '候选详情', en: 'one candidate with all that it is decided by' },
    door: LOOK_OR_UNIT,
    token: 'read',
    params: id,
    answer: dossier,
    handle: async ({ ctx, params }) => dossier.parse(await candidateDossier({ ctx, input: params })),
  }),
  route({
    method: 'POST',
    url: '/api/candidates/:id/decide',
    summary: { zh: '作出处置决定', en: 'takes one step, with its reason' },
    door: DECIDE,
    params: id,
    body: z.strictObject({ ...decision, version: z.number().int().positive() }),
    answer: decided,
    handle: ({ ctx, params, body }) => decide({ ctx, input: { candidate: params.id, ...defined(body) } }),
  }),
  route({
    method: 'POST',
    url: '/api/candidates/decide',
    summary: { zh: '批量处置', en: 'one step and one reason for many; all or none' },
    door: DECIDE,
    body: z.strictObject({ ...decision, candidates: ids }),
    answer: z.array(decided),
    handle: ({ ctx, body }) => decideMany({ ctx, input: defined(body) }),
  }),
  route({
    method: 'POST',
    url: '/api/candidates/orders',
    summary: { zh: '批量制发文书', en: 'the documents of many, each by itself: a row for each, with its number or why there is none' },
    door: DECIDE,
    body: z.strictObject({ candidates: ids }),
    answer: z.array(z.object({
      candidate: z.number(), already: z.boolean(), refused: text.nullable(),
      order: z.object({ id: z.number(), kind: z.string(), number: z.string(), deadline: z.string() }).nullable(),
    })),
    handle: ({ ctx, body }) => issueOrders({ ctx, input: body }),
  }),
  route({
    method: 'POST',
    url: '/api/candidates/undo',
    summary: { zh: '撤销上一步', en: 'takes back one’s own last step, within ten minutes' },
    door: [...DECIDE, 'unit_contact'],
    body: z.strictObject({ candidates: ids }),
    answer: z.array(decided),
    handle: ({ ctx, body }) => undoSteps({ ctx, input: body }),
  }),
  route({
    method: 'POST',
    url: '/api/candidates/assign',
    summary: { zh: '分派', en: 'gives candidates into somebody’s hands' },
    door: DECIDE,
    body: z.strictObject({ candidates: ids, assignee: z.string().min(1).max(100).nullable() }),
    answer: z.object({ assigned: z.number() }),
    handle: ({ ctx, body }) => assignCandidates({ ctx, input: body }),
  }),
  route({
    method: 'POST',
    url: '/api/candidates/:id/order',
    summary: { zh: '制发文书', en: 'issues the order or notice, numbered' },
    door: DECIDE,
    params: id,
    body: z.strictObject({ addressee: z.string().trim().min(1).max(200).optional(), contact: z.string().trim().min(1).max(200).optional() }),
    answer: z.object({ id: z.number(), kind: z.string(), number: z.string(), candidate: z.number(), deadline: z.string() }),
    handle: ({ ctx, params, body }) => issueOrder({ ctx, input: { candidate: params.id, ...defined(body) } }),
  }),
  route({
    method: 'GET',
    url: '/api/candidates/:id/pack',
    summary: { zh: '下载证据包', en: 'the evidence pack, as .zip or .docx' },
    door: LOOK_OR_UNIT,
    token: 'export',
    params: id,
    query: z.object({ as: z.enum(['zip', 'docx']).default('zip') }),
    answer: 'file',
    handle: async ({ ctx, deps, params, query }) => {
      const { bytes } = await evidencePack({ ctx, store: deps.evidence, input: { candidate: params.id, as: query.as } })
      return { filename: `证据材料-${params.id}.${query.as}`, type: query.as === 'zip' ? 'application/zip' : 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', body: bytes }
    },
  }),
  route({
    method: 'GET',
    url: '/api/candidates/:id/files/:sha256',
    summary: { zh: '下载单位材料', en: 'a file that the unit brought' },
    door: LOOK_OR_UNIT,
    params: id.extend({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
    answer: 'file',
    handle: async ({ ctx, deps, params }) => {
      const { name, type, bytes } = await broughtFile({ ctx, store: deps.evidence, input: { candidate: params.id, sha256: params.sha256 } })
      return { filename: name, type, body: bytes }
    },
  }),
] as const
