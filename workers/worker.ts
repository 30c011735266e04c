/** A worker process: claims what is due, visits it, and stops gracefully. As many as wanted, on as many machines, may run at once. */
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'

// As for every command (src/cli/main.ts): without it each start strips and compiles all anew, at half a CPU second and 40 MB.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compile'))
// V8 lets the old generation grow to several times what lives in it before it collects; by half is enough for a worker.
setFlagsFromString('--heap-growing-percent=50')
// What the command line does with `huoshui worker`, errors and help included.
process.argv.splice(2, 0, 'worker')
await import('../src/cli/run.ts')
