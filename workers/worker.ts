/** A worker process: claims what is due, visits it, and stops gracefully. As many as wanted, on as many machines, may run at once. */
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// As for every command (src/cli/main.ts): without it each start strips and compiles all anew, at half a CPU second and 40 MB.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compile'))
const { buildProgram } = await import('../src/cli/program.ts')
const program = await buildProgram(['worker'])
await program.parseAsync([...process.argv.slice(0, 2), 'worker', ...process.argv.slice(2)])
