import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compare, exceptionList, findingsOf } from '../../tools/audit/compare.ts'

const advisory = (over: object) => ({ source: 1100001, name: 'left', dependency: 'left', title: 'Left turns right', url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc', severity: 'high', cwe: ['CWE-22'], cvss: { score: 7.5, vectorString: null }, range: '<1.2.3', ...over })
/** As npm 11 answers: a package with an advisory, one that has it through another, and two advisories of one. */
const ANSWER = {
  auditReportVersion: 2,
  vulnerabilities: {
    left: { name: 'left', severity: 'high', isDirect: false, via: [advisory({})], effects: ['middle'], range: '<1.2.3', nodes: ['node_modules/left'], fixAvailable: true },
    middle: { name: 'middle', severity: 'high', isDirect: true, via: ['left'], effects: [], range: '*', nodes: ['node_modules/middle'], fixAvailable: { name: 'middle', version: '2.0.0', isSemVerMajor: true } },
    right: { name: 'right', severity: 'moderate', isDirect: true, via: [advisory({}), advisory({ name: 'right', source: 1100002, url: 'https://github.com/advisories/GHSA-dddd-eeee-ffff', severity: 'moderate' }), advisory({ name: 'right', source: 1100003, url: '' })], effects: [], range: '*', nodes: ['node_modules/right'], fixAvailable: false },
  },
  metadata: { vulnerabilities: { info: 0, low: 0, moderate: 1, high: 2, critical: 0, total: 3 }, dependencies: { prod: 400, dev: 200, optional: 30, peer: 0, peerOptional: 0, total: 600 } },
}
const except = (advisoryId: string, name: string, until: string) => ({ advisory: advisoryId, package: name, why: 'the weak function is never called by us', until })

describe('the audit of dependencies', () => {
  test('takes each advisory once, under the name it is known by', () => {
    expect(findingsOf(ANSWER)?.map((f) => `${f.package} ${f.advisory} ${f.severity}`)).toEqual(['left GHSA-aaaa-bbbb-cccc high', 'right 1100003 high', 'right GHSA-dddd-eeee-ffff moderate'])
    expect(findingsOf({ ...ANSWER, vulnerabilities: {} })).toEqual([])
  })
  test.each([
    ['a mirror that does not audit', { message: '405 Method Not Allowed - POST https://mirror.example/-/npm/v1/security/advisories/bulk', method: 'POST', statusCode: 405, body: '' }],
    ['npm without a network', { error: { code: 'ENOTFOUND', summary: 'request to https://registry.example/ failed', detail: '' } }],
    ['nothing', null],
    ['another version’s report', { auditReportVersion: 3, vulnerabilities: {} }],
    ['a report that lacks its list', { auditReportVersion: 2 }],
  ])('does not take %s for a clean answer', (_what, answer) => expect(findingsOf(answer)).toBeNull())

  test('fails on what is not listed, and on what is listed for another package or until a day that has passed', () => {
    const found = findingsOf(ANSWER)!
    expect(compare(found, [], '2026-06-01').unlisted).toHaveLength(3)
    const done = compare(found, [except('GHSA-aaaa-bbbb-cccc', 'left', '2026-06-01'), except('GHSA-dddd-eeee-ffff', 'left', '2027-01-01'), except('1100003', 'right', '2026-05-31')], '2026-06-01')
    expect(done.excepted.map((f) => f.advisory)).toEqual(['GHSA-aaaa-bbbb-cccc'])
    expect(done.unlisted.map((f) => f.advisory)).toEqual(['GHSA-dddd-eeee-ffff'])
    expect(done.expired).toMatchObject([{ advisory: '1100003', until: '2026-05-31' }])
    expect(done.idle.map((e) => e.advisory)).toEqual(['GHSA-dddd-eeee-ffff'])
  })
  test('takes no exception without a reason, a day, or with a word that it does not know', () => {
    const whole = except('GHSA-aaaa-bbbb-cccc', 'left', '2026-06-01')
    expect(exceptionList.safeParse([whole]).success).toBe(true)
    for (const bad of [{ ...whole, why: 'fine' }, { ...whole, until: 'never' }, { ...whole, untill: '2026-01-01' }, { ...whole, advisory: 'CVE-1' }]) expect(exceptionList.safeParse([bad]).success).toBe(false)
    expect(exceptionList.safeParse(JSON.parse(readFileSync('docs/audit-exceptions.json', 'utf8'))).error).toBeUndefined()
  })
  test('is part of what CI runs', () => {
    expect(readFileSync('.ci/run', 'utf8')).toContain('npm run -s audit:deps')
    expect(JSON.parse(readFileSync('package.json', 'utf8')).scripts['audit:deps']).toBe('node tools/audit-deps.ts')
  })
})
