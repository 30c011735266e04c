/** A command that holds the engine until it is told to `close` (or killed). Says what happens, a line each. */
import { createInterface } from 'node:readline'
import { HuoshuiError } from '../../src/domain/error.ts'
import { openEngine } from '../../src/engine/index.ts'

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)
try {
  const engine = await openEngine({ data: process.argv[2] ?? '', concurrency: 1 })
  engine.lost.addEventListener('abort', () => say({ lost: (engine.lost.reason as Error).message }))
  say({ port: Number(new URL(engine.databaseUrl).port) })
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'close') break
    try {
      const [row] = await engine.db.sql.unsafe(line)
      say({ row: row ?? null })
    } catch (error) {
      say({ error: String(error) })
    }
  }
  await engine.close()
  say({ closed: true })
} catch (error) {
  say({ error: error instanceof HuoshuiError ? error.text : String(error) })
}
