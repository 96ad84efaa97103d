import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { loadOnce } from '../src/load-once'

/** Answers in turn, and counts how often it was asked. */
const answering = (...answers: readonly E.Either<string, number>[]) => {
  let asked = 0
  return {
    load: async () => {
      const answer = answers[asked] ?? E.left('asked too often')
      asked += 1
      return answer
    },
    asked: () => asked,
  }
}

describe('what is loaded once', () => {
  it('is asked for by nobody before it is used, and once by all who use it', async () => {
    const { load, asked } = answering(E.right(1))
    const once = loadOnce(load)
    expect(asked()).toBe(0)
    expect(await Promise.all([once(), once()])).toEqual([E.right(1), E.right(1)])
    expect(await once()).toEqual(E.right(1))
    expect(asked()).toBe(1)
  })

  it('is tried again after a failure, which all who wait are told', async () => {
    const { load, asked } = answering(E.left('no'), E.right(2))
    const once = loadOnce(load)
    expect(await Promise.all([once(), once()])).toEqual([E.left('no'), E.left('no')])
    expect(await once()).toEqual(E.right(2))
    expect(asked()).toBe(2)
  })
})
