import { z } from 'zod'
import { KIND_IDS } from '../../domain/kinds.ts'
import { BULLETIN_TYPES, FIGURES, bulletin, bulletinFile, drawSample, enterCrawled, enterResult, listCampaigns, listSamples, pageMembers, reportCampaign, reportSample, sampleMembers, startCampaign, weeklyDispatch } from '../../campaign/index.ts'
import type { Figure } from '../../campaign/index.ts'
import { route } from '../route.ts'
import { order } from './orders.ts'
import { defined, paging, text } from './words.ts'

const LOOK = ['rectification', 'operations', 'read_only'] as const
const named = z.object({ name: z.string().min(1).max(100) })
/** The last moment counted; now unless given. */
const asOf = z.object({ asOf: z.iso.datetime({ offset: true }).optional() })
const moment = ({ asOf: at }: { asOf?: string | undefined }): { asOf?: Date } => (at === undefined ? {} : { asOf: new Date(at) })

const counts = { baseline: z.number(), remaining: z.number(), removed: z.number(), rate: z.number().nullable() }
const count = z.object(counts)
const totals = z.object({ ...counts, by_kind: z.record(z.string(), count), by_group: z.record(z.string(), count), by_region: z.record(z.string(), count.extend({ name: z.string() })) })
const pages = { ...paging, size: z.coerce.number().int().min(1).max(200).default(50) }
const region = z.string().regex(/^[0-9Z]{6}(\d{3})?$/)

const member = z.object({
  channel: z.number(), kind: z.string(), name: z.string(), address: z.string(), siteCode: z.string().nullable(), organisation: z.string().nullable(), supervisor: z.string().nullable(), region: z.string(), regionName: z.string(),
  state: z.string(), seen: z.boolean().nullable(), candidate: z.number().nullable(), candidateState: z.string().nullable(), problem: z.string().nullable(), clause: text.nullable(),
})
const result = z.object({ running: z.number(), checked: z.number(), failed: z.number(), passRate: z.number().nullable() })
const sampled = z.object({ drawn: z.number(), checked: z.number(), failed: z.number(), passRate: z.number().nullable() })

/** Campaigns 专项行动: baseline, progress, the week, the bulletin, and spot checks 抽查. */
export const campaignRoutes = [
  route({
    method: 'GET',
    url: '/api/campaigns',
    summary: { zh: '专项行动一览', en: 'campaigns, the latest first' },
    door: LOOK,
    token: 'read',
    answer: z.array(z.object({ name: z.string(), startedAt: z.string(), startedBy: z.string(), scope: z.object({ regions: z.array(z.string()).optional(), kinds: z.array(z.string()).optional() }), target: z.number().nullable(), baseline: z.number(), removed: z.number(), rate: z.number().nullable() })),
    handle: ({ ctx }) => listCampaigns({ ctx }),
  }),
  route({
    method: 'POST',
    url: '/api/campaigns',
    summary: { zh: '启动专项行动', en: 'starts a campaign and freezes its baseline' },
    door: ['rectification'],
    body: z.strictObject({ name: z.string().trim().min(1).max(100), regions: z.array(region).max(200).default([]), kinds: z.array(z.enum(KIND_IDS)).default([]), targetRate: z.number().min(0).max(100).optional() }),
    answer: z.object({ id: z.number(), name: z.string(), baseline: z.number() }),
    handle: ({ ctx, body }) => startCampaign({ ctx, input: defined(body) }),
  }),
  route({
    method: 'GET',
    url: '/api/campaigns/:name/report',
    summary: { zh: '行动进展', en: 'progress by region and kind, as of a moment' },
    door: LOOK,
    token: 'read',
    params: named,
    query: asOf,
    answer: z.object({
      name: z.string(), started_at: z.string(), as_of: z.string(), rounding: text, totals, additions: z.number(),
      rows: z.array(z.object({
        region: z.string(), regionName: z.string(), kind: z.string(), ...counts, checked: z.number(), not_observed: z.number(), candidates: z.number(), ordered: z.number(), rectified: z.number(),
        merged: z.number(), shut_down: z.number(), kept: z.number(),
      })),
    }),
    handle: ({ ctx, params, query }) => reportCampaign({ ctx, input: { ...params, ...moment(query) } }),
  }),
  route({
    method: 'GET',
    url: '/api/campaigns/:name/members',
    summary: { zh: '数字背后的渠道', en: 'the channels behind one figure' },
    door: LOOK,
    token: 'read',
    params: named,
    query: asOf.extend({ figure: z.enum(Object.keys(FIGURES) as [Figure, ...Figure[]]), region: z.string().max(12).optional(), kind: z.enum(KIND_IDS).optional(), ...pages }),
    answer: z.object({ total: z.number(), members: z.array(member) }),
    handle: ({ ctx, params, query: { asOf: at, ...query } }) => pageMembers({ ctx, input: { ...params, ...defined(query), ...moment({ asOf: at }) } }),
  }),
  route({
    method: 'GET',
    url: '/api/campaigns/:name/weekly',
    summary: { zh: '周调度', en: 'what changed in seven days, the ranking, who is behind and why' },
    door: LOOK,
    token: 'read',
    params: named,
    query: asOf,
    answer: z.object({
      name: z.string(), from: z.string(), until: z.string(), rounding: text, median: z.number().nullable(),
      totals: z.object({ ...counts, removedThisWeek: z.number() }),
      regions: z.array(z.object({ rank: z.number(), region: z.string(), regionName: z.string(), ...counts, removedThisWeek: z.number(), undecided: z.number(), overdueOrders: z.number(), behind: z.boolean(), reasons: z.array(text) })),
      oldest: z.array(z.object({ candidate: z.number(), channel: z.number(), name: z.string(), regionName: z.string(), problem: z.string().nullable(), clause: text.nullable(), days: z.number() })),
      overdue: z.array(order),
    }),
    handle: ({ ctx, params, query }) => weeklyDispatch({ ctx, input: { ...params, ...moment(query) } }),
  }),
  route({
    method: 'GET',
    url: '/api/campaigns/:name/bulletin',
    summary: { zh: '通报预览', en: 'the bulletin as data, its annex page by page' },
    door: LOOK,
    token: 'read',
    params: named,
    query: asOf.extend(pages),
    answer: z.object({
      name: z.string(), asOf: z.string(), rounding: text, totals, overall: result.extend({ share: z.number().nullable() }),
      regions: z.array(result.extend({ region: z.string(), regionName: z.string() })),
      failing: z.array(member.pick({ channel: true, kind: true, name: true, address: true, siteCode: true, organisation: true, supervisor: true, regionName: true, problem: true, clause: true })),
    }),
    handle: ({ ctx, params, query: { page, size, ...query } }) => bulletin({ ctx, input: { ...params, ...moment(query), annex: { page, size } } }),
  }),
  route({
    method: 'GET',
    url: '/api/campaigns/:name/bulletin/file',
    summary: { zh: '下载通报', en: 'the bulletin as .docx, .xlsx, .csv (the annex) or .json' },
    door: LOOK,
    token: 'export',
    params: named,
    query: asOf.extend({ as: z.enum(['docx', 'xlsx', 'csv', 'json']) }),
    answer: 'file',
    handle: async ({ ctx, params, query }) => ({ filename: `${params.name}通报.${query.as}`, type: BULLETIN_TYPES[query.as], body: await bulletinFile({ ctx, input: { ...params, as: query.as, ...moment(query) } }) }),
  }),
  route({
    method: 'GET',
    url: '/api/samples',
    summary: { zh: '抽查一览', en: 'spot checks, the latest first' },
    door: LOOK,
    token: 'read',
    answer: z.array(z.object({ name: z.string(), seed: z.string(), drawnAt: z.string(), drawnBy: z.string(), population: z.number(), drawn: z.number(), checked: z.number(), failed: z.number() })),
    handle: ({ ctx }) => listSamples({ ctx }),
  }),
  route({
    method: 'POST',
    url: '/api/samples',
    summary: { zh: '抽取样本', en: 'draws a sample; the same seed draws the same channels' },
    door: ['rectification', 'operations'],
    body: z.strictObject({ name: z.string().trim().min(1).max(100), seed: z.string().trim().min(1).max(100), share: z.number().gt(0).max(100).multipleOf(0.1), regions: z.array(region).max(200).default([]), kinds: z.array(z.enum(KIND_IDS)).default([]) }),
    answer: z.object({ id: z.number(), name: z.string(), population: z.number(), drawn: z.number() }),
    handle: ({ ctx, body }) => drawSample({ ctx, input: body }),
  }),
  route({
    method: 'GET',
    url: '/api/samples/:name',
    summary: { zh: '抽查结果', en: 'results with their denominators' },
    door: LOOK,
    token: 'read',
    params: named,
    query: z.object({ digits: z.enum(['1', '2']).default('2') }),
    answer: sampled.extend({ name: z.string(), seed: z.string(), drawnAt: z.string(), population: z.number(), share: z.number().nullable(), by_region: z.record(z.string(), sampled), by_kind: z.record(z.string(), sampled) }),
    handle: ({ ctx, params, query }) => reportSample({ ctx, input: { ...params, digits: query.digits === '1' ? 1 : 2 } }),
  }),
  route({
    method: 'GET',
    url: '/api/samples/:name/members',
    summary: { zh: '抽中的渠道', en: 'the channels drawn' },
    door: LOOK,
    token: 'read',
    params: named,
    query: z.object({ result: z.enum(['open', 'passed', 'failed']).optional(), ...pages }),
    answer: z.object({
      total: z.number(),
      members: z.array(z.object({ channel: z.number(), kind: z.string(), name: z.string(), address: z.string(), region: z.string().nullable(), newest: z.string().nullable(), outcome: z.string().nullable(), result: z.string().nullable(), note: z.string().nullable(), enteredBy: z.string().nullable() })),
    }),
    handle: ({ ctx, params, query }) => sampleMembers({ ctx, input: { ...params, ...defined(query) } }),
  }),
  route({
    method: 'POST',
    url: '/api/samples/:name/results',
    summary: { zh: '录入抽查结果', en: 'enters one result' },
    door: ['rectification', 'operations'],
    params: named,
    body: z.strictObject({ channel: z.number().int().positive(), result: z.enum(['passed', 'failed']), note: z.string().trim().max(2000).optional() }),
    answer: z.object({ sample: z.string(), channel: z.number(), result: z.string() }),
    handle: ({ ctx, params, body }) => enterResult({ ctx, input: { sample: params.name, ...defined(body) } }),
  }),
  route({
    method: 'POST',
    url: '/api/samples/:name/crawled',
    summary: { zh: '采用巡检结果', en: 'takes over what visits found since the draw' },
    door: ['rectification', 'operations'],
    params: named,
    answer: z.object({ entered: z.number(), left: z.number() }),
    handle: ({ ctx, params }) => enterCrawled({ ctx, input: { sample: params.name } }),
  }),
] as const
