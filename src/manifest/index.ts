export type { Document, Limits, Reading, Source } from './document'
export { readSource } from './read-source'
