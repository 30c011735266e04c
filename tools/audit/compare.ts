import { z } from 'zod'

const advisory = z.object({
  source: z.union([z.number(), z.string()]).optional(),
  name: z.string(),
  title: z.string().default(''),
  url: z.string().default(''),
  severity: z.string(),
  range: z.string().default(''),
})

/** What `npm audit --json` answers (auditReportVersion 2), as far as it is needed here. `via` names other packages, or the advisory itself. */
const report = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), z.object({ via: z.array(z.union([z.string(), advisory])) })),
})

/** docs/audit-exceptions.json: what stands although it is known, why, and until which day (inclusive). */
export const exceptionList = z.array(z.strictObject({
  advisory: z.string().regex(/^(GHSA(-[0-9a-z]{4}){3}|\d+)$/),
  package: z.string().min(1),
  why: z.string().min(20),
  until: z.iso.date(),
}))

export type Exceptions = z.infer<typeof exceptionList>
export type Finding = { readonly advisory: string; readonly package: string; readonly severity: string; readonly title: string; readonly range: string }

/** The advisories of an answer, each once; null where the answer is none (a registry that does not audit, no network). */
export function findingsOf(answer: unknown): Finding[] | null {
  const parsed = report.safeParse(answer)
  if (!parsed.success) return null
  const found = new Map<string, Finding>()
  for (const { via } of Object.values(parsed.data.vulnerabilities)) {
    for (const one of via) {
      if (typeof one === 'string') continue
      const id = /GHSA(-[0-9a-z]{4}){3}/.exec(one.url)?.[0] ?? String(one.source ?? one.url)
      found.set(`${id} ${one.name}`, { advisory: id, package: one.name, severity: one.severity, title: one.title, range: one.range })
    }
  }
  return [...found.values()].sort((a, b) => a.package.localeCompare(b.package) || a.advisory.localeCompare(b.advisory))
}

export type Compared = {
  /** Neither mended nor excepted: the build fails. */
  readonly unlisted: readonly Finding[]
  /** Excepted, but the day has passed: the build fails. */
  readonly expired: readonly (Finding & { readonly until: string })[]
  readonly excepted: readonly (Finding & { readonly until: string; readonly why: string })[]
  /** Exceptions that except nothing any more: to be removed. */
  readonly idle: Exceptions
}

/** @param today YYYY-MM-DD */
export function compare(findings: readonly Finding[], exceptions: Exceptions, today: string): Compared {
  const fits = (f: Finding, e: Exceptions[number]): boolean => e.advisory === f.advisory && e.package === f.package
  const unlisted: Finding[] = []
  const expired: (Finding & { until: string })[] = []
  const excepted: (Finding & { until: string; why: string })[] = []
  for (const f of findings) {
    const e = exceptions.find((one) => fits(f, one))
    if (e === undefined) unlisted.push(f)
    else if (e.until < today) expired.push({ ...f, until: e.until })
    else excepted.push({ ...f, until: e.until, why: e.why })
  }
  return { unlisted, expired, excepted, idle: exceptions.filter((e) => !findings.some((f) => fits(f, e))) }
}
