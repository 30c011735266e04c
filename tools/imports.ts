/**
 * The import rule of docs/architecture.md, held by dependency-cruiser: an import against the arrows fails the build,
 * and so does a run that read nothing (which the tool itself would call a success).
 */
import { cruise } from 'dependency-cruiser'
import type { IConfiguration, IForbiddenRuleType, IReporterOutput, ICruiseResult } from 'dependency-cruiser'

/** room → the rooms it may import. What is not listed here may not be imported. */
export const ARROWS: Readonly<Record<string, readonly string[]>> = {
  'src/domain': [],
  'src/read': ['src/domain'],
  'src/channels': ['src/domain', 'src/read'],
  'src/standard': ['src/domain'],
  'src/config': ['src/domain'],
  'db': ['src/domain'],
  'src/audit': ['src/domain', 'src/export', 'db'],
  'src/fetch': ['src/domain', 'src/config', 'db'],
  'src/engine': ['src/domain', 'src/config', 'db'],
  'src/queue': ['src/domain', 'src/config', 'db'],
  'src/export': ['src/domain'],
  'src/evidence': ['src/domain', 'src/config', 'src/audit', 'db'],
  'src/registry': ['src/domain', 'src/config', 'src/audit', 'src/channels', 'src/export', 'db'],
  'src/credentials': ['src/domain', 'src/config', 'src/audit', 'src/channels', 'db'],
  'src/accounts': ['src/domain', 'src/audit', 'db'],
  'src/history': ['src/domain', 'src/config', 'src/audit', 'src/evidence', 'db'],
  'src/schedule': ['src/domain', 'src/credentials', 'src/config', 'src/audit', 'src/queue', 'src/probes', 'db'],
  'src/review': ['src/domain', 'src/history', 'src/config', 'src/audit', 'src/read', 'src/registry', 'src/standard', 'src/evidence', 'src/schedule', 'src/export', 'db'],
  'src/check': ['src/domain', 'src/config', 'src/audit', 'src/standard', 'src/review', 'src/export', 'src/evidence', 'db'],
  'src/probes': ['src/domain', 'src/config', 'src/read', 'src/channels', 'src/evidence', 'db'],
  'src/visit': ['src/domain', 'src/credentials', 'src/config', 'src/audit', 'src/read', 'src/channels', 'src/fetch', 'src/evidence', 'src/schedule', 'src/standard', 'src/probes', 'db'],
  'src/campaign': ['src/domain', 'src/config', 'src/audit', 'src/registry', 'src/review', 'src/export', 'src/standard', 'db'],
  'src/backup': ['src/domain', 'src/history', 'src/config', 'src/audit', 'src/evidence', 'src/export', 'db'],
  'src/watcher': ['src/domain', 'src/config', 'src/audit', 'src/queue', 'src/schedule', 'db'],
  'src/notify': ['src/domain', 'src/config', 'src/audit', 'db'],
}

/** Thin rooms that know the services; nobody imports them. */
const THIN = ['src/work', 'src/server', 'src/cli', 'workers', 'src/console']

function rules(): IForbiddenRuleType[] {
  const known = Object.keys(ARROWS)
  const out: IForbiddenRuleType[] = known.map((room) => ({
    name: `arrows-of-${room.replace('/', '-')}`,
    severity: 'error',
    from: { path: `^${room}/` },
    to: { path: '^(src|db|workers|test|bench|tools)/', pathNot: [room, ...(ARROWS[room] ?? [])].map((r) => `^${r}/`) },
  }))
  // The console runs in a browser: it takes the shared words, and of the server nothing but the API's types.
  out.push({ name: 'console-knows-only-the-api', severity: 'error', from: { path: '^src/console/' }, to: { path: '^(src|db|workers|test|bench|tools)/', pathNot: '^src/(console|domain)/', dependencyTypesNot: ['type-only'] } })
  out.push({ name: 'nobody-imports-the-console', severity: 'error', from: { path: '^(src|db|workers)/', pathNot: '^src/console/' }, to: { path: '^src/console/' } })
  // A cycle of types alone exists for the checker only; nothing runs in a circle.
  out.push({ name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } })
  out.push({ name: 'nobody-imports-tests', severity: 'error', from: { path: '^(src|db|workers)/', pathNot: '^src/cli/(commands/)?demo' }, to: { path: '^(test|bench|tools)/' } })
  out.push({ name: 'unknown-room', severity: 'error', from: { path: '^src/', pathNot: [...known, ...THIN].map((r) => `^${r}/`) }, to: {} })
  return out
}

const options: IConfiguration['options'] = {
  doNotFollow: { path: 'node_modules' },
  tsPreCompilationDeps: true,
  detectProcessBuiltinModuleCalls: false,
}

const report: IReporterOutput = await cruise(['src', 'db', 'workers'], { ...options, ruleSet: { forbidden: rules() }, validate: true })
const result = report.output as ICruiseResult
const own = result.modules.filter((m) => /^(src|db|workers)\//.test(m.source))
const typed = own.flatMap((m) => m.dependencies).filter((d) => d.dependencyTypes.includes('type-only')).length
if (own.length < 20 || typed === 0) {
  console.error(`import rule: read ${own.length} modules and ${typed} type imports; that is nothing to judge by`)
  process.exit(1)
}
for (const v of result.summary.violations) console.error(`${v.rule.name}: ${v.from} → ${v.to}`)
console.log(`import rule: ${own.length} modules, ${result.summary.violations.length} violations`)
process.exit(result.summary.violations.length === 0 ? 0 : 1)
