import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { addressOf } from './client.ts'
import type { Args } from './client.ts'

export type Live = 'connecting' | 'live' | 'lost' | 'ended'

/** A refused stream is tried again after 5 seconds, then ever later, at most a minute. */
const FIRST_MS = 5000
const LONGEST_MS = 60_000

/**
 * Listens to a stream of server-sent events while `url` is given; `on` is called with each event's name and data. The browser opens
 * a lost stream again by itself; one that is refused is tried again here, and the session is looked at: whoever has none any more
 * is led to the sign-in. An event named `ended` closes it for good.
 */
export function useEvents(url: string | null, args: Args, on: (event: string, data: unknown) => void, names: readonly string[]): Live {
  const [state, setState] = useState<Live>('connecting')
  const client = useQueryClient()
  const handler = useRef(on)
  useEffect(() => { handler.current = on })
  const address = url === null ? null : addressOf(url, args)
  const listened = names.join(' ')
  useEffect(() => {
    if (address === null) return
    let source: EventSource
    let again: ReturnType<typeof setTimeout> | undefined
    let pause = FIRST_MS
    const open = (): void => {
      setState('connecting')
      source = new EventSource(address)
      source.addEventListener('open', () => { pause = FIRST_MS; setState('live') })
      source.addEventListener('error', () => {
        setState('lost')
        if (source.readyState !== EventSource.CLOSED) return
        void client.invalidateQueries({ queryKey: ['/api/session'] })
        again = setTimeout(open, pause)
        pause = Math.min(LONGEST_MS, pause * 2)
      })
      for (const name of [...listened.split(' '), 'ended']) {
        source.addEventListener(name, (message: MessageEvent<string>) => {
          handler.current(name, JSON.parse(message.data))
          if (name === 'ended') { source.close(); setState('ended') }
        })
      }
    }
    open()
    return () => { clearTimeout(again); source.close() }
  }, [address, listened, client])
  return state
}
