import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { attestation } from '../../src/channels/attestation.ts'
import { channelsJson, channelsMarkdown } from '../../src/channels/doc.ts'
import { assemble, CHANNELS, DEFINITIONS, findDuplicates, guessKind, runChain } from '../../src/channels/index.ts'
import { isProblem } from '../../src/channels/types.ts'
import { KIND_IDS } from '../../src/domain/kinds.ts'
import { NOW } from './conformance/kit.ts'
import pretend from './fixtures/pretend/index.ts'

const ROOT = new URL('../../', import.meta.url)

test('one folder for each kind, and none without a line', () => {
  const folders = readdirSync(new URL('src/channels/', ROOT), { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name)
  expect(folders.sort()).toEqual([...KIND_IDS].sort())
})

describe('a pretend kind takes one folder and one line', () => {
  const kinds = assemble({ ...DEFINITIONS, pretend })

  test('it is named, guessed, told from the others and read', async () => {
    expect(kinds.pretend.manifest.sources.map((s) => s.id)).toEqual(['pretend.page', 'attestation'])
    expect(guessKind('https://pretend.invalid/@jxfb', kinds)).toBe('pretend')
    const other = kinds.weibo.identify('https://pretend.invalid/@jxfb')
    expect(isProblem(other) ? other.kind : null).toBe('pretend')
    const website = kinds.website.identify('https://pretend.invalid/@jxfb')
    expect(isProblem(website) ? website.text.zh : '').toContain('假想号')
    const identity = kinds.pretend.identify('https://pretend.invalid/@jxfb')
    if (isProblem(identity)) throw new Error(identity.text.en)
    const result = await runChain(kinds.pretend, { kind: 'pretend', identity, now: NOW, browser: false }, async () => ({ status: 200, url: '', headers: {}, body: '{"posts":[{"id":"1","at":"2026-11-20 10:00"}]}' }))
    expect(result).toMatchObject({ outcome: 'ok', newest: '2026-11-20', source: 'pretend.page' })
  })

  test('it stands in the documents', () => {
    expect(channelsMarkdown(kinds)).toContain('假想号 · Pretend (`pretend`)')
    expect(channelsJson(kinds).map((k) => k.kind)).toContain('pretend')
  })
})

describe('the documents', () => {
  test('docs/channels.md is what the manifests say', () => {
    expect(readFileSync(new URL('docs/channels.md', ROOT), 'utf8')).toBe(channelsMarkdown())
  })

  test('every kind is listed with its manifest, as JSON', () => {
    const listed = JSON.parse(JSON.stringify(channelsJson())) as ReturnType<typeof channelsJson>
    expect(listed.map((k) => k.kind).sort()).toEqual([...KIND_IDS].sort())
    for (const k of listed) {
      for (const s of k.sources) {
        expect(s.note.zh).not.toBe('')
        expect(s.note.en).not.toBe('')
        expect(s.sees.length).toBeGreaterThan(0)
        expect(s).not.toHaveProperty('read')
      }
      for (const s of k.signals) expect(['seen', 'memory']).toContain(s.sure)
      expect(k.gaps.length + k.sources.length).toBeGreaterThan(0)
    }
    expect(listed.find((k) => k.kind === 'weibo')?.signals.find((s) => s.id === 'weibo.nonexistent')?.codes).toEqual([20003])
  })

  test('every kind but websites ends with the unit’s statement; groups have nothing else', () => {
    for (const k of Object.values(CHANNELS)) {
      if (k.kind === 'website') continue
      expect(k.sources.at(-1)).toBe(attestation)
      const order = ['official', 'public', 'bridge', 'attestation']
      const tiers = k.sources.map((s) => order.indexOf(s.tier))
      expect(tiers, k.kind).toEqual([...tiers].sort((a, b) => a - b))
    }
    for (const kind of ['wechat_group', 'qq_group', 'dingtalk_group', 'wecom_group'] as const) expect(CHANNELS[kind].sources).toEqual([attestation])
  })

  test('it speaks of no files that are not there', () => {
    for (const m of channelsMarkdown().matchAll(/docs\/[\w-]+\.md/g)) expect(m[0] === 'docs/architecture.md' || existsSync(new URL(m[0], ROOT))).toBe(true)
  })
})

describe('duplicates', () => {
  const row = (id: number, more: Partial<Parameters<typeof findDuplicates>[0][number]> = {}) => ({ id, kind: 'weibo', name: `账号${id}`, identityKey: String(id), organisation: 7, ...more })

  test('several accounts of one unit on one platform', () => {
    const found = findDuplicates([row(1), row(2), row(3, { kind: 'douyin' }), row(4, { organisation: 8 })])
    expect(found).toMatchObject([{ rule: 'one_per_unit', kind: 'weibo', channels: [1, 2] }])
    expect(found[0]?.text.zh).toContain('新浪微博')
  })

  test('one account under two forms of its address, found once it is resolved', () => {
    const found = findDuplicates([row(1, { kind: 'douyin', identityKey: 'MS4w1' }), row(2, { kind: 'douyin', identityKey: 'link:v.douyin.com/x', resolvedKey: 'MS4w1', organisation: 9 })])
    expect(found).toMatchObject([{ rule: 'same_account', channels: [1, 2] }])
    // One account registered twice is not two accounts of the unit.
    expect(findDuplicates([row(1), row(2, { resolvedKey: '1' })]).map((d) => d.rule)).toEqual(['same_account'])
  })

  test('a name that is no longer the registered one', () => {
    expect(findDuplicates([row(1, { name: '江西发布', shownName: '赣鄱发布' })])).toMatchObject([{ rule: 'name_mismatch', channels: [1] }])
    expect(findDuplicates([row(1, { name: '江西发布微信公众号', shownName: '江西发布（新）' })])).toHaveLength(1)
    for (const shownName of ['江西发布', '江西 发布', '“江西发布”', '江西发布微博', '江西发布官方微博', '江西发布政务抖音号', null, '']) expect(findDuplicates([row(1, { name: '江西发布', shownName })])).toEqual([])
  })

  test('an account that has moved, whether or not the platform says where to', () => {
    expect(findDuplicates([row(1, { movedTo: 'https://weibo.com/u/1' })])).toMatchObject([{ rule: 'moved', channels: [1], text: { zh: expect.stringContaining('https://weibo.com/u/1'), en: expect.stringContaining('https://weibo.com/u/1') } }])
    expect(findDuplicates([row(1, { movedTo: '' })])[0]?.text.zh).toContain('未说明新账号')
    expect(findDuplicates([row(1, { movedTo: null })])).toEqual([])
  })

  test('groups, websites, feeds, unknown units and unknown kinds are let be', () => {
    for (const more of [{ kind: 'wechat_group' }, { kind: 'website' }, { kind: 'feed' }, { kind: 'other' }, { organisation: null }, { kind: 'unheard_of' }]) {
      expect(findDuplicates([row(1, more), row(2, more)])).toEqual([])
    }
    expect(findDuplicates([])).toEqual([])
  })
})
