/** One end of a channel between threads. What is posted is cloned, not shared. */
export interface Port {
  readonly post: (message: unknown) => void
  /** Called once. `fail` is told why the other end will not answer any more. */
  readonly listen: (receive: (message: unknown) => void, fail: (reason: string) => void) => void
}

/** A worker as its owner sees it. */
export interface WorkerPort extends Port {
  /** Ends the worker at once, whatever it is doing. */
  readonly terminate: () => void
}

/** What a browser's `Worker`, `MessagePort` and worker scope have in common. */
interface WebTarget {
  readonly postMessage: (message: unknown) => void
  readonly addEventListener: (type: 'message' | 'error' | 'messageerror', listener: (event: Event) => void) => void
}

const dataOf = (event: Event): unknown => ('data' in event ? event.data : undefined)

const reasonOf = (event: Event): string =>
  'message' in event && typeof event.message === 'string' && event.message !== ''
    ? event.message
    : 'the worker did not start, or threw'

/** A port over a web worker's own scope (`self` inside the worker) or a `MessagePort`. */
export const webPort = (target: WebTarget): Port => ({
  post: (message) => target.postMessage(message),
  listen: (receive, fail) => {
    target.addEventListener('message', (event) => receive(dataOf(event)))
    target.addEventListener('messageerror', () => fail('a message could not be read'))
    target.addEventListener('error', (event) => fail(reasonOf(event)))
    // A MessagePort waits for this; the others have no such thing.
    if (typeof MessagePort !== 'undefined' && target instanceof MessagePort) target.start()
  },
})

/** A port over a `Worker` that the page started. What the worker throws is told to `fail` and is no error of the page. */
export const webWorkerPort = (worker: WebTarget & { readonly terminate: () => void }): WorkerPort => {
  const port = webPort(worker)
  return {
    ...port,
    listen: (receive, fail) => {
      port.listen(receive, fail)
      worker.addEventListener('error', (event) => event.preventDefault())
    },
    terminate: () => worker.terminate(),
  }
}
