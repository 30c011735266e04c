/** Processes under measurement: started as they are in real life, with a way to ask for their heap. */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

export type Child = {
  readonly pid: number
  /** Megabytes of heap and buffers after a collection; null when it does not answer in 5 s. */
  heap(): Promise<number | null>
  /** Until a line of its output holds this. */
  says(text: RegExp, ms?: number): Promise<RegExpExecArray>
  readonly output: () => string
  stop(): Promise<number | null>
}

/** Ended with us, should we end before them. */
const children = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/** A program of ours (`src/cli/main.ts`, `workers/worker.ts`) with the flags of the npm scripts. */
export function start(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Child {
  const child: ChildProcess = fork(join(root, program), [...args], {
    execArgv: ['--max-semi-space-size=8', '--expose-gc', '--import', join(import.meta.dirname, 'heap.ts')],
    env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  const wake = new Set<() => void>()
  const add = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-20_000)
    for (const w of wake) w()
  }
  child.stdout?.on('data', add)
  child.stderr?.on('data', add)
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => {
    resolve(code)
    for (const w of wake) w()
  }))
  children.add(child)
  return {
    pid: child.pid ?? 0,
    output: () => output,
    heap: () => new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), 5000)
      child.once('message', (m) => {
        clearTimeout(timer)
        const { heapUsed, external } = m as { heapUsed: number; external: number }
        resolve((heapUsed + external) / 2 ** 20)
      })
      if (!child.connected || !child.send('heap')) resolve(null)
    }),
    says: (text, ms = 60_000) => new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${program} did not say ${String(text)}: ${output}`)), ms)
      const look = (): void => {
        const found = text.exec(output)
        if (found === null && child.exitCode === null) return
        clearTimeout(timer)
        wake.delete(look)
        if (found === null) reject(new Error(`${program} ended: ${output}`))
        else resolve(found)
      }
      wake.add(look)
      look()
    }),
    stop: async () => {
      const timer = setTimeout(() => child.kill('SIGKILL'), 60_000)
      child.kill('SIGTERM')
      const code = await ended
      clearTimeout(timer)
      children.delete(child)
      return code
    },
  }
}
