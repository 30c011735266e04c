import type { Outcome } from '../domain/outcome.ts'
import { signalled, unseen } from './outcome.ts'
import { parseJson, record, textOf, visible } from './reply.ts'
import { byText, obstacle } from './signals.ts'
import type { Captured, Reading, Reply, Signal, Source, SourceInfo, SourceResult, Task } from './types.ts'

export type Page = {
  /** Visible text of the rendered page, tags and scripts dropped. */
  readonly words: string
  readonly html: string
  /** The page's own answers, as JSON; `value` is undefined where the body was none (empty, `blocked`). */
  readonly answers: readonly { readonly path: string; readonly status: number; readonly body: string; readonly value: unknown }[]
}

/** The answers to requests whose path matches. */
export function answersOf(page: Page, path: RegExp): Page['answers'] {
  return page.answers.filter((a) => path.test(a.path))
}

function pageOf(reply: Extract<Reply, { status: number }>): Page {
  const html = textOf(reply)
  const words = visible(html)
  const answers = (reply.captured ?? []).map((c: Captured) => {
    const url = URL.parse(c.url)
    return { path: url === null ? c.url : url.pathname + url.search, status: c.status, body: c.body, value: parseJson(c.body) }
  })
  return { words, html, answers }
}

/**
 * A public page opened in a browser as any visitor's would, and the list that the page loads by itself caught on the
 * way: no signature is made by us. `read` judges what was caught; when nothing was, what stands on the page decides:
 * a wall, the platform's words about the account, else a drift of structure.
 */
export function caught(about: Omit<SourceInfo, 'tier' | 'needs'> & {
  readonly page: (task: Task) => string | null
  readonly capture: readonly RegExp[]
  /** Signals in the page's visible words; tried only where no list was caught. */
  readonly signals: readonly Signal[]
  /** Null: nothing of use was caught. */
  readonly read: (page: Page, task: Task) => SourceResult | null
}): Source {
  const { page, capture, signals, read, ...info } = about
  return {
    ...info, tier: 'public', needs: ['browser'],
    ready: (task) => (task.browser && page(task) !== null ? null : 'credential_missing'),
    *read(task): Reading {
      const reply = yield { do: 'render', url: page(task) ?? '', capture }
      if ('failed' in reply) return unseen(info.id, reply.failed, reply.detail)
      const seen = pageOf(reply)
      const found = read(seen, task)
      if (found !== null) return found
      const said = byText(signals, seen.words)
      if (said !== null) return signalled(info.id, said, task, seen.words.slice(0, 120))
      const blocked = obstacle(info.id, reply)
      if (blocked !== null) return blocked
      const refused = seen.answers.find((a) => a.status >= 400 || a.value === undefined)
      if (refused !== undefined) return unseen(info.id, whyRefused(refused.status), `${refused.status} for the page’s own ${refused.path.split('?')[0]}`)
      const detail = seen.answers.length === 0 ? 'the page loaded no list' : 'the page’s own answers lack what is expected'
      return unseen(info.id, 'parse_drift', detail, {
        alarm: { zh: `来源 ${info.id}：页面正常打开，但没有预期的列表（${detail}）。请升级程序或改用其他来源；期间不作判定。`, en: `Source ${info.id}: the page opened, but not with the list expected (${detail}). Upgrade or use another source; nothing is concluded meanwhile.` },
      })
    },
  }
}

/** Of a request that the page made itself; an answer without the data that it should have is a guard's work. */
function whyRefused(status: number): Outcome {
  if (status === 429 || status === 418) return 'rate_limited'
  if (status === 401 || status === 403) return 'forbidden'
  return status >= 500 ? 'server_error' : 'challenge'
}

export function isObject(value: unknown): boolean {
  return Object.keys(record(value)).length > 0
}
