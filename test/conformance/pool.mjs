import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { bundle, COMPILER } from './bundle.mjs'

/** Judges files in as many workers as there are processors, each taking the next one. The answer is in the files' order. */
export const judgeInWorkers = async (files, folder) => {
  const script = await bundle('worker.ts', folder, 'node')
  const judged = []
  let next = 0
  const work = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(script, { workerData: COMPILER })
      let current
      const give = () => {
        current = next
        next += 1
        if (current < files.length) worker.postMessage(files[current])
        else worker.terminate().then(resolve, reject)
      }
      worker.on('error', (error) => {
        // The other workers have nothing more to do.
        next = files.length
        reject(error)
      })
      worker.on('message', (result) => {
        judged[current] = { ...files[current], ...result }
        give()
      })
      give()
    })
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), files.length) }, work))
  return judged
}
