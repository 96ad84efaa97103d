import type { RegoValue } from '../../value'

/** A list as Go shows it: where nothing was found it has nil, and JSON null. */
export const orNull = (list: readonly RegoValue[]): RegoValue => (list.length === 0 ? null : list)
