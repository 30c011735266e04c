import { streamEvents } from '../events.ts'
import { route } from '../route.ts'

/** One stream a visible page: that something changed, never what. */
export const liveRoutes = [
  route({
    method: 'GET',
    url: '/api/live',
    summary: { zh: '变化通知(SSE)', en: 'events `changed` with the names of what has changed somewhere in the register: candidates, visits' },
    door: 'signed_in',
    answer: 'events',
    handle: ({ deps, request, reply }) => streamEvents({ request, reply, run: (emit, signal) => deps.changes.listen((changed) => emit({ event: 'changed', data: changed }), signal) }),
  }),
] as const
