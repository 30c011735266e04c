import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { buildProgram } from '../../src/cli/program.ts'
import { configSchema, envName } from '../../src/config/schema.ts'
import type { ConfigKey } from '../../src/config/schema.ts'

type Service = { command?: string[]; environment?: Record<string, string>; ports?: string[]; healthcheck?: { test?: string[]; disable?: boolean }; depends_on?: Record<string, { condition: string }>; volumes?: string[]; network_mode?: string; cap_drop?: string[]; cap_add?: string[]; read_only?: boolean; security_opt?: string[]; tmpfs?: string[]; user?: string; privileged?: boolean; pid?: string; devices?: string[] }

/** No docker engine is needed to see that the files speak of this program: its commands, its settings, its ports. */
const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as { services: Record<string, Service>; volumes: Record<string, unknown> }
const own = Object.entries(compose.services).filter(([name]) => name === 'server' || name === 'worker')
const known = new Set((Object.keys(configSchema.shape) as ConfigKey[]).map(envName))

describe('docker-compose.yml', () => {
  test('has one database, one Redis, one server and a worker to scale', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['postgres', 'redis', 'server', 'worker'])
  })
  test.each(own)('%s runs a file and a command that exist', async (_name, service) => {
    const [node, file = '', command] = service.command ?? []
    expect(node).toBe('node')
    expect(existsSync(file)).toBe(true)
    if (command !== undefined) expect((await buildProgram()).commands.map((c) => c.name())).toContain(command)
    const probe = service.healthcheck?.test?.[2]
    if (probe !== undefined) expect(existsSync(probe)).toBe(true)
  })
  test.each(own)('%s is given only settings that the program knows, with values it accepts', (_name, service) => {
    for (const name of Object.keys(service.environment ?? {})) expect(known).toContain(name)
    const port = service.environment?.['HUOSHUI_PORT']
    if (port !== undefined) expect(configSchema.shape.port.safeParse(port).success).toBe(true)
  })
  test('both sizes’ settings are there, and secrets come from the environment alone', () => {
    const env = compose.services['server']?.environment ?? {}
    expect(env['DATABASE_URL']).toMatch(/\$\{POSTGRES_PASSWORD:\?[^}]*\}@127\.0\.0\.1:5432\//)
    expect(env['REDIS_URL']).toMatch(/\$\{REDIS_PASSWORD:\?[^}]*\}@127\.0\.0\.1:6379/)
    expect(compose.services['postgres']?.ports).toEqual(['127.0.0.1:5432:5432'])
    expect(compose.services['redis']?.ports).toEqual(['127.0.0.1:6379:6379'])
  })
  test.each(own)('%s waits for database and queue and keeps its data', (_name, service) => {
    expect(service.depends_on).toEqual({ postgres: { condition: 'service_healthy' }, redis: { condition: 'service_healthy' } })
    expect(service.volumes).toContain('data:/data')
    for (const volume of service.volumes ?? []) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0])
  })
})

describe('each container', () => {
  const all = Object.entries(compose.services)
  test.each(all)('%s: a plain user, no capability, none to be gained, nothing writable but what is named', (_name, service) => {
    expect(service.user).toMatch(/^(node|postgres|redis)$/)
    expect(service.cap_drop).toEqual(['ALL'])
    expect(service.security_opt).toEqual(['no-new-privileges:true'])
    expect(service.read_only).toBe(true)
    for (const key of ['cap_add', 'privileged', 'pid', 'devices'] as const) expect(service[key], key).toBeUndefined()
    for (const mount of service.tmpfs ?? []) expect(mount).toMatch(/^\/[a-z/]+:rw,(no)?exec,nosuid,nodev/)
    // Only volumes of its own: no folder of the host, least of all Docker's socket.
    for (const volume of service.volumes ?? []) expect(volume).toMatch(/^[a-z]+:\/[a-z/]+$/)
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/)
    expect(service.healthcheck).toBeDefined()
  })
  test.each(own)('%s has room to unpack and run its browser, which needs to be executable', (_name, service) => {
    expect(service.tmpfs).toEqual([expect.stringMatching(/^\/tmp:rw,exec,.*size=[1-9]g$/)])
  })
})

describe('Dockerfile', () => {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n')
  test('copies what the program needs, runs as a plain user and asks the health file', () => {
    const copied = lines.filter((l) => l.startsWith('COPY') && !l.includes('--from')).flatMap((l) => l.split(/\s+/).slice(1, -1))
    expect(copied.every((path) => existsSync(path))).toBe(true)
    expect(copied).toEqual(expect.arrayContaining(['src', 'workers', 'db', 'package.json']))
    expect(lines.findLast((l) => l.startsWith('USER'))).toBe('USER node')
    // What runs belongs to root: the user that runs it cannot change it. Only the data folder is its own.
    expect(lines.filter((l) => /--chown|chmod/.test(l))).toEqual([])
    expect(lines.filter((l) => l.includes('chown '))).toEqual(['RUN mkdir /data && chown node:node /data'])
    expect(lines.some((l) => l.startsWith('HEALTHCHECK'))).toBe(true)
    // Nothing secret is baked in, and the build downloads nothing but packages by the lock file.
    expect(lines.filter((l) => /^ARG|^ADD|curl|wget|PASSWORD|SECRET|TOKEN/i.test(l))).toEqual([])
    const expose = lines.find((l) => l.startsWith('EXPOSE'))
    expect(Number(expose?.split(' ')[1])).toBe(configSchema.shape.port.parse(undefined))
  })
  test('sets only settings the program knows', () => {
    const set = lines.filter((l) => l.startsWith('ENV')).flatMap((l) => l.slice(4).trim().split(/\s+/).map((p) => p.split('=')[0] ?? ''))
    for (const name of set.filter((n) => n !== 'NODE_ENV')) expect(known).toContain(name)
  })
})
