import { z } from 'zod'
import { BRIDGE_TYPES, confirmSignal, CREDENTIALS, listBridges, listCredentials, listSignals, removeBridge, removeCredential, setBridge, setCredential } from '../../credentials/index.ts'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { text } from './words.ts'

const OPERATIONS = ['operations'] as const
const credentialTarget = { organisation: z.number().int().positive().optional(), channel: z.number().int().positive().optional() }
const done = z.object({ done: z.literal(true) })

/** API keys and cookies (no value ever leaves), bridges, and guesses about platforms that a person may confirm. */
export const credentialRoutes = [
  route({
    method: 'GET',
    url: '/api/credentials',
    summary: { zh: '凭据一览', en: 'the credentials board; no value is shown' },
    door: OPERATIONS,
    answer: z.array(z.object({
      id: z.string(), kind: z.string().nullable(), scope: z.string(), target: z.string(), targetName: z.string().nullable(), fields: z.array(z.string()),
      state: z.enum(['works', 'untried', 'failing', 'expires_soon', 'expired', 'stopped', 'unknown_id']), putBy: z.string(), putAt: z.string(), validUntil: z.string().nullable(),
      lastSuccessAt: z.string().nullable(), failures: z.number(), lastFailure: z.string().nullable(), lastFailureAt: z.string().nullable(), stoppedSince: z.string().nullable(),
      stoppedChannels: z.number(),
    })),
    handle: ({ ctx }) => listCredentials({ ctx }),
  }),
  route({
    method: 'GET',
    url: '/api/credentials/kinds',
    summary: { zh: '可配置的凭据', en: 'credentials that some source asks for' },
    door: OPERATIONS,
    answer: z.array(z.object({ id: z.string(), kind: z.string(), fields: z.array(z.string()), note: text, oneAccount: z.boolean() })),
    handle: async () => [...CREDENTIALS.values()],
  }),
  route({
    method: 'PUT',
    url: '/api/credentials/:id',
    summary: { zh: '录入凭据', en: 'puts a credential; its values are sealed at once' },
    door: OPERATIONS,
    params: z.object({ id: z.string().max(60) }),
    body: z.strictObject({ values: z.record(z.string(), z.string().max(20_000)), ...credentialTarget, validUntil: z.iso.date().optional() }),
    answer: z.object({ id: z.string(), scope: z.string(), target: z.string() }),
    handle: ({ ctx, deps, params, body }) => setCredential({ ctx, keys: deps.config, input: { id: params.id, ...given(body) } }),
  }),
  route({
    method: 'POST',
    url: '/api/credentials/:id/remove',
    summary: { zh: '删除凭据', en: 'takes a credential away' },
    door: OPERATIONS,
    params: z.object({ id: z.string().max(60) }),
    body: z.strictObject(credentialTarget),
    answer: done,
    handle: async ({ ctx, params, body }) => {
      await removeCredential({ ctx, input: { id: params.id, ...given(body) } })
      return { done: true as const }
    },
  }),
  route({
    method: 'GET',
    url: '/api/bridges',
    summary: { zh: '转接订阅', en: 'bridges; addresses without their access codes' },
    door: OPERATIONS,
    answer: z.array(z.object({ scope: z.string(), target: z.string(), targetName: z.string().nullable(), type: z.string(), url: z.string(), accessCode: z.boolean(), putBy: z.string(), putAt: z.string() })),
    handle: ({ ctx }) => listBridges({ ctx }),
  }),
  route({
    method: 'PUT',
    url: '/api/bridges',
    summary: { zh: '设置转接', en: 'names a bridge for a kind or a channel' },
    door: OPERATIONS,
    body: z.strictObject({ kind: z.string().max(40).optional(), channel: z.number().int().positive().optional(), type: z.enum(BRIDGE_TYPES), url: z.string().max(2000) }),
    answer: z.object({ url: z.string() }),
    handle: ({ ctx, deps, body }) => setBridge({ ctx, keys: deps.config, input: { ...body } }),
  }),
  route({
    method: 'POST',
    url: '/api/bridges/remove',
    summary: { zh: '删除转接', en: 'takes a bridge away' },
    door: OPERATIONS,
    body: z.strictObject({ kind: z.string().max(40).optional(), channel: z.number().int().positive().optional(), type: z.enum(BRIDGE_TYPES) }),
    answer: done,
    handle: async ({ ctx, body }) => {
      await removeBridge({ ctx, input: { ...body } })
      return { done: true as const }
    },
  }),
  route({
    method: 'GET',
    url: '/api/signals',
    summary: { zh: '待核实的平台提示', en: 'guesses at a platform’s words, and whether a person has confirmed them' },
    door: OPERATIONS,
    answer: z.array(z.object({ id: z.string(), kind: z.string(), outcome: z.string(), texts: z.array(z.string()), note: z.string().nullable(), confirmed: z.object({ by: z.string(), at: z.string(), reason: z.string() }).nullable() })),
    handle: ({ ctx }) => listSignals({ ctx, input: { guesses: true } }),
  }),
  route({
    method: 'POST',
    url: '/api/signals/:id/confirm',
    summary: { zh: '确认平台提示', en: 'confirms a guess, with where it was seen' },
    door: OPERATIONS,
    params: z.object({ id: z.string().max(80) }),
    body: z.strictObject({ reason: z.string().trim().min(4).max(1000), withdraw: z.boolean().default(false) }),
    answer: z.object({ id: z.string(), confirmed: z.boolean() }),
    handle: ({ ctx, params, body }) => confirmSignal({ ctx, input: { id: params.id, ...body } }),
  }),
] as const
