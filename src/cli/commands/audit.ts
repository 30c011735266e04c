import type { Command } from 'commander'
import { verifyTrail } from '../../audit/index.ts'
import type { TrailVerified } from '../../audit/index.ts'
import { openEvidence, verifyEvidence } from '../../evidence/index.ts'
import type { EvidenceVerified } from '../../evidence/index.ts'
import type { Text } from '../../domain/text.ts'
import { both, print, printJson, say } from '../output.ts'
import { onEngine } from '../session.ts'

/** audit verify: is the trail, and what was kept as evidence, still what it was? */
export function auditCommands(program: Command): void {
  const audit = program.command('audit').description('the audit trail 审计记录')

  audit
    .command('verify')
    .description('walk the chain of the trail and hash all evidence anew 核验审计链与证据')
    .option('--head <hash>', 'a head noted earlier: must still be in the chain 此前抄存的链头')
    .option('--no-evidence', 'the trail only 只核验审计链')
    .action(onEngine<{ head?: string; evidence: boolean }>(async ({ ctx, json, config }, options) => {
      const trail = await verifyTrail({ ctx, input: { head: options.head } })
      const evidence = options.evidence ? await evidenceOf() : null
      const text = verdict(trail, evidence)
      // What does not hold is a finding, as everywhere; scripts go by `ok`.
      if (json) return printJson({ ok: trail.ok && evidence?.ok !== false, text, trail, evidence })
      await print(both(text))
      for (const p of [...trail.named, ...(evidence?.named ?? [])]) await print(`  ${p.text.zh} / ${p.text.en}`)
      if (trail.head !== null) await say(both({ zh: `链头(第 ${trail.head.seq} 环):${trail.head.hash}`, en: `head (link ${trail.head.seq}): ${trail.head.hash}` }))

      async function evidenceOf(): Promise<EvidenceVerified> {
        const store = openEvidence(config)
        try {
          return await verifyEvidence({ ctx, store })
        } finally {
          store.close()
        }
      }
    }))
}

function verdict(trail: TrailVerified, evidence: EvidenceVerified | null): Text {
  const of = (t: TrailVerified): Text => (t.ok
    ? { zh: `审计记录 ${t.rows} 条,链完整`, en: `${t.rows} audit rows, the chain holds` }
    : { zh: `审计链有 ${t.problems} 处不符,第一处:${t.named[0]?.text.zh}`, en: `the audit chain fails in ${t.problems} place(s), first: ${t.named[0]?.text.en}` })
  const kept = (e: EvidenceVerified): Text => (e.ok
    ? { zh: `证据 ${e.pieces} 件,全部完好`, en: `${e.pieces} pieces of evidence, all whole` }
    : { zh: `证据 ${e.pieces} 件中缺失 ${e.missing}、改动 ${e.changed},第一件:${e.named[0]?.text.zh}`, en: `of ${e.pieces} pieces of evidence ${e.missing} are missing and ${e.changed} changed, first: ${e.named[0]?.text.en}` })
  const parts = [of(trail), ...(evidence === null ? [] : [kept(evidence)])]
  return { zh: `${parts.map((p) => p.zh).join(';')}。`, en: `${parts.map((p) => p.en).join('; ')}.` }
}
