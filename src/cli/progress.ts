import { SingleBar } from 'cli-progress'

export type Progress = { update(done: number, total: number): void; stop(): void }

/**
 * A bar on stderr with rate and time left, for work that takes long. Silent where stderr is no terminal, so that
 * logs and pipes stay clean.
 */
export function progressBar(label: string): Progress {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined }
  const bar = new SingleBar({
    stream: process.stderr,
    format: `${label} {bar} {value}/{total} {rate}/s ETA {eta_formatted}`,
    hideCursor: true,
    etaBuffer: 50,
  })
  const began = Date.now()
  let started = false
  return {
    update(done, total) {
      const rate = (done / Math.max(1, (Date.now() - began) / 1000)).toFixed(1)
      if (!started) bar.start(total, done, { rate })
      else {
        bar.setTotal(total)
        bar.update(done, { rate })
      }
      started = true
    },
    stop() {
      if (started) bar.stop()
    },
  }
}
