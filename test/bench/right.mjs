/** The answer, where there is one; anything else ends the run. */
export const right = (result) => {
  if (result._tag === 'Left') throw new Error(JSON.stringify(result.left))
  return result.right
}
