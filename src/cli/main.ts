import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Compiled code is kept beside the packages, so that the next command starts in half the time. Where that folder cannot
// be written to, nothing is kept and nothing is lost. It has to be on before anything else is loaded.
enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/compile'))
await import('./run.ts')
