import { z } from 'zod'
import { READERS } from '../../domain/permit.ts'
import { diffChecks, EVERY, exportCheck, listCheckPlans, listFindings, listRunChecks, listRuns, listWork, recordFinding, runCheck, setCheckPlan, showCheck, showRun } from '../../check/index.ts'
import { channelFilter, channelIds } from '../../registry/index.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { EDITIONS, standardList } from '../../standard/index.ts'
import { downloadOf, TYPES } from '../download.ts'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { checkSheet, job, plan, runFigures, runRow, workItem } from './check-schemas.ts'
import { id, paging, text } from './words.ts'

const CHECKERS = ['operations', 'rectification'] as const
const runPage = z.object({ runs: z.array(z.object({ run: z.number(), standard: z.string(), asOf: z.string(), madeAt: z.string(), by: z.string(), scope: z.string(), channels: z.number() })), total: z.number() })

/** Checks against the standard: running them, what they found, what waits for a person, plans, the workbook. */
export const checkRoutes = [
  route({
    method: 'GET', url: '/api/standards', summary: { zh: '标准版本', en: 'editions of the standard' }, door: READERS, token: 'read',
    answer: z.array(z.object({ id: z.string(), name: text, document: text, rules: z.number() })),
    handle: async () => EDITIONS.map((e) => ({ id: e.id, name: e.name, document: e.document, rules: e.rules.length })),
  }),
  route({
    method: 'GET', url: '/api/standards/:standard', summary: { zh: '标准的各项指标', en: 'an edition’s indicators' }, door: READERS, token: 'read',
    params: z.object({ standard: z.string().max(60) }),
    answer: z.array(z.object({
      id: z.string(), part: z.string(), group: text, item: text, clause: text, document: text, cap: z.number().nullable(), applies_to: z.array(z.string()), decided: z.string(),
      sure: z.string(), on: z.boolean(), params: z.record(z.string(), z.object({ value: z.union([z.number(), z.boolean()]), unit: z.string(), text })), questions: z.array(z.object({ key: z.string(), text })),
    })),
    handle: async ({ params }) => standardList(params.standard),
  }),
  route({
    method: 'GET', url: '/api/check-runs', summary: { zh: '检查批次', en: 'runs of checks, the newest first' }, door: READERS, token: 'read',
    query: z.object(paging), answer: runPage,
    handle: ({ ctx, query: { page, size } }) => listRuns({ ctx, input: { page, size: Math.min(size, 100) } }),
  }),
  route({
    method: 'POST', url: '/api/check-runs', summary: { zh: '开始检查', en: 'begins a check of the channels that a filter means' }, door: CHECKERS,
    body: z.strictObject({ filter: channelFilter.strict().default({}), standard: z.string().max(60).default('gov-2019'), asOf: z.iso.datetime({ offset: true }).optional() }),
    answer: job,
    handle: async ({ ctx, deps, body: { filter, standard, asOf } }) => {
      const channels = await channelIds({ ctx, input: { filter } })
      if (channels.length === 0) throw new HuoshuiError('bad_input', { zh: '没有符合条件的渠道,请放宽筛选条件', en: 'no channel fits: widen the filter' })
      const input = { channels, standard, ...(asOf === undefined ? {} : { asOf: new Date(asOf) }) }
      return deps.jobs.start(owner(ctx), async (progress) => (await runCheck({ ctx, input, progress })).run)
    },
  }),
  route({
    method: 'GET', url: '/api/jobs/:job', summary: { zh: '任务进度', en: 'how far a piece of work is' }, door: 'signed_in',
    params: z.object({ job: z.uuid() }), answer: job,
    handle: async ({ ctx, deps, params }) => deps.jobs.of(owner(ctx), params.job),
  }),
  route({
    method: 'GET', url: '/api/check-runs/:id', summary: { zh: '检查批次汇总', en: 'one run’s figures' }, door: READERS, token: 'read',
    params: id, answer: runFigures,
    handle: ({ ctx, params }) => showRun({ ctx, input: { run: params.id } }),
  }),
  route({
    method: 'GET', url: '/api/check-runs/:id/checks', summary: { zh: '批次内各渠道结果', en: 'the checks of a run, the gravest first' }, door: READERS, token: 'read',
    params: id, query: z.object({ verdict: z.enum(['failed', 'passed', 'undecided']).optional(), region: z.string().max(12).optional(), text: z.string().max(200).optional(), violates: z.string().max(20).optional(), ...paging }),
    answer: z.object({ total: z.number(), checks: z.array(runRow) }),
    handle: ({ ctx, params, query }) => listRunChecks({ ctx, input: { run: params.id, ...given(query) } }),
  }),
  route({
    method: 'GET', url: '/api/check-runs/:id/file', summary: { zh: '导出检查批次', en: 'a run as workbook, table, JSON or report' }, door: READERS, token: 'export',
    params: id, query: z.object({ format: z.enum(['xlsx', 'csv', 'json', 'docx']).default('xlsx') }), answer: 'file',
    handle: async ({ ctx, deps, params, query: { format } }) => {
      const filename = `指标检查-${params.id}.${format}`
      return { filename, type: TYPES[format], body: await downloadOf(filename, (file) => exportCheck({ ctx, store: deps.evidence, input: { run: params.id, file } })) }
    },
  }),
  route({
    method: 'GET', url: '/api/checks/:id', summary: { zh: '单个渠道检查表', en: 'one channel’s inspection sheet' }, door: READERS, token: 'read',
    params: id, answer: checkSheet,
    handle: ({ ctx, params }) => showCheck({ ctx, input: { check: params.id } }),
  }),
  route({
    method: 'GET', url: '/api/checks/:id/changes', summary: { zh: '与另一次检查比较', en: 'what changed since another check of the channel' }, door: READERS,
    params: id, query: z.object({ before: z.coerce.number().int().positive() }),
    answer: z.object({ verdict: z.object({ before: z.string(), after: z.string() }), changes: z.array(z.object({ id: z.string(), what: z.string(), before: side(), after: side() })) }),
    handle: async ({ ctx, params, query }) => {
      await Promise.all([showCheck({ ctx, input: { check: params.id } }), showCheck({ ctx, input: { check: query.before } })])
      return diffChecks({ ctx, input: { before: query.before, after: params.id } })
    },
  }),
  route({
    method: 'GET', url: '/api/check-work', summary: { zh: '待人工核查', en: 'what waits for a person’s eye' }, door: READERS,
    query: z.object({ channel: z.coerce.number().int().positive(), standard: z.string().max(60).default('gov-2019') }),
    answer: z.array(workItem),
    handle: async ({ ctx, query }) => (await listWork({ ctx, input: { channels: [query.channel], standard: query.standard } })).items,
  }),
  route({
    method: 'POST', url: '/api/findings', summary: { zh: '录入核查结果', en: 'signs what a person found for one indicator' }, door: CHECKERS,
    body: z.strictObject({
      channel: z.number().int().positive(), indicator: z.string().max(20), standard: z.string().max(60).default('gov-2019'), answers: z.record(z.string(), z.union([z.boolean(), z.number()])),
      places: z.array(z.strictObject({ question: z.string().max(60), url: z.string().max(2000).optional(), note: z.string().min(1).max(1000) })).max(100).optional(),
      evidence: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(50).default([]), note: z.string().trim().min(1).max(2000).optional(), on: z.iso.date().optional(),
    }),
    answer: z.object({ id: z.number() }),
    handle: ({ ctx, body }) => recordFinding({ ctx, input: { ...given(body), by: ctx.actor.name } }),
  }),
  route({
    method: 'GET', url: '/api/findings', summary: { zh: '核查记录', en: 'signed findings of a channel' }, door: READERS,
    query: z.object({ channel: z.coerce.number().int().positive() }),
    answer: z.array(z.object({ id: z.number(), standard: z.string(), indicator: z.string(), by: z.string(), at: z.string(), on: z.string(), answers: z.record(z.string(), z.union([z.boolean(), z.number()])), note: z.string().nullable(), intact: z.boolean() })),
    handle: ({ ctx, query }) => listFindings({ ctx, input: { channels: [query.channel] } }),
  }),
  route({
    method: 'GET', url: '/api/check-plans', summary: { zh: '检查计划', en: 'planned checks' }, door: READERS, answer: z.array(plan),
    handle: ({ ctx }) => listCheckPlans({ ctx }),
  }),
  route({
    method: 'PUT', url: '/api/check-plans', summary: { zh: '设置检查计划', en: 'enters or changes a plan, by name' }, door: CHECKERS,
    body: z.strictObject({ name: z.string().trim().min(1).max(100), standard: z.string().max(60).default('gov-2019'), filter: channelFilter.strict().default({}), every: z.enum(EVERY), active: z.boolean().default(true) }),
    answer: z.object({ id: z.number(), nextAt: z.string() }),
    handle: ({ ctx, body }) => setCheckPlan({ ctx, input: body }),
  }),
] as const

function side() {
  return z.object({ answer: z.string(), points: z.number() }).nullable()
}

const owner = (ctx: { actor: { kind: string; name: string } & ({ id?: string }) }): string => ctx.actor.id ?? ctx.actor.name
