/** What is looked at after a step: megabytes, and the evaluations until then. */
export interface Row {
  readonly phase: string
  readonly evaluations: number
  readonly rss: number
  readonly heap: number
  readonly external: number
}

export declare const BOUNDS: Readonly<Record<'growth' | 'kept' | 'level' | 'threads', number>>

export declare const judge: (rows: readonly Row[]) => readonly string[]
