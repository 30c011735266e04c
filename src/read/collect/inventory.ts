import { T } from '../html/tags.ts'
import type { Tape } from '../html/tape.ts'

/** The elements that collectors ask for, by index in the tape, gathered in one walk. */
export type Inventory = {
  readonly links: number[]
  readonly metas: number[]
  readonly scripts: number[]
  readonly headings: number[]
  readonly times: number[]
  readonly images: number[]
  readonly frames: number[]
  readonly forms: number[]
  readonly inputs: number[]
  readonly lists: number[]
  title: number
  base: number
  html: number
  frameset: number
}

export function inventory(tape: Tape): Inventory {
  const all: Inventory = {
    links: [], metas: [], scripts: [], headings: [], times: [], images: [], frames: [], forms: [], inputs: [], lists: [],
    title: 0, base: 0, html: 0, frameset: 0,
  }
  const tag = tape.tag
  for (let node = 1; node < tape.size; node++) {
    switch (tag[node]) {
      case T.a: case T.area: all.links.push(node); break
      case T.meta: all.metas.push(node); break
      case T.script: all.scripts.push(node); break
      case T.h1: case T.h2: case T.h3: case T.h4: all.headings.push(node); break
      case T.time: all.times.push(node); break
      case T.img: all.images.push(node); break
      case T.iframe: case T.frame: all.frames.push(node); break
      case T.form: all.forms.push(node); break
      case T.input: case T.textarea: case T.select: all.inputs.push(node); break
      case T.ul: case T.ol: case T.table: all.lists.push(node); break
      // What stands in a template is not there until a script takes it out.
      case T.template: node = Math.max(node, (tape.next[node] ?? 0) - 1); break
      case T.title: if (all.title === 0) all.title = node; break
      case T.base: if (all.base === 0) all.base = node; break
      case T.html: if (all.html === 0) all.html = node; break
      case T.frameset: if (all.frameset === 0) all.frameset = node; break
      default:
    }
  }
  return all
}
