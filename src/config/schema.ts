import { z } from 'zod'
import { LEAST_KEPT_MONTHS } from '../domain/look-back.ts'

const flag = z.union([z.boolean(), z.stringbool()])
/** `host=base` pairs, comma-separated, or an object. */
const bases = z.union([
  z.record(z.string(), z.url({ protocol: /^https?$/ })),
  z.string().transform((s) => Object.fromEntries(s.split(/[\s,]+/).filter(Boolean).map((pair) => {
    const at = pair.indexOf('=')
    return [pair.slice(0, Math.max(at, 0)), pair.slice(at + 1)]
  }))).pipe(z.record(z.string().min(1), z.url({ protocol: /^https?$/ }))),
])
const list = z.union([z.array(z.string()), z.string().transform((s) => s.split(/[\s,]+/).filter(Boolean))])

/**
 * Every setting, in one place: the README's table, docker-compose.yml's test and the program itself read this.
 * Names in the environment are HUOSHUI_ and the upper-case key, but for those with `env` in their meta.
 */
export const configSchema = z.object({
  data: z.string().min(1).default('.huoshui').describe('Data folder: the embedded database, evidence and keys'),
  databaseUrl: z.url({ protocol: /^postgres(ql)?$/ }).optional().describe('Your own PostgreSQL; without it the embedded one runs in the data folder').meta({ env: 'DATABASE_URL', secret: true }),
  databaseSilence: z.coerce.number().int().min(1000).max(3_600_000).default(300_000).describe('Milliseconds without an answer after which a connection to the database is given up and opened anew'),
  redisUrl: z.url({ protocol: /^rediss?$/ }).optional().describe('Redis for the queue, needed with more than one machine').meta({ env: 'REDIS_URL', secret: true }),
  host: z.string().default('127.0.0.1').describe('Address the server binds; anything but loopback belongs behind TLS (HUOSHUI_TRUST_PROXY)'),
  port: z.coerce.number().int().min(0).max(65535).default(8080).describe('Port of the server; 0 takes a free one'),
  trustProxy: flag.default(false).describe('Take the client’s address and protocol from X-Forwarded headers: only behind a reverse proxy of your own'),
  concurrency: z.coerce.number().int().min(1).max(512).default(16).describe('Channels visited at once by one worker'),
  pace: z.coerce.number().int().min(0).max(600_000).default(1000).describe('Milliseconds between two requests to one host; 0 turns pacing off'),
  hostConcurrency: z.coerce.number().int().min(1).max(64).default(2).describe('Requests at once to one host or address'),
  organisationConcurrency: z.coerce.number().int().min(1).max(256).default(8).describe('Requests at once to all sites of one organisation'),
  allowNets: list.default([]).describe('Address ranges opened for crawling though they are not public, as CIDR, comma-separated'),
  contact: z.string().max(200).default('').describe('E-mail or page named in the User-Agent, so that a site can reach you'),
  userAgent: z.string().max(300).optional().describe('The whole User-Agent, if the default does not suit'),
  canaries: list.default([]).describe('Addresses that show whether our own network works, comma-separated'),
  vantage: z.string().regex(/^[\w-]{1,40}$/, 'letters, digits, _ and -').default('main').describe('Name of this worker’s way out to the internet: workers with another name look again at what was seen down'),
  secondVantage: z.url({ protocol: /^http$/ }).optional().describe('HTTP proxy in another network, as http://user:password@host:port: looks again before a site is called down').meta({ secret: true }),
  recipes: z.string().optional().describe('Folder with recipes (*.json) for sites whose functions are not found by themselves'),
  bases: bases.default({}).describe('Relays that stand in for platform hosts, as host=http://base, comma-separated'),
  browser: flag.default(true).describe('Render pages that cannot be read plain'),
  chromium: z.string().optional().describe('Path of a Chromium; otherwise the system’s, else the one from npm'),
  probesAtOnce: z.coerce.number().int().min(0).max(64).default(4).describe('Websites whose functions one worker tries at once; 0: none'),
  browserPages: z.coerce.number().int().min(1).max(32).default(2).describe('Pages rendered at once'),
  maxBytes: z.coerce.number().int().min(10_000).default(5_000_000).describe('Largest page read, in bytes after decompression'),
  pageTimeout: z.coerce.number().int().min(1000).max(300_000).default(45_000).describe('Milliseconds one page may take'),
  visitTimeout: z.coerce.number().int().min(5000).max(3_600_000).default(600_000).describe('Milliseconds one visit may take'),
  key: z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64').optional().describe('Key that seals stored credentials, 32 bytes in base64; without it the file `key` in the data folder').meta({ secret: true }),
  smtp: z.string().regex(/^smtps?:\/\//, 'smtp://… or smtps://…').optional().describe('Mail server for notifications, as smtps://user:password@host; one in a private network must be opened by HUOSHUI_ALLOW_NETS').meta({ secret: true }),
  mailFrom: z.string().max(200).default('huoshui@localhost').describe('Sender of notifications by e-mail'),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info').describe('Log level'),
  alarmOverdue: z.coerce.number().min(0).default(24).describe('Alarm: hours that a channel may be overdue'),
  alarmFailures: z.coerce.number().min(0).max(1).default(0.5).describe('Alarm: share of the last 24 hours’ visits (from 20 on) that may observe nothing'),
  alarmQueue: z.coerce.number().min(0).default(30).describe('Alarm: minutes that a job may wait in the queue'),
  alarmWorkers: z.coerce.number().min(0).default(5).describe('Alarm: minutes without a sign of a worker'),
  alarmDisk: z.coerce.number().min(0).default(2048).describe('Alarm: megabytes that must be free where the data folder is; 0: never'),
  alarmClock: z.coerce.number().min(0).default(30).describe('Alarm: seconds that clocks may differ, or one may jump'),
  alarmBackup: z.coerce.number().min(0).default(8).describe('Alarm: days since the last `huoshui backup`, once one was made; 0: never'),
  evidenceDays: z.coerce.number().int().min(1).default(400).describe('Days that evidence not cited by a candidate is kept'),
  keepMonths: z.coerce.number().int().min(0)
    .refine((n) => n === 0 || n >= LEAST_KEPT_MONTHS, `0(永久保留)或不少于 ${LEAST_KEPT_MONTHS}:指标要回看一年,另加一个季度 / 0 (for ever) or at least ${LEAST_KEPT_MONTHS}: rules look back a year, and a quarter more`)
    .default(24).describe('Months that observations are kept whole; older ones are rolled up into months. 0: for ever'),
})

export type Config = z.infer<typeof configSchema>
export type ConfigKey = keyof Config

/** Is its value never to be shown? */
export function isSecret(key: ConfigKey): boolean {
  return (configSchema.shape[key].meta() as { secret?: boolean } | undefined)?.secret === true
}

/** The environment variable that sets a key: `allowNets` is HUOSHUI_ALLOW_NETS. */
export function envName(key: ConfigKey): string {
  const meta = configSchema.shape[key].meta() as { env?: string } | undefined
  return meta?.env ?? `HUOSHUI_${key.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()}`
}
