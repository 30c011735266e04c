import { z } from 'zod'
import { READERS } from '../../domain/permit.ts'
import { channelForm, channelHistory, registerChannel, updateChannel } from '../../registry/index.ts'
import { channelFile, identityOf, liveVisit, visitsOf } from '../../review/index.ts'
import { pauseChannel, policySettings, resumeChannel, runChannel } from '../../schedule/index.ts'
import { emitChanges, streamEvents } from '../events.ts'
import { route } from '../route.ts'
import { id, paging, text } from './words.ts'

const s = z.string()
const no = z.string().nullable()
const n = z.number()
const witness = z.object({ source: s, day: no, raw: s, where: s.optional(), doubt: s.optional() }).nullable().catch(null)
const identity = z.object({
  id: n, kind: s, name: s, address: s, addressRaw: s, accountId: no, siteCode: no, organisationId: n.nullable(), organisation: no, supervisor: no, regionCode: no, region: no,
  filingStatus: no, filingNumber: no, runningStatus: no, functionType: no, openedOn: no, contact: no, phone: no, members: n.nullable(), note: no, extra: z.record(s, s).nullable(),
  state: s, createdAt: s, updatedAt: s, nextDueAt: no, dueReason: no, inHand: z.boolean(), lastVisitAt: no, lastOutcome: no, lastSeenAt: no, newestOn: no, witness,
})
const file = z.object({
  channel: identity,
  verdict: z.object({
    kind: z.enum(['ended', 'waiting', 'violated', 'held', 'met', 'not_observed']), sentence: text, proposal: no,
    answers: z.array(z.object({ rule: s, title: text, clause: text, document: text, answer: z.enum(['met', 'violated', 'not_observed']), reason: text.nullable(), since: no, newest: no, daysOver: n.nullable() })),
  }),
  columns: z.array(z.object({
    id: n, name: s, url: s, class: s, level: n, active: z.boolean(), newest: no, newestTitle: no, newestUrl: no, witness, outcome: no, empty: z.boolean(), observedAt: no, deadline: no, daysLeft: n.nullable(),
  })),
  observations: z.array(z.object({ id: n, at: s, about: s, column: no, outcome: s, newestOn: no, value: z.unknown(), evidence: z.array(s) })),
  timeline: z.array(z.object({ on: s, items: n, visits: n, seen: n })),
  evidence: z.array(z.object({ sha256: s, kind: s, url: s, finalUrl: s, status: n.nullable(), contentType: no, size: n, fetchedAt: s })),
  candidates: z.array(z.object({
    id: n, proposal: s, rule: s, clause: text, state: s, openedAt: s, closedAt: no, daysOver: n.nullable(), deadline: no,
    steps: z.array(z.object({ at: s, by: s, step: s, to: s, reason: s })),
  })),
  attestations: z.array(z.object({ newestOn: s, statedOn: s, statedBy: s, link: no, note: no, source: s })),
  policy: policySettings,
})
const standing = z.object({ id: n, name: s, state: s, claimed: z.boolean() })
const act = z.strictObject({ reason: z.string().trim().max(500).optional() })
const changed = ({ params, body }: { params: { id: number }; body: { reason?: string | undefined } }) => ({ id: params.id, ...(body.reason === undefined ? {} : { reason: body.reason }) })

/** One channel: what is known of it, its visits and history, and what may be done with it. */
export const channelFileRoutes = [
  route({
    method: 'GET',
    url: '/api/channels/:id',
    summary: { zh: '渠道详情', en: 'one channel with its verdict, columns, observations, evidence and policy' },
    door: READERS,
    token: 'read',
    params: id,
    answer: file,
    handle: ({ ctx, params }) => channelFile({ ctx, input: params }),
  }),
  route({
    method: 'GET',
    url: '/api/channels/:id/visits',
    summary: { zh: '巡检记录', en: 'its visits, the latest first' },
    door: READERS,
    token: 'read',
    params: id,
    query: z.object(paging),
    answer: z.object({
      total: n,
      visits: z.array(z.object({
        id: n, startedAt: s, seconds: n, outcome: s, detail: no, source: no, reason: no, pages: n, requests: n, bytes: n, homeMs: n.nullable(), homeStatus: n.nullable(), newestOn: no, rendered: z.boolean(), worker: no,
      })),
    }),
    handle: async ({ ctx, params, query }) => {
      await identityOf(ctx, params.id)
      return visitsOf({ ctx, input: { channel: params.id, ...query } })
    },
  }),
  route({
    method: 'GET',
    url: '/api/channels/:id/history',
    summary: { zh: '变更记录', en: 'what was done with it, from the audit trail' },
    door: READERS,
    params: id,
    query: z.object(paging),
    answer: z.object({ total: n, rows: z.array(z.object({ id: n, at: s, by: s, verb: s, reason: no, detail: z.unknown() })) }),
    handle: ({ ctx, params, query }) => channelHistory({ ctx, input: { ...params, ...query } }),
  }),
  route({
    method: 'GET',
    url: '/api/channels/:id/live',
    summary: { zh: '巡检实时进度(SSE)', en: 'events `visit` while a visit that was asked for is under way; ends when it is done' },
    door: READERS,
    params: id,
    query: z.object({ since: z.iso.datetime().optional() }),
    answer: 'events',
    handle: async ({ ctx, params, query, request, reply }) => {
      await identityOf(ctx, params.id)
      return streamEvents({ request, reply, run: (emit, signal) => emitChanges({
        event: 'visit', everyMs: 1000, emit, signal, look: () => liveVisit({ ctx, input: { id: params.id, since: query.since ?? null } }), last: (v) => v.stage === 'done',
      }) })
    },
  }),
  route({
    method: 'POST',
    url: '/api/channels',
    summary: { zh: '登记渠道', en: 'registers one channel' },
    door: ['operations'],
    body: channelForm.strict(),
    answer: z.object({ id: n, warnings: z.array(text) }),
    handle: ({ ctx, body }) => registerChannel({ ctx, input: body }),
  }),
  route({
    method: 'PUT',
    url: '/api/channels/:id',
    summary: { zh: '修改渠道', en: 'changes one channel; what is left out stays, null empties' },
    door: ['operations'],
    params: id,
    body: z.strictObject({ changes: channelForm.omit({ kind: true }).partial().strict(), reason: z.string().trim().max(500).optional() }),
    answer: z.object({ changed: z.array(s) }),
    handle: ({ ctx, params, body: { changes, reason } }) => updateChannel({ ctx, input: { ...params, changes, ...(reason === undefined ? {} : { reason }) } }),
  }),
  route({
    method: 'POST',
    url: '/api/channels/:id/run',
    summary: { zh: '立即巡检', en: 'makes it due now' },
    door: ['operations'],
    params: id,
    body: act,
    answer: standing.extend({ at: s }),
    handle: async ({ ctx, ...call }) => {
      const at = ctx.clock.now().toISOString()
      return { ...await runChannel({ ctx, input: changed(call) }), at }
    },
  }),
  route({
    method: 'POST',
    url: '/api/channels/:id/pause',
    summary: { zh: '暂停巡检', en: 'stops its visits' },
    door: ['operations'],
    params: id,
    body: act,
    answer: standing,
    handle: ({ ctx, ...call }) => pauseChannel({ ctx, input: changed(call) }),
  }),
  route({
    method: 'POST',
    url: '/api/channels/:id/resume',
    summary: { zh: '恢复巡检', en: 'takes its visits up again' },
    door: ['operations'],
    params: id,
    body: act,
    answer: standing,
    handle: ({ ctx, ...call }) => resumeChannel({ ctx, input: changed(call) }),
  }),
] as const
