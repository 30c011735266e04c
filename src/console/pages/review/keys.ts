import { useLayoutEffect, useState } from 'react'

const STORED = 'huoshui.review.keys'

/** Whether single keys act: they can be turned off, for those whose tools type of their own accord (WCAG 2.1.4). */
export function useKeysOn(): [boolean, (on: boolean) => void] {
  const [on, set] = useState(() => localStorage.getItem(STORED) !== 'off')
  return [on, (next) => { localStorage.setItem(STORED, next ? 'on' : 'off'); set(next) }]
}

/** Calls what a key stands for, unless a field has it, a dialog is open or a modifier is held. What is drawn and what its keys do change in one. */
export function useKeys(on: boolean, keys: Readonly<Record<string, () => void>>): void {
  useLayoutEffect(() => {
    if (!on) return
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      const at = event.target instanceof HTMLElement ? event.target : null
      if (at !== null && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) && !(at instanceof HTMLInputElement && at.type === 'checkbox'))) return
      if (document.querySelector('[role="dialog"]:not([aria-hidden="true"])') !== null && at?.closest('[role="dialog"]') !== null) return
      if (event.key === ' ' && at !== null && at.closest('button, a, input') !== null) return
      const act = keys[event.key.length === 1 ? event.key.toUpperCase() : event.key]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [on, keys])
}
