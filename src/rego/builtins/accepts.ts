import { BuiltinRefusal } from '../builtin'

/** True where the work refuses nothing. */
export const accepts = (work: () => unknown): boolean => {
  try {
    work()
    return true
  } catch (error) {
    if (error instanceof BuiltinRefusal) return false
    throw error
  }
}
