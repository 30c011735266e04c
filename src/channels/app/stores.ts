import { OUTCOMES } from '../../domain/outcome.ts'
import { witnessOf } from '../dates.ts'
import { drifted, isFuture, signalled, unseen } from '../outcome.ts'
import type { Post, Reading, Signal, Source, SourceResult, Task } from '../types.ts'
import { huawei } from './huawei.ts'
import { parseIdsLine, STORES, type Store } from './identity.ts'
import { ios } from './ios.ts'
import type { Sighting, StoreReader } from './store.ts'
import { tencent } from './tencent.ts'
import { vivo } from './vivo.ts'
import { xiaomi } from './xiaomi.ts'

const ID = 'app.stores'
const READERS: readonly StoreReader[] = [ios, tencent, vivo, xiaomi, huawei]

export const ABSENT: Signal = { id: 'app.absent', outcome: 'gone_nonexistent', sure: 'seen', about: 'account', note: 'absent, in their own terms, from every store where it was listed' }
/** Where one of the absences rests on a guess about a store's answer, so does the whole. */
export const ABSENT_GUESS: Signal = { ...ABSENT, id: 'app.absent_guess', sure: 'memory', note: 'as app.absent, but one store’s way of saying so is a guess (Xiaomi)' }

type Seen = { readonly store: Store; readonly sighting: Sighting }

/**
 * Asks every store by which the app can be known. It is gone only when it is absent from every store where it was
 * listed, by the register's links or an earlier sighting; a store that could not be asked leaves that open.
 */
export const stores: Source = {
  id: ID, tier: 'public', needs: ['none'], sees: ['existence', 'function'], sure: 'seen',
  note: {
    zh: 'App Store（中国区）、应用宝、vivo、小米、华为应用市场：是否在架、最近版本日期（版本日期不等于内容更新）',
    en: 'App Store (China), 应用宝, vivo, Xiaomi, Huawei AppGallery: is it listed, and since when the latest version (no date of content)',
  },
  ready: (task) => (READERS.some((r) => r.knows(idsOf(task))) ? null : 'credential_missing'),
  *read(task): Reading {
    const ids = idsOf(task)
    const seen: Seen[] = []
    for (const reader of READERS) {
      if (reader.knows(ids)) seen.push({ store: reader.store, sighting: yield* reader.read(ids, task) })
    }
    return together(seen, task)
  },
}

const idsOf = (task: Task) => parseIdsLine(task.identity.accountId ?? '')

/** Stores in which it was listed before: by the addresses in the register, and by what we saw ourselves. */
function listedBefore(task: Task): Store[] {
  const remembered = (task.memory?.['stores'] ?? '').split(',')
  return STORES.filter((s) => remembered.includes(s) || idsOf(task).at?.includes(s) === true)
}

function together(seen: readonly Seen[], task: Task): SourceResult {
  const detail = seen.map((s) => `${s.store}: ${s.sighting.detail}`).join('; ')
  const listed = seen.flatMap((s) => (s.sighting.state === 'listed' ? [{ store: s.store, sighting: s.sighting }] : []))
  const drift = seen.find((s) => s.sighting.state === 'unseen' && s.sighting.outcome === 'parse_drift')
  const alarm = drift === undefined ? {} : { alarm: drifted(ID, `${drift.store}: ${drift.sighting.detail}`).alarm ?? OUTCOMES.parse_drift.advice }
  if (listed.length > 0) {
    const before = listedBefore(task)
    const posts = listed.map(({ store, sighting }): Post => {
      const at = sighting.released !== null && !isFuture(sighting.released.day, task) ? sighting.released : null
      return {
        id: `${store}:${sighting.version ?? ''}`, title: `${sighting.name ?? ''} ${sighting.version ?? ''}`.trim(), url: null, pinned: false,
        date: at?.day ?? null, instant: at?.instant ?? null, precision: at?.precision ?? 'none', witness: witnessOf(sighting.raw, at, `${store}.${sighting.where}`),
      }
    })
    const best = posts.reduce<Post | null>((a, b) => (b.date !== null && (a?.date == null || b.date > a.date) ? b : a), null)
    const named = listed.find((l) => l.sighting.name !== null)?.sighting
    return {
      source: ID, outcome: 'ok', newest: best?.date ?? null, witness: best?.witness ?? null, posts, reach: 'timeline', detail, advice: OUTCOMES.ok.advice,
      account: { id: task.identity.key, name: named?.name ?? null, verified: named?.developer ?? null },
      remember: { stores: STORES.filter((s) => before.includes(s) || listed.some((l) => l.store === s)).join(',') }, ...alarm,
    }
  }
  const before = listedBefore(task)
  const asked = before.map((store) => seen.find((s) => s.store === store)?.sighting)
  if (before.length > 0 && asked.every((s) => s?.state === 'absent')) {
    const guessed = asked.some((s) => s?.state === 'absent' && s.sure === 'memory')
    return { ...signalled(ID, guessed ? ABSENT_GUESS : ABSENT, task, `${detail} (was listed in ${before.join(', ')})`), ...alarm }
  }
  const obstacle = seen.find((s) => s.sighting.state === 'unseen')?.sighting
  if (obstacle?.state === 'unseen') return { ...unseen(ID, obstacle.outcome, detail), ...alarm }
  return unseen(ID, 'unreadable', `${detail}; it was never seen listed, so absence proves nothing`, {
    advice: { zh: '未在任何商店找到该应用，也没有曾上架的记录；请填写应用商店地址', en: 'found in no store, and not known to have been listed: give the address in a store' },
  })
}
