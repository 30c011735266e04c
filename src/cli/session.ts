import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Command } from 'commander'
import { loadConfig } from '../config/load.ts'
import { openLog } from '../config/log.ts'
import type { Config } from '../config/schema.ts'
import type { Actor } from '../domain/actor.ts'
import { clockFrom, realClock } from '../domain/clock.ts'
import type { Clock } from '../domain/clock.ts'
import { HuoshuiError } from '../domain/error.ts'
import { openEngine } from '../engine/index.ts'
import type { Engine } from '../engine/index.ts'
import type { Ctx } from '../../db/context.ts'
import { reportError } from './output.ts'

/** The options every command takes. */
export type GlobalOptions = {
  data?: string
  now?: string
  concurrency?: string
  pace?: string
  json?: boolean
}

export type Session = {
  readonly config: Config
  readonly clock: Clock
  readonly actor: Actor
  readonly log: Logger
  readonly json: boolean
}

export type OpenSession = Session & { readonly engine: Engine; readonly ctx: Ctx }

/** Reads the options into a session: settings, clock, who acts. Throws `bad_input` that names what is wrong. */
export function openSession(options: GlobalOptions): Session {
  const config = loadConfig(process.env, { data: options.data, concurrency: options.concurrency, pace: options.pace })
  return {
    config,
    clock: options.now === undefined ? realClock : clockFrom(parseNow(options.now)),
    actor: { kind: 'cli', name: userName() },
    log: openLog(config),
    json: options.json === true,
  }
}

/** Runs a command that needs no database; sets the exit code. */
export function plain<O>(run: (session: Session, options: O & GlobalOptions, args: string[]) => Promise<void>) {
  return async (...received: unknown[]): Promise<void> => {
    const command = received.at(-1) as Command
    const options = command.optsWithGlobals() as O & GlobalOptions
    try {
      await run(openSession(options), options, command.args)
    } catch (error) {
      process.exitCode = await reportError(error, options.json === true)
    }
  }
}

/** Runs a command on the engine of the data folder (or DATABASE_URL), and closes it on every path. */
export function onEngine<O>(run: (session: OpenSession, options: O & GlobalOptions, args: string[]) => Promise<void>) {
  return plain<O>(async (session, options, args) => {
    const engine = await openEngine(session.config, { log: session.log })
    try {
      const ctx: Ctx = { db: engine.db, clock: session.clock, actor: session.actor }
      await run({ ...session, engine, ctx }, options, args)
    } finally {
      await engine.close()
    }
  })
}

/**
 * Runs a command that does without a register, but uses it where there is one: DATABASE_URL, or a data folder that holds a
 * database. Makes none; one that does not open is said on stderr, and `ctx` is null.
 */
export function besideEngine<O>(run: (session: Session & { readonly ctx: Ctx | null }, options: O & GlobalOptions, args: string[]) => Promise<void>) {
  return plain<O>(async (session, options, args) => {
    const { config, log, clock, actor } = session
    const there = config.databaseUrl !== undefined || existsSync(join(config.data, 'postgres', 'PG_VERSION'))
    const engine = !there ? null : await openEngine(config, { log }).catch((error: unknown) => {
      log.warn(`the register cannot be used: ${error instanceof Error ? error.message : String(error)}`)
      return null
    })
    try {
      await run({ ...session, ctx: engine === null ? null : { db: engine.db, clock, actor } }, options, args)
    } finally {
      await engine?.close()
    }
  })
}

function parseNow(text: string): Date {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text)
  // Without a zone it is China's time, as everywhere else in the program.
  const at = new Date(day ? `${text}T00:00:00+08:00` : zoned ? text : `${text}+08:00`)
  if (Number.isNaN(at.getTime())) {
    throw new HuoshuiError('bad_input', {
      zh: `--now ${JSON.stringify(text)} 不是有效时间,应形如 2026-06-01T09:00:00+08:00`,
      en: `--now ${JSON.stringify(text)} is not a moment; give it as 2026-06-01T09:00:00+08:00`,
    })
  }
  return at
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'unknown'
  }
}
