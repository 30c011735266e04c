import { z } from 'zod'
import { isDay } from '../../domain/date.ts'
import { KIND_IDS } from '../../domain/kinds.ts'

const words = (max: number) => z.string().trim().max(max)
const optional = (max: number) => words(max).transform((s) => (s === '' ? null : s)).nullable().optional()
export const day = z.string().refine(isDay, '日期应形如 2026-05-01 / a date such as 2026-05-01')

/** The fields of one channel in a form. In an update what is left out stays, and null or '' empties the field. */
export const channelForm = z.object({
  kind: z.enum(KIND_IDS),
  name: words(200).min(1),
  address: optional(2000),
  accountId: optional(300),
  siteCode: optional(40),
  organisation: optional(200),
  supervisor: optional(200),
  region: optional(200).describe('Code, name or path'),
  filingStatus: z.enum(['filed', 'pending', 'unfiled', 'exempt']).nullable().optional(),
  filingNumber: optional(100),
  runningStatus: z.enum(['running', 'suspended', 'closing', 'closed', 'cancelled', 'migrated']).nullable().optional(),
  functionType: z.enum(['publishing', 'service']).nullable().optional(),
  openedOn: day.nullable().optional(),
  contact: optional(100),
  phone: optional(100),
  members: z.number().int().min(0).max(2 ** 31 - 1).nullable().optional(),
  note: optional(2000),
})

export type ChannelForm = z.infer<typeof channelForm>
