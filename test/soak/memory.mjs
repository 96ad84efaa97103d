import { setTimeout as sleep } from 'node:timers/promises'

if (globalThis.gc === undefined) throw new Error('run it with node --expose-gc')

const MB = 1_000_000

/** The memory of this process in MB of 1,000,000 bytes, after all garbage was collected. */
export const memory = async () => {
  // What a first collection finds unreachable gives its memory back only after the tasks that follow it.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc()
    await sleep(20)
  }
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage()
  return { rss: rss / MB, heap: heapUsed / MB, external: external / MB, buffers: arrayBuffers / MB }
}
