import { z } from 'zod'
import { READERS } from '../../domain/permit.ts'
import { KIND_IDS } from '../../domain/kinds.ts'
import { channelIds, CHANNEL_SORTS, exportLedger, listChannels, VISITING } from '../../registry/index.ts'
import { changeChannels } from '../../schedule/index.ts'
import { route } from '../route.ts'
import { flag, many, paging } from './words.ts'

const days = z.coerce.number().int().min(0).max(100_000).optional()

/** Which channels, as a query in an address says it. */
export const channelQuery = z.object({
  text: z.string().max(200).optional(),
  kinds: many(z.enum(KIND_IDS)),
  region: z.string().max(12).optional(),
  organisation: z.coerce.number().int().optional(),
  states: many(z.enum(['active', 'paused', 'closed', 'merged'])),
  outcomes: many(z.string().max(40)),
  filing: many(z.enum(['filed', 'pending', 'unfiled', 'exempt'])),
  daysFrom: days,
  daysTo: days,
  undated: flag.optional(),
  visiting: z.enum(VISITING).optional(),
  proposals: many(z.enum(['rectify', 'merge', 'shut_down'])),
  rules: many(z.string().max(40)),
  candidate: flag.optional(),
  openedFrom: z.iso.date().optional(),
  openedTo: z.iso.date().optional(),
  settledFrom: z.iso.date().optional(),
  settledTo: z.iso.date().optional(),
  removedFrom: z.iso.date().optional(),
  removedTo: z.iso.date().optional(),
  openOn: z.iso.date().optional(),
  campaign: z.coerce.number().int().optional(),
})

const nothing = z.string().nullable()
const listItem = z.object({
  id: z.number(), kind: z.string(), name: z.string(), address: z.string(), accountId: nothing, siteCode: nothing, organisationId: z.number().nullable(), organisation: nothing,
  supervisor: nothing, regionCode: nothing, region: nothing, filingStatus: nothing, filingNumber: nothing, runningStatus: nothing, openedOn: nothing, contact: nothing, phone: nothing,
  state: z.string(), newestOn: nothing, days: z.number().nullable(), lastOutcome: nothing, lastVisitAt: nothing, nextDueAt: nothing, dueReason: nothing,
  proposal: nothing, rule: nothing, candidate: z.number().nullable(),
})

const TYPES = { xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', csv: 'text/csv; charset=utf-8' } as const

export const channelRoutes = [
  route({
    method: 'GET',
    url: '/api/channels',
    summary: { zh: '渠道列表', en: 'channels, filtered, sorted and paged' },
    door: READERS,
    token: 'read',
    query: channelQuery.extend({ sort: z.enum(CHANNEL_SORTS).default('id'), descending: flag.default(false), ...paging }),
    answer: z.object({ total: z.number(), channels: z.array(listItem) }),
    handle: ({ ctx, query: { sort, descending, page, size, ...filter } }) => listChannels({ ctx, input: { filter, sort, descending, page, size } }),
  }),
  route({
    method: 'GET',
    url: '/api/channels/export',
    summary: { zh: '导出筛选出的渠道', en: 'the channels that a filter means, as a ledger (xlsx, csv)' },
    door: ['operations', 'rectification', 'read_only'],
    token: 'export',
    query: channelQuery.extend({ format: z.enum(['xlsx', 'csv']).default('xlsx') }),
    answer: 'file',
    handle: async ({ ctx, query: { format, ...filter } }) => {
      const { bytes } = await exportLedger({ ctx, input: { filter, format } })
      return { filename: `渠道台账.${format}`, type: TYPES[format], body: bytes ?? new Uint8Array() }
    },
  }),
  route({
    method: 'POST',
    url: '/api/channels/act',
    summary: { zh: '批量暂停、恢复或立即巡检', en: 'pauses, resumes or visits now: the channels named, or all that a filter means' },
    door: ['operations'],
    bodyLimit: 512 * 1024,
    query: channelQuery,
    body: z.strictObject({
      act: z.enum(['pause', 'resume', 'run']),
      ids: z.array(z.number().int().positive()).min(1).max(20_000).optional(),
      reason: z.string().trim().max(500).optional(),
    }),
    answer: z.object({ asked: z.number(), changed: z.number(), left: z.number() }),
    handle: async ({ ctx, query: filter, body: { act, ids, reason } }) => {
      const chosen = ids ?? await channelIds({ ctx, input: { filter, limit: 20_000 } })
      if (chosen.length === 0) return { asked: 0, changed: 0, left: 0 }
      return changeChannels({ ctx, input: { act, ids: chosen, ...(reason === undefined ? {} : { reason }) } })
    },
  }),
] as const
