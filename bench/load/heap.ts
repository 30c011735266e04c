/** Loaded into a process under measurement (`--expose-gc --import`): asked by its parent, it says what it holds after a collection. */
declare const gc: (() => void) | undefined

process.on('message', (asked: unknown) => {
  if (asked !== 'heap') return
  gc?.()
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  process.send?.({ heapUsed, external, arrayBuffers })
})
// The talk with the parent keeps nobody alive.
process.channel?.unref()
