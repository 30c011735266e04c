/** A worker process: claims what is due, visits it, and stops gracefully. As many as wanted, on as many machines, may run at once. */
import { buildProgram } from '../src/cli/program.ts'

const program = await buildProgram(['worker'])
await program.parseAsync([...process.argv.slice(0, 2), 'worker', ...process.argv.slice(2)])
