import { round } from '../load/figures.ts'

/** What was measured. */
export type Costs = {
  /** CPU seconds, all processes together. */
  readonly cpuPer1000Pages: number
  readonly cpuPer1000Attested: number
  readonly cpuPer1000Seen: number
  readonly pagesPerSite: number
  /** Of the CPU, the database's share: it stays on its one machine. */
  readonly postgresShare: number
}

/** What a nation asks, in a day. */
const NATION = { websites: 15_000, looksPerDay: 20, accounts: 100_000, groups: 3_000_000 }
/** Half of a core is left for the unexpected; a machine has two; a day's visits are made in the ten hours of a night, looks all day. */
const PLAN = { load: 0.5, cores: 2, nightHours: 10, dayHours: 24 }
/** Groups are attested: asked for their statement once in fourteen days, the longest interval. */
const GROUP_DAYS = 14

export type Plan = Costs & { readonly cpu: Readonly<Record<'websites' | 'looks' | 'accounts' | 'groups', number>>; readonly nightCores: number; readonly dayCores: number; readonly postgresCores: number; readonly machines: number }

/** Cores and machines for a nation: CPU seconds of each sort of work in a day, over the seconds in which it is to be done. Linear in what was measured; nothing is assumed to get cheaper. */
export function nation(c: Costs): Plan {
  const cpu = {
    websites: (NATION.websites * c.pagesPerSite * c.cpuPer1000Pages) / 1000,
    looks: (NATION.websites * NATION.looksPerDay * c.cpuPer1000Pages) / 1000,
    accounts: (NATION.accounts * c.cpuPer1000Seen) / 1000,
    groups: ((NATION.groups / GROUP_DAYS) * c.cpuPer1000Attested) / 1000,
  }
  const dayCores = cpu.looks / (PLAN.dayHours * 3600)
  const nightCores = (cpu.websites + cpu.accounts + cpu.groups) / (PLAN.nightHours * 3600) + dayCores
  return { ...c, cpu, nightCores, dayCores, postgresCores: nightCores * c.postgresShare, machines: Math.ceil(nightCores / PLAN.load / PLAN.cores) }
}

export function nationLines(p: Plan): string[] {
  const k = (n: number): string => n.toLocaleString('en')
  return [
    `A nation: ${k(NATION.websites)} websites visited each night and looked at ${NATION.looksPerDay} times a day, ${k(NATION.accounts)} accounts on platforms each night, ${k(NATION.groups)} attested groups once in ${GROUP_DAYS} days`,
    `  websites  ${k(NATION.websites)} × ${round(p.pagesPerSite)} pages × ${round(p.cpuPer1000Pages, 2)} s / 1000 = ${k(Math.round(p.cpu.websites))} CPU s`,
    `  looks     ${k(NATION.websites)} × ${NATION.looksPerDay} × ${round(p.cpuPer1000Pages, 2)} s / 1000 = ${k(Math.round(p.cpu.looks))} CPU s (a look is no dearer than a page)`,
    `  accounts  ${k(NATION.accounts)} × ${round(p.cpuPer1000Seen, 2)} s / 1000 = ${k(Math.round(p.cpu.accounts))} CPU s`,
    `  groups    ${k(NATION.groups)} / ${GROUP_DAYS} × ${round(p.cpuPer1000Attested, 2)} s / 1000 = ${k(Math.round(p.cpu.groups))} CPU s`,
    `  cores     (websites + accounts + groups) / ${PLAN.nightHours} h + looks / ${PLAN.dayHours} h = ${round(p.nightCores, 2)}, of which PostgreSQL ${round(p.postgresCores, 2)} on its one machine`,
    `  machines  ${round(p.nightCores, 2)} cores / ${PLAN.load} load / ${PLAN.cores} cores a machine = ${p.machines}, and one to spare`,
    '  limit     the one PostgreSQL: its share above must stay under its cores; and the platforms’ pace: 100,000 accounts of one host at a request a second would take 28 hours a request',
  ]
}
