import { availabilityRoutes } from './availability.ts'
import { campaignRoutes } from './campaigns.ts'
import { candidateRoutes } from './candidates.ts'
import { auditRoutes } from './audit.ts'
import { channelFileRoutes } from './channel.ts'
import { channelRoutes } from './channels.ts'
import { checkRoutes } from './checks.ts'
import { credentialRoutes } from './credentials.ts'
import { overviewRoutes } from './overview.ts'
import { viewRoutes } from './views.ts'
import { evidenceRoutes } from './evidence.ts'
import { filingRoutes } from './filings.ts'
import { orderRoutes } from './orders.ts'
import { liveRoutes } from './live.ts'
import { ledgerRoutes } from './ledger.ts'
import { organisationRoutes } from './organisations.ts'
import { regionRoutes } from './regions.ts'
import { scheduleRoutes } from './schedule.ts'
import { sessionRoutes } from './session.ts'
import { settingsRoutes } from './settings.ts'
import { signInRoutes } from './sign-in.ts'
import { tokenRoutes } from './tokens.ts'
import { userRoutes } from './users.ts'
import { unitRoutes } from './unit.ts'

/** Every route of the API. A room of routes is one file and one line here. */
export const ROUTES = [...sessionRoutes, ...signInRoutes, ...tokenRoutes, ...userRoutes, ...auditRoutes, ...channelRoutes, ...channelFileRoutes, ...organisationRoutes, ...regionRoutes, ...scheduleRoutes, ...availabilityRoutes, ...credentialRoutes, ...checkRoutes, ...settingsRoutes, ...overviewRoutes, ...ledgerRoutes, ...liveRoutes, ...evidenceRoutes, ...viewRoutes, ...candidateRoutes, ...orderRoutes, ...filingRoutes, ...unitRoutes, ...campaignRoutes] as const

export type ApiRoute = (typeof ROUTES)[number]
