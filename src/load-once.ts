import * as E from 'fp-ts/Either'
import type * as TE from 'fp-ts/TaskEither'

/** A task that runs on first use, and whose result is then kept. A failure is not kept: the next call tries again. */
export const loadOnce = <P, A>(load: TE.TaskEither<P, A>): TE.TaskEither<P, A> => {
  let loading: Promise<E.Either<P, A>> | undefined
  return async () => {
    loading ??= load()
    const mine = loading
    const loaded = await mine
    // Another call may have tried again by now.
    if (E.isLeft(loaded) && loading === mine) loading = undefined
    return loaded
  }
}
