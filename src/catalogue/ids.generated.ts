// Generated from policies/ by wasm/build.mjs.

/** The ids of the shipped controls. */
export type ControlId = 
  | 'AKSC-P1-AT-01'
  | 'AKSC-P1-AT-03'
  | 'AKSC-P2-01'
  | 'AKSC-P2-05'
  | 'AKSC-P2-06'
  | 'AKSC-P2-AZ-05'
  | 'AKSC-P3-01'
  | 'AKSC-P3-05'
  | 'AKSC-P3-22'
  | 'AKSC-P3-28'
  | 'AKSC-P3-32'
  | 'AKSC-P3-AZ-01'
  | 'AKSC-D1-01'
  | 'AKSC-D1-AZ-01'
  | 'AKSC-D2-01'
  | 'AKSC-D2-02'
  | 'AKSC-D2-AZ-03'
  | 'AKSC-D3-01'
  | 'AKSC-D3-02'
  | 'AKSC-D3-AZ-01'
  | 'AKSC-D4-AZ-01'
  | 'AKSC-D5-01'
  | 'AKSC-D5-AZ-01'
  | 'AKSC-D6-01'
  | 'AKSC-D6-04'
  | 'AKSC-D6-AZ-02'
  | 'AKSC-D7-01'
  | 'AKSC-D7-AZ-01'
  | 'AKSC-D7-AZ-06'
  | 'AKSC-D8-01'
  | 'AKSC-D8-03'
  | 'AKSC-D8-12'
  | 'AKSC-D8-AT-01'
  | 'AKSC-D8-AZ-01'
  | 'AKSC-O1-01'
  | 'AKSC-O1-03'
  | 'AKSC-O1-AZ-01'
  | 'AKSC-O2-01'
  | 'AKSC-O2-AT-01'
  | 'AKSC-O2-AZ-01'

/** The items of the checklist. */
export type ItemId = 
  | 'P1'
  | 'P2'
  | 'P3'
  | 'D1'
  | 'D2'
  | 'D3'
  | 'D4'
  | 'D5'
  | 'D6'
  | 'D7'
  | 'D8'
  | 'O1'
  | 'O2'

/** The questions of the checklist. */
export type QuestionId = 
  | 'Q1'
  | 'Q2'
  | 'Q3'
  | 'Q4'
  | 'Q5'
  | 'Q6'

/** What each control's findings carry. */
export interface ControlArgs {
  readonly 'AKSC-P1-AT-01': { readonly documents: readonly string[]; readonly reason: string }
  readonly 'AKSC-P1-AT-03': { readonly reason: string }
  readonly 'AKSC-P2-01': Readonly<Record<string, never>>
  readonly 'AKSC-P2-05': { readonly path: string; readonly volume: string }
  readonly 'AKSC-P2-06': { readonly path: string; readonly volume: string }
  readonly 'AKSC-P2-AZ-05': { readonly os: string; readonly pool: string; readonly when: string }
  readonly 'AKSC-P3-01': { readonly role: string; readonly subject: string }
  readonly 'AKSC-P3-05': { readonly verbs: readonly string[] }
  readonly 'AKSC-P3-22': { readonly role: string; readonly subject: string }
  readonly 'AKSC-P3-28': { readonly account: string }
  readonly 'AKSC-P3-32': { readonly chain: string; readonly subject: string }
  readonly 'AKSC-P3-AZ-01': { readonly found: string }
  readonly 'AKSC-D1-01': { readonly role: string; readonly user: string }
  readonly 'AKSC-D1-AZ-01': { readonly fault: string }
  readonly 'AKSC-D2-01': { readonly container: string }
  readonly 'AKSC-D2-02': { readonly container: string; readonly variable: string }
  readonly 'AKSC-D2-AZ-03': { readonly form: string }
  readonly 'AKSC-D3-01': { readonly namespace: string }
  readonly 'AKSC-D3-02': Readonly<Record<string, never>>
  readonly 'AKSC-D3-AZ-01': { readonly found: string }
  readonly 'AKSC-D4-AZ-01': { readonly ranges: string }
  readonly 'AKSC-D5-01': { readonly namespace: string }
  readonly 'AKSC-D5-AZ-01': { readonly outboundType: string }
  readonly 'AKSC-D6-01': { readonly host: string }
  readonly 'AKSC-D6-04': { readonly reason: string }
  readonly 'AKSC-D6-AZ-02': { readonly fault: string }
  readonly 'AKSC-D7-01': { readonly channel: string }
  readonly 'AKSC-D7-AZ-01': { readonly channel: string }
  readonly 'AKSC-D7-AZ-06': { readonly fault: string; readonly version: string }
  readonly 'AKSC-D8-01': { readonly container: string; readonly image: string }
  readonly 'AKSC-D8-03': { readonly container: string; readonly image: string }
  readonly 'AKSC-D8-12': { readonly container: string; readonly declared: string; readonly running: string }
  readonly 'AKSC-D8-AT-01': { readonly reason: string }
  readonly 'AKSC-D8-AZ-01': Readonly<Record<string, never>>
  readonly 'AKSC-O1-01': { readonly container: string }
  readonly 'AKSC-O1-03': { readonly container: string }
  readonly 'AKSC-O1-AZ-01': Readonly<Record<string, never>>
  readonly 'AKSC-O2-01': { readonly date: string; readonly key: string; readonly state: string; readonly subject: string }
  readonly 'AKSC-O2-AT-01': { readonly reason: string }
  readonly 'AKSC-O2-AZ-01': { readonly fault: string }
}
