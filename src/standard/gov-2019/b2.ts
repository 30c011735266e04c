import { piecePopulation, place } from '../interpretation.ts'
import { countFaults, sampled } from '../sampled.ts'
import { scored } from '../scored.ts'
import { G } from './groups.ts'

export const b2 = scored({
  id: 'B2',
  part: 'bonus',
  group: G.release,
  item: { zh: '解读回应', en: 'Ways of interpreting' },
  cap: 3,
  clause: { zh: '随机抽查3个不同政策文件的解读稿,通过新闻发布会、图表图解、音视频、动漫等形式进行解读的,每个加1分。', en: 'Of three interpretation pieces at random, each given as press conference, chart, audio or video, or animation: 1 point.' },
  needs: [{ from: 'probe', probe: 'interpretation' }, { from: 'sample', of: 'B2', size: '3' }],
  decided: 'automatic',
  samples: [{ of: 'B2', size: 3, population: piecePopulation }],
  rules: [
    { key: 'forms', text: { zh: '以发布会、图解、音视频、动漫等形式解读(个)', en: 'pieces given in such a form' }, tenths: 10, per: 'each', most: 3 },
  ],
  look: (facts, _, now) => {
    const s = sampled(facts, 'interpretation', 'B2', now, (v) => v.pieces, (x) => x.url)
    if ('unseen' in s) return { forms: s.unseen }
    return { forms: countFaults(s.rows, (x) => (x.forms.some((f) => f !== 'text') ? [place(x.title, x.url, 'met', x.forms.join('、'), x.forms.join(', '))] : []), s.seen.evidence, s.lost) }
  },
})
