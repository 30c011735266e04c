import { migrateDatabase } from '../../src/engine/index.ts'

/** Another program that brings a database forward: migrator.ts URL FOLDER. */
const [url = '', folder] = process.argv.slice(2)
await migrateDatabase(url, folder)
