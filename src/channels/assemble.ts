import type { Kind } from '../domain/kinds.ts'
import type { Text } from '../domain/text.ts'
import { onHost, squeeze, tidy, urlIn } from './address.ts'
import { explain, problem, UNKNOWN_FORM } from './problems.ts'
import { isProblem, type ChannelKind, type IdentityProblem, type IdentityResult, type KindDefinition, type SourceInfo } from './types.ts'

/**
 * Makes the kinds of their definitions. Each kind knows its own addresses only; which other kind an address belongs
 * to is known here, where all of them are.
 */
export function assemble<K extends string>(definitions: Readonly<Record<K, KindDefinition>>): Record<K, ChannelKind> {
  const all: readonly KindDefinition[] = Object.values<KindDefinition>(definitions)
  const made = all.map((d) => [d.kind, make(d, all)] as const)
  return Object.fromEntries(made) as Record<K, ChannelKind>
}

function make(d: KindDefinition, all: readonly KindDefinition[]): ChannelKind {
  const sources: readonly SourceInfo[] = d.sources.map((s) => ({
    id: s.id, tier: s.tier, needs: s.needs, sees: s.sees, sure: s.sure, note: s.note,
    ...(s.credential === undefined ? {} : { credential: s.credential }),
  }))
  return {
    // A definition's kind is its key in the index; the index types it by Kind.
    kind: d.kind as Kind,
    manifest: { names: d.names, identityForms: d.identityForms, sources, signals: d.signals ?? [], gaps: d.gaps, publishes: d.publishes },
    sources: d.sources,
    identify: (input) => identify(d, all, input),
    definition: d,
  }
}

function identify(d: KindDefinition, all: readonly KindDefinition[], raw: string): IdentityResult {
  const input = tidy(raw)
  const say = (found: IdentityResult, other?: Text): IdentityResult => (isProblem(found) ? describe(d, found, input, other) : found)
  if (input === '') return say(problem('empty'))
  if (raw.length > 2000) return say(problem('unparseable'))
  // A kind may know texts that look like addresses (a package name, several stores at once): it is asked first.
  if (d.owns?.(input) === true) {
    const own = d.fromText(input)
    if (own !== null) return say(own)
  }
  const url = urlIn(input)
  if (url === null) {
    const own = d.fromText(input)
    if (own !== null) return say(own)
    const owner = all.find((o) => o !== d && o.owns?.(input) === true)
    if (owner !== undefined && d.textRefused === true) return say({ ...problem('other_kind'), kind: owner.kind }, owner.names)
    if (d.textRefused === true || !/[\p{L}\p{N}]/u.test(input) || /^[a-z][a-z0-9+.-]*:/i.test(input)) return say(problem('unparseable'))
    return { key: squeeze(input), address: input, warning: UNKNOWN_FORM }
  }
  // An address that says whose it is goes before a kind that takes any.
  if (d.hosts.length === 0 ? ownerOf(url, all, d) === null : onHost(url, d.hosts)) {
    const own = d.fromUrl(url)
    if (own !== null) return say(own)
  }
  const owner = ownerOf(url, all, d)
  if (owner !== null) return say({ ...problem('other_kind'), kind: owner.kind }, owner.names)
  return say(problem('no_kind'))
}

/** The kind on whose domains the address lies and which knows its form (an article's and a personal page's too). */
function ownerOf(url: URL, all: readonly KindDefinition[], except?: KindDefinition): KindDefinition | null {
  return all.find((o) => o !== except && o.hosts.length > 0 && onHost(url, o.hosts) && o.fromUrl(url) !== null) ?? null
}

/** The problem's message, with what was given and what this kind wants. */
export function describe(d: KindDefinition, found: IdentityProblem, input: string, other?: Text): IdentityProblem {
  return explain(found, { input, kind: d.names, want: wanted(d), ...(other === undefined ? {} : { other }) })
}

function wanted(d: KindDefinition): Text {
  const forms = d.identityForms.slice(0, 3)
  return {
    zh: forms.map((f) => `${f.example}（${f.note.zh}）`).join('；'),
    en: forms.map((f) => `${f.example} (${f.note.en})`).join('; '),
  }
}
