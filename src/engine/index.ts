export { openEngine } from './open.ts'
export type { Engine } from './open.ts'
export { migrateDatabase } from './migrate.ts'
