import { migrateDatabase } from '../../src/engine/index.ts'

/** Another program that brings a database forward: migrator.ts FOLDER, on DATABASE_URL. */
await migrateDatabase(process.env['DATABASE_URL'] ?? '', process.argv[2])
