import { OUTCOMES } from '../domain/outcome.ts'
import type { Text } from '../domain/text.ts'
import { CHANNELS } from './index.ts'
import type { ChannelKind, Manifest, SourceInfo } from './types.ts'

const NEEDS: Readonly<Record<SourceInfo['needs'][number], Text>> = {
  credential: { zh: '凭据', en: 'credential' },
  browser: { zh: '浏览器渲染', en: 'browser' },
  bridge: { zh: '转接服务', en: 'bridge' },
  attestation: { zh: '单位填报', en: 'attestation' },
  none: { zh: '无', en: 'nothing' },
}
const SEES: Readonly<Record<SourceInfo['sees'][number], Text>> = {
  freshness: { zh: '更新', en: 'freshness' },
  existence: { zh: '存在', en: 'existence' },
  interaction: { zh: '互动', en: 'interaction' },
  function: { zh: '功能', en: 'function' },
}

/** Every kind with its manifest, for `channels --json`: regular expressions are given as their source. */
export function channelsJson(kinds: Readonly<Record<string, ChannelKind>> = CHANNELS) {
  return Object.values(kinds).map(({ kind, manifest }) => ({ kind, ...manifest, signals: signalsJson(manifest) }))
}

function signalsJson(manifest: Manifest) {
  return manifest.signals.map((s) => ({
    id: s.id, outcome: s.outcome, sure: s.sure, about: s.about,
    ...(s.texts === undefined ? {} : { texts: s.texts.map((t) => t.source) }),
    ...(s.codes === undefined ? {} : { codes: s.codes }),
    ...(s.note === undefined ? {} : { note: s.note }),
  }))
}

const cell = (s: string): string => s.replace(/\|/g, '\\|').replace(/\n/g, ' ')

/** `docs/channels.md`: for each kind what can be seen, how, what it needs, what cannot be seen, and how sure we are. */
export function channelsMarkdown(kinds: Readonly<Record<string, ChannelKind>> = CHANNELS): string {
  return [
    '# 渠道类型 · Kinds of channel',
    '',
    '本页由各渠道的说明（manifest）自动生成：`npm run docs`。Generated from the manifests by `npm run docs`.',
    '',
    '每个渠道按顺序询问各个来源：官方接口（本单位凭据）、公开页面、自建转接、单位填报。后面的来源不能推翻前面已经看到渠道的来源；看不到就是“未观测”，不等于停更。',
    'The sources of a channel are asked in order: official API with the unit’s own credentials, public page, the operator’s own bridge, the unit’s statement. A later one never overrules an earlier one that saw the channel, and not seen is not stale.',
    '',
    '“推测”（memory）的事实未经样本或用户证实：凡据此判断账号消失的，只作线索交人核实，直到在设置中确认该信号。',
    'A fact marked *memory* is a guess until a sample or a user confirms it: where it speaks of an account being gone it is a lead for a person, until its signal is confirmed in the settings.',
    '',
    ...Object.values(kinds).flatMap(section),
  ].join('\n')
}

function section({ kind, manifest }: ChannelKind): string[] {
  const { names, identityForms, sources, signals, gaps, publishes } = manifest
  const guesses = signals.filter((s) => s.sure === 'memory').length
  return [
    `## ${names.zh} · ${names.en} (\`${kind}\`)`,
    '',
    publishes ? '发布类：适用更新时限。Publishes: age rules hold.' : '不按更新时限判定。Not judged by age.',
    '',
    '| 地址或账号 / Address or id | 说明 / Note |', '|---|---|',
    ...identityForms.map((f) => `| \`${cell(f.example)}\` | ${cell(f.note.zh)} · ${cell(f.note.en)} |`),
    '',
    ...(sources.length === 0 ? [] : [
      '| 来源 / Source | 需要 / Needs | 可见 / Sees | 把握 / Sure | 说明 / Note |', '|---|---|---|---|---|',
      ...sources.map((s) => `| \`${s.id}\` | ${both(s.needs.map((n) => NEEDS[n]))} | ${both(s.sees.map((n) => SEES[n]))} | ${s.sure} | ${cell(s.note.zh)} · ${cell(s.note.en)}${s.credential === undefined ? '' : ` (\`${s.credential.id}\`: ${s.credential.fields.join(', ')})`} |`),
      '',
    ]),
    ...(signals.length === 0 ? [] : [
      `平台提示（${signals.length} 条，其中推测 ${guesses} 条）· The platform’s words and codes (${signals.length}, of which ${guesses} from memory):`, '',
      '| 信号 / Signal | 文字或代码 / Text or code | 含义 / Means | 把握 / Sure |', '|---|---|---|---|',
      ...signals.map((s) => `| \`${s.id}\` | ${[...(s.texts ?? []).map((t) => `\`${cell(t.source)}\``), ...(s.codes ?? []).map((c) => `\`${c}\``), ...(s.note === undefined ? [] : [cell(s.note)])].join(' ')} | ${OUTCOMES[s.outcome].name.zh} · ${s.outcome} | ${s.sure} |`),
      '',
    ]),
    ...gaps.map((g) => `- 看不到 / Not seen: ${g.zh} · ${g.en}`),
    ...(gaps.length === 0 ? [] : ['']),
  ]
}

function both(texts: readonly Text[]): string {
  return `${texts.map((t) => t.zh).join('、')} · ${texts.map((t) => t.en).join(', ')}`
}
