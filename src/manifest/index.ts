export { type Document, type Limits, locationIn, type Reading, type Source } from './document'
export { readSource } from './read-source'
