import { piecePopulation, place } from '../interpretation.ts'
import { countFaults, sampled } from '../sampled.ts'
import { scored } from '../scored.ts'
import { G } from './groups.ts'

export const d8 = scored({
  id: 'D8',
  part: 'deduction',
  group: G.release,
  item: { zh: '解读关联', en: 'Links between policy and interpretation' },
  cap: 3,
  clause: {
    zh: '随机抽查3个解读稿:未与被解读的政策文件相关联的,每发现一处,扣0.5分;被解读的政策文件未与解读稿相关联的,每发现一处,扣0.5分。',
    en: 'Of three interpretation pieces drawn at random: not linked to the document, 0.5 points each; the document not linked to the piece, 0.5 points each.',
  },
  needs: [{ from: 'probe', probe: 'interpretation' }, { from: 'sample', of: 'D8', size: '3' }],
  decided: 'automatic',
  samples: [{ of: 'D8', size: 3, population: piecePopulation }],
  rules: [
    { key: 'piece', text: { zh: '解读稿未与被解读文件关联(处)', en: 'pieces not linked to their document' }, tenths: 5, per: 'each', most: 3 },
    { key: 'document', text: { zh: '被解读文件未与解读稿关联(处)', en: 'documents not linked to the piece' }, tenths: 5, per: 'each', most: 3 },
  ],
  look: (facts, _, now) => {
    const s = sampled(facts, 'interpretation', 'D8', now, (v) => v.pieces, (x) => x.url)
    if ('unseen' in s) return { piece: s.unseen, document: s.unseen }
    const told = (title: string, url: string, linked: boolean | null, zh: string, en: string) => (linked === null ? null : linked ? [] : [place(title, url, 'violated', zh, en)])
    return {
      piece: countFaults(s.rows, (x) => told(x.title, x.url, x.linksToDocument, '解读稿未关联文件', 'the piece does not link to the document'), s.seen.evidence, s.lost),
      document: countFaults(s.rows, (x) => told(x.title, x.url, x.documentLinksBack, '文件未关联解读稿', 'the document does not link to the piece'), s.seen.evidence, s.lost),
    }
  },
})
