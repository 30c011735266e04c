import { z } from 'zod'
import { text } from './words.ts'

const verdict = z.enum(['failed', 'passed', 'undecided'])

export const job = z.object({ id: z.string(), done: z.number(), of: z.number(), state: z.enum(['running', 'done', 'failed']), result: z.number().nullable(), error: text.nullable() })

export const runFigures = z.object({
  run: z.number(), standard: z.string(), asOf: z.string(), madeAt: z.string(), by: z.string(), seed: z.string(), channels: z.number(), failed: z.number(), passed: z.number(), undecided: z.number(),
})

export const runRow = z.object({
  check: z.number(), channel: z.number(), name: z.string(), kind: z.string(), region: z.string().nullable(), verdict, vetoes: z.array(z.string()),
  worst: z.number().nullable(), best: z.number().nullable(), problems: z.number(),
})

const place = z.object({ name: z.string(), url: z.string().nullable(), answer: z.string(), newest: z.string().nullable(), daysOver: z.number().nullable(), note: text.optional() })

export const checkSheet = z.object({
  check: z.number(), run: z.number(),
  channel: z.object({ id: z.number(), kind: z.string(), name: z.string(), address: z.string().nullable(), siteCode: z.string().nullable(), organisation: z.string().nullable(), region: z.string().nullable(), portal: z.boolean() }),
  standard: z.string(), as_of: z.string(), verdict, vetoes: z.array(z.string()),
  score: z.object({ worst: z.number(), best: z.number() }).nullable(), settled_by: z.array(z.string()),
  results: z.array(z.object({
    id: z.string(), item: text, answer: z.enum(['met', 'violated', 'not_observed', 'not_applicable', 'person']), points: z.number().nullable(), open: z.number(), cap: z.number().nullable(),
    evidence: z.array(z.string()), clause: text, places: z.array(place), problems: text,
  })),
})

export const workItem = z.object({
  channel: z.object({ id: z.number(), name: z.string(), address: z.string().nullable() }), indicator: z.string(), item: text, clause: text, ask: text,
  questions: z.array(z.object({ key: z.string(), text, type: z.enum(['yes_no', 'count']), most: z.number().optional() })),
  sample: z.array(z.object({ name: z.string(), drawn: z.array(z.string()) })), leads: z.array(text),
})

export const plan = z.object({
  id: z.number(), name: z.string(), standard: z.string(), filter: z.record(z.string(), z.unknown()), every: z.enum(['week', 'month', 'quarter']), nextAt: z.string(),
  lastRun: z.number().nullable(), by: z.string(), active: z.boolean(),
})
