import { useEffect, useRef, useState } from 'react'
import { addressOf } from './client.ts'
import type { Args } from './client.ts'

export type Live = 'connecting' | 'live' | 'lost' | 'ended'

/**
 * Listens to a stream of server-sent events while `url` is given; `on` is called with each event's name and data. The browser
 * opens a lost stream again by itself. An event named `ended` closes it for good.
 */
export function useEvents(url: string | null, args: Args, on: (event: string, data: unknown) => void, names: readonly string[]): Live {
  const [state, setState] = useState<Live>('connecting')
  const handler = useRef(on)
  useEffect(() => { handler.current = on })
  const address = url === null ? null : addressOf(url, args)
  const listened = names.join(' ')
  useEffect(() => {
    if (address === null) return
    setState('connecting')
    const source = new EventSource(address)
    source.addEventListener('open', () => setState('live'))
    source.addEventListener('error', () => setState(source.readyState === EventSource.CLOSED ? 'ended' : 'lost'))
    for (const name of [...listened.split(' '), 'ended']) {
      source.addEventListener(name, (message: MessageEvent<string>) => {
        handler.current(name, JSON.parse(message.data))
        if (name === 'ended') { source.close(); setState('ended') }
      })
    }
    return () => source.close()
  }, [address, listened])
  return state
}
