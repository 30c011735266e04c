import { channelRoutes } from './channels.ts'
import { sessionRoutes } from './session.ts'

/** Every route of the API. A room of routes is one file and one line here. */
export const ROUTES = [...sessionRoutes, ...channelRoutes] as const

export type ApiRoute = (typeof ROUTES)[number]
