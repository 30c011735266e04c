import { z } from 'zod'

/** The form of the file itself; one that is newer is refused. */
export const FORMAT = 1
export const MANIFEST = 'manifest.json'

const counted = { bytes: z.number().int(), sha256: z.string() }

/** What a backup says of itself: its last entry, so that it can say what everything before it must hash to. */
export const manifest = z.object({
  format: z.literal(FORMAT),
  program: z.string(),
  /** Migrations the database had, in epoch milliseconds as the journal names them. */
  schema: z.array(z.number()),
  madeAt: z.string(),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number().int(), ...counted })),
  /** The first and the last month that observations have a partition for, by their beginnings: restored into the same ones. */
  months: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }).nullable().optional(),
  /** The end of the audit trail's chain as saved: to be noted outside. Null where nothing had been done; absent before there was a chain. */
  auditHead: z.object({ seq: z.number().int(), hash: z.string() }).nullable().optional(),
  /** Evidence packs: `YYYY-MM/x.pack`. */
  evidence: z.array(z.object({ name: z.string().regex(/^\d{4}-\d{2}\/[0-9a-f]\.pack$/), ...counted })),
})

export type Manifest = z.infer<typeof manifest>
