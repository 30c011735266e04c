import { z } from 'zod'
import { isDay } from '../domain/date.ts'
import type { Day } from '../domain/date.ts'
import { isInternal } from './links/collect.ts'
import { entriesOf } from './letters/entries.ts'
import type { Entry } from './letters/entries.ts'
import { readSurveys } from './letters/surveys.ts'
import { drawnByScript, viewPage } from './page.ts'
import type { PageView } from './page.ts'
import { linksOf } from './text.ts'
import type { Probe, Trial } from './types.ts'

const told = z.boolean().nullable()
const day = z.string().refine((s): s is Day => isDay(s), 'a day YYYY-MM-DD')
const STATES = ['form', 'login', 'none', 'missing', 'unseen', 'elsewhere'] as const

export const interactionValue = z.object({
  entries: z.array(z.object({ text: z.string(), url: z.string() })),
  submittable: told,
  unifiedLogin: told,
  surveys: z.array(z.object({ title: z.string(), url: z.string(), openedOn: day, closedOn: day.nullable(), feedbackOn: day.nullable(), byMailOnly: z.boolean() })).nullable(),
  effective: told,
  /** What each entry led to: a form with its fields, a demand to sign in first, nothing to fill in, missing twice, not seen. */
  forms: z.array(z.object({ text: z.string(), url: z.string(), state: z.enum(STATES), fields: z.array(z.string()), captcha: z.boolean(), reason: z.string().nullable() })),
  findFault: z.string().nullable(),
})
type FormSeen = z.infer<typeof interactionValue>['forms'][number]

const ENTRIES = 8

/**
 * 互动渠道 (D16, D17, W5a): the entries for letters, consultation, surveys and 找错; does the form load with its fields and
 * captcha, and does it demand registration first. Only looked at: nothing is ever filled in or submitted.
 */
export const interaction: Probe = {
  id: 'interaction',
  serves: ['W5a', 'D16', 'D17', 'D26', 'B7'],
  needs: ['http'],
  budget: { requests: 60, seconds: 120 },
  value: interactionValue,
  faults: ({ forms }: z.infer<typeof interactionValue>) => forms.filter((f) => f.state === 'missing').map((f) => ({ key: f.url, what: { zh: `互动入口“${f.text}”打不开`, en: `the entry “${f.text}” is not there` } })),
  async run(trial) {
    const entries = await entriesOf(trial)
    const forms: FormSeen[] = []
    const evidence: string[] = trial.homePage.sha256 === null ? [] : [trial.homePage.sha256]
    for (const entry of entries.slice(0, ENTRIES)) {
      const { seen, sha256 } = await look(trial, entry)
      forms.push(seen)
      trial.note({ do: 'entry', url: entry.url, said: { text: entry.text.slice(0, 60), state: seen.state, fields: seen.fields.length, captcha: seen.captcha, reason: seen.reason } })
      if (sha256 !== null) evidence.push(sha256)
    }
    const logins = forms.filter((f) => f.state === 'login')
    return {
      outcome: 'ok',
      evidence,
      value: {
        entries: entries.map(({ text, url }) => ({ text, url })),
        // Missing twice, every one of them: then it is said to be broken; what is merely not found behind scripts is not.
        submittable: forms.some((f) => f.state === 'form') ? true : forms.length > 0 && forms.every((f) => f.state === 'missing') ? false : null,
        unifiedLogin: logins.length >= 2 && logins.length === forms.length ? new Set(logins.map((f) => f.reason)).size === 1 : null,
        surveys: await readSurveys(trial),
        effective: null,
        forms,
        findFault: trial.home.facts.footer.findFault,
      },
    }
  },
}

async function look(trial: Trial, entry: Entry): Promise<{ seen: FormSeen; sha256: string | null }> {
  const say = (state: FormSeen['state'], page: PageView | null, reason: string | null = null, fields: readonly string[] = [], captcha = false): { seen: FormSeen; sha256: string | null } =>
    ({ seen: { text: entry.text, url: entry.url, state, fields: [...fields].slice(0, 30), captcha, reason }, sha256: page?.sha256 ?? null })
  if (!isInternal(entry.url, trial.home.url)) return say('elsewhere', null)
  const page = await trial.open(entry.url)
  if (page.outcome === 'not_found') {
    const again = await trial.ask.fetch({ url: entry.url, signal: trial.signal })
    return again.status === 404 || again.status === 410 ? say('missing', page, `HTTP ${again.status}`) : say('unseen', page, 'seen_missing_once')
  }
  if (page.outcome === 'login_wall' || isLogin(page)) return say('login', page, new URL(page.finalUrl).pathname)
  const form = page.outcome === 'ok' || page.outcome === 'empty_shell' ? letterForm(page) : null
  if (form !== null) return say('form', page, null, form.fields, form.captcha)
  // A form that a script draws may be there all the same: a browser shows it, and only what is seen there is said.
  if (page.outcome === 'empty_shell' || (page.outcome === 'ok' && drawnByScript(page))) {
    const drawn = await rendered(trial, entry.url)
    return drawn === null ? say('unseen', page, 'drawn by script') : say('form', page, null, drawn.fields, drawn.captcha)
  }
  if (page.outcome !== 'ok') return say('unseen', page, page.outcome)
  return demandsLogin(page) ? say('login', page, new URL(page.finalUrl).pathname) : say('none', page)
}

async function rendered(trial: Trial, url: string): Promise<ReturnType<typeof letterForm>> {
  if (trial.ask.render === null) return null
  const shown = await trial.ask.render({ url, element: 'form:has(textarea)', signal: trial.signal })
  if (shown.outcome !== 'ok') return null
  return letterForm(viewPage({ url, finalUrl: shown.url, status: shown.status, outcome: 'ok', bytes: Buffer.from(shown.html), headers: { 'content-type': 'text/html; charset=utf-8' }, sha256: null }, trial.now))
}

function isLogin(page: PageView): boolean {
  return page.url !== page.finalUrl && /\/(?:login|passport|sso|cas|oauth|auth|signin|denglu)\b/i.test(page.finalUrl) && page.dom('input[type=password]').length > 0
}

function demandsLogin(page: PageView): boolean {
  return page.lines.some((l) => /(?:请先?|需要?先?|须先?)(?:注册|登录|登陆)|(?:注册|登录|登陆)后(?:方可|才能|再)/.test(l)) || linksOf(page.dom, page.finalUrl).filter((l) => /^(?:登录|登陆|立即登录)后?(?:写信|留言|咨询)/.test(l.text)).length > 0
}

/** A form in which a letter can be written: a field for text, and more than one field. */
export function letterForm(page: PageView): { fields: readonly string[]; captcha: boolean } | null {
  const { dom } = page
  for (const form of [...dom('form').toArray(), ...dom('body').toArray()].slice(0, 20)) {
    const of = dom(form)
    if (of.find('textarea, [contenteditable=true]').length === 0) continue
    const inputs = of.find('textarea, select, input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=reset]):not([type=image])').toArray()
    if (inputs.length < 2) continue
    const fields = inputs.map((i) => dom(i).attr('placeholder') ?? dom(i).attr('name') ?? dom(i).attr('id') ?? '').filter((f) => f !== '')
    const captcha = of.find('img[src*=captcha i], img[src*=verif i], img[src*=validcode i], img[src*=vcode i], img[src*=authcode i]').length > 0 || inputs.some((i) => /captcha|verif|validcode|vcode|验证码|yzm/i.test(`${dom(i).attr('name') ?? ''} ${dom(i).attr('placeholder') ?? ''} ${dom(i).attr('id') ?? ''}`))
    return { fields, captcha }
  }
  return null
}
