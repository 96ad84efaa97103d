/** What is a keyword in some version of Rego. Source: the Rego grammar. */
export const KEYWORDS: readonly string[] =
  'as contains default else every false if import in not null package some true with'.split(' ')

/** The documents that every policy reads: what is called so means them. */
export const DOCUMENTS: readonly string[] = ['data', 'input']
