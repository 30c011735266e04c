import { describe, expect, it } from 'vitest'
import { read } from './pages.ts'

const row = (i: number): string => `<li><a href="/a/${i}.html">关于某项工作的通知第${i}号</a><span>2024-06-1${i}</span></li>`
const rows = Array.from({ length: 5 }, (_, i) => row(i)).join('')
const listed = (html: string): void => {
  const facts = read(html, { kind: 'listing' })
  expect([facts.date, facts.items.length]).toEqual(['2024-06-14', 5])
}

describe('structure as browsers see it', () => {
  it.each([
    ['a template that holds blocks', `<body><template><div><li>x</div></template><ul>${rows}</ul></body>`],
    ['a template with a stray end tag of what is around it', `<body><div><template></div></template><ul>${rows}</ul></div></body>`],
    ['a select of options left open', `<body><select><option>一<option>二</select><ul>${rows}</ul></body>`],
    ['a head that is never closed', `<html><head><title>通知</title><meta charset=utf-8><ul>${rows}</ul>`],
    ['a head that is never closed, before text', `<html><head><title>通知</title>首页 <p><ul>${rows}</ul>`],
    ['headings closed by another’s end tag', `<body><h1>标题</h2><ul>${rows}</ul><h3>其他</h4></body>`],
    ['an inner list’s stray end tags', `<body><ul>${rows.replace('</a>', '</a><ul></li></ul>')}</ul></body>`],
  ])('the list behind %s is read', (_what, html) => listed(html))

  it('links and headings inside a template are not there', () => {
    const facts = read(`<body><template><a href="/inert/">不在</a><h2>不在</h2></template><a href="/here/">在这里</a></body>`, { kind: 'home' })
    expect(facts.links.map((l) => new URL(l.url).pathname)).toEqual(['/here/'])
  })
})
