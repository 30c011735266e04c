import { CommanderError } from 'commander'
import { buildProgram } from './program.ts'

// A reader that has had enough (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
})

try {
  await (await buildProgram(process.argv.slice(2))).parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  // Help and version end with 0; a wrong option is bad input.
  process.exitCode = error.exitCode === 0 ? 0 : 2
}
