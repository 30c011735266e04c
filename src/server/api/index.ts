import { channelRoutes } from './channels.ts'
import { checkRoutes } from './checks.ts'
import { credentialRoutes } from './credentials.ts'
import { organisationRoutes } from './organisations.ts'
import { regionRoutes } from './regions.ts'
import { scheduleRoutes } from './schedule.ts'
import { sessionRoutes } from './session.ts'
import { signInRoutes } from './sign-in.ts'

/** Every route of the API. A room of routes is one file and one line here. */
export const ROUTES = [...sessionRoutes, ...signInRoutes, ...channelRoutes, ...organisationRoutes, ...regionRoutes, ...scheduleRoutes, ...credentialRoutes, ...checkRoutes] as const

export type ApiRoute = (typeof ROUTES)[number]
