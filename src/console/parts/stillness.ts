import { useSyncExternalStore } from 'react'

const wish = window.matchMedia('(prefers-reduced-motion: reduce)')

function subscribe(told: () => void): () => void {
  wish.addEventListener('change', told)
  return () => wish.removeEventListener('change', told)
}

/** Does whoever reads want nothing to move? An office's PCs often have animations switched off. */
export function useStillness(): boolean {
  return useSyncExternalStore(subscribe, () => wish.matches)
}
