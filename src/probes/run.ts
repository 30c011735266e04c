import { HuoshuiError } from '../domain/error.ts'
import type { Outcome } from '../domain/outcome.ts'
import { meter } from './budget.ts'
import { openPages } from './pages.ts'
import type { SharedPages } from './pages.ts'
import type { Probe, ProbeContext, ProbeResult, ProbeRun } from './types.ts'

/** Milliseconds after its time in which a probe may still hand in what it has. */
const GRACE = 3000

/**
 * Tries probes one after the other. One that throws, hangs or gives a value of the wrong form is named and takes no other
 * down. `all` leaves out what lacks something it needs (rows of ours, a credential); asked for by name, it says so.
 * @throws HuoshuiError `bad_input` for an unknown id.
 */
export async function runProbes(probes: readonly Probe[], which: 'all' | readonly string[], context: ProbeContext): Promise<readonly ProbeRun[]> {
  const chosen = which === 'all' ? probes.filter((p) => lacking(p, context) === null) : which.map((id) => find(probes, id))
  const shared = openPages(context)
  const out: ProbeRun[] = []
  for (const probe of chosen) {
    if (context.until?.aborted === true) break
    out.push(await runOne(probe, context, shared))
  }
  return out
}

function find(probes: readonly Probe[], id: string): Probe {
  const probe = probes.find((p) => p.id === id)
  if (probe === undefined) throw new HuoshuiError('bad_input', { zh: `没有名为“${id}”的探测`, en: `no probe is called ${id}` }, { details: probes.map((p) => p.id) })
  return probe
}

/** Null where the probe can be tried; else the outcome that says what is missing. */
function lacking(probe: Probe, context: ProbeContext): { outcome: Outcome; note: string } | null {
  if (probe.needs.includes('credential')) return { outcome: 'credential_missing', note: 'no credential' }
  if (probe.needs.includes('browser') && context.ask.render === null) return { outcome: 'own_fault', note: 'no browser' }
  if (probe.needs.includes('history') && context.history === undefined) return { outcome: 'own_fault', note: 'computed from rows of ours, which were not handed in' }
  return null
}

async function runOne(probe: Probe, context: ProbeContext, shared: SharedPages): Promise<ProbeRun> {
  const began = performance.now()
  const seconds = (): number => Math.round((performance.now() - began) / 10) / 100
  const barred = lacking(probe, context)
  if (barred !== null) return { id: probe.id, ...barred, value: null, evidence: [], cost: { requests: 0, seconds: 0 }, steps: [] }
  const controller = new AbortController()
  const counted = meter(probe, context, controller.signal)
  const told = (): Pick<ProbeRun, 'steps' | 'evidence' | 'cost'> => ({ steps: counted.steps(), evidence: [...counted.pictures(), ...stepsKept(context, probe, counted.steps())], cost: { requests: counted.requests(), seconds: seconds() } })
  const end = (outcome: Outcome, note: string): ProbeRun => ({ id: probe.id, outcome, value: null, ...told(), note })
  let soft: NodeJS.Timeout | undefined
  let hard: NodeJS.Timeout | undefined
  const over = new Promise<'over'>((resolve) => {
    // First no more requests, so that the probe can hand in what it has; then the end.
    soft = setTimeout(() => controller.abort(), probe.budget.seconds * 1000)
    hard = setTimeout(() => resolve('over'), probe.budget.seconds * 1000 + GRACE)
  })
  try {
    const trial = { ...context, ...shared.with(counted.ask, controller.signal), ask: counted.ask, signal: controller.signal, left: counted.left, note: counted.note }
    const running = probe.run(trial)
    // Whatever becomes of it after its time, nobody waits for it any more.
    running.catch(() => undefined)
    const result = await Promise.race([running, over])
    if (result === 'over') return end('timeout', `not done within ${probe.budget.seconds} s`)
    return checked(probe, result, told())
  } catch (error) {
    return end('own_fault', (error instanceof Error ? error.message : String(error)).slice(0, 300))
  } finally {
    clearTimeout(soft)
    clearTimeout(hard)
    controller.abort()
  }
}

/** The steps as evidence of their own, so that they are kept as long as what rests on them. */
function stepsKept(context: ProbeContext, probe: Probe, steps: ProbeRun['steps']): readonly string[] {
  if (steps.length === 0) return []
  const url = `${context.home.url}#steps-${probe.id}`
  const sha256 = context.keep(Buffer.from(JSON.stringify({ probe: probe.id, home: context.home.url, at: context.now.toISOString(), steps }, null, 1)), { url, finalUrl: url, status: null, headers: { 'content-type': 'application/json' } })
  return sha256 === null ? [] : [sha256]
}

function checked(probe: Probe, result: ProbeResult, told: Pick<ProbeRun, 'steps' | 'evidence' | 'cost'>): ProbeRun {
  // Pictures and steps first: they are what a person looks at.
  const base = { id: probe.id, ...told, evidence: [...new Set([...told.evidence, ...(result.evidence ?? [])])].slice(0, 40), ...(result.note === undefined ? {} : { note: result.note }) }
  if (result.value === null) return { ...base, outcome: result.outcome === 'ok' ? 'own_fault' : result.outcome, value: null }
  const parsed = probe.value.safeParse(result.value)
  if (parsed.success) return { ...base, outcome: result.outcome, value: parsed.data }
  return { ...base, outcome: 'own_fault', value: null, note: `the value has not its form: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`.slice(0, 300) }
}
