import { scored } from '../scored.ts'
import { tagPopulation, untagged } from '../tag-sample.ts'
import { G } from './groups.ts'

export const d27 = scored({
  id: 'D27',
  part: 'deduction',
  group: G.function,
  item: { zh: '页面标签', en: 'Page tags' },
  cap: 1,
  clause: { zh: '随机抽查5个内容页面,无站点标签或内容标签的,每个扣0.1分;随机抽查5个栏目页面,无站点标签或栏目标签的,每个扣0.1分。', en: 'Five article pages at random without site tags or content tags, 0.1 points each; five column pages without site tags or column tags, 0.1 each.' },
  needs: [{ from: 'probe', probe: 'tags' }, { from: 'sample', of: 'D27-article', size: '5' }, { from: 'sample', of: 'D27-column', size: '5' }],
  decided: 'automatic',
  samples: [{ of: 'D27-article', size: 5, population: tagPopulation('article') }, { of: 'D27-column', size: 5, population: tagPopulation('column') }],
  rules: [
    { key: 'articles', text: { zh: '内容页无站点标签或内容标签(个)', en: 'article pages without site or content tags' }, tenths: 1, per: 'each', most: 5 },
    { key: 'columns', text: { zh: '栏目页无站点标签或栏目标签(个)', en: 'column pages without site or column tags' }, tenths: 1, per: 'each', most: 5 },
  ],
  look: (facts, _, now) => ({ articles: untagged(facts, 'D27-article', now), columns: untagged(facts, 'D27-column', now) }),
})
