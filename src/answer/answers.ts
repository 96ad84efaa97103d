import type { Catalogue } from '../catalogue/catalogue'
import type { Control, Item, Question } from '../catalogue/control'
import type { Finding, ResourceIdentity } from '../finding/finding'
import type { ControlVerdict, Verdict } from '../finding/verdict'

export type Answer = 'yes' | 'no' | 'partly' | 'unknown'

export interface ItemAnswer {
  readonly item: Item
  readonly verdict: Verdict
  readonly counts: Readonly<Record<'pass' | 'fail' | 'unknown' | 'notApplicable' | 'waived', number>>
  readonly reason: string
}

export interface QuestionAnswer {
  readonly question: Question
  readonly answer: Answer
  readonly items: readonly string[]
  readonly reason: string
}

interface Judged {
  readonly control: Control
  readonly verdict: ControlVerdict
}

const judged = (catalogue: Catalogue, verdicts: readonly ControlVerdict[]): readonly Judged[] =>
  verdicts.flatMap((verdict) => {
    const control = catalogue.control(verdict.controlId)
    return control === undefined ? [] : [{ control, verdict }]
  })

const having = (entries: readonly Judged[], verdict: Verdict): readonly Judged[] =>
  entries.filter((entry) => entry.verdict.verdict === verdict)

/** `AKSC-P3-01, AKSC-P3-05 and 3 more`. */
const named = (entries: readonly Judged[]): string => {
  const ids = entries.map(({ control }) => control.id)
  return ids.length <= 3 ? ids.join(', ') : `${ids.slice(0, 2).join(', ')} and ${ids.length - 2} more`
}

const verb = (entries: readonly Judged[], one: string, many: string): string => (entries.length === 1 ? one : many)

const missingOf = (entries: readonly Judged[]): string => {
  const missing = [...new Set(entries.flatMap(({ verdict }) => verdict.missing))]
  if (missing.length === 0) return ''
  return `; not given: ${missing.slice(0, 4).join(', ')}${missing.length > 4 ? ` and ${missing.length - 4} more` : ''}`
}

/** Each item's verdict is its controls' worst: fail, unknown, waived, pass, not-applicable. */
export const answerItems = (catalogue: Catalogue, verdicts: readonly ControlVerdict[]): readonly ItemAnswer[] => {
  const all = judged(catalogue, verdicts)
  return catalogue.items.map((item) => {
    const own = all.filter(({ control }) => control.item === item.id)
    const [fail, unknown, waived, pass, none] = (['fail', 'unknown', 'waived', 'pass', 'not-applicable'] as const).map(
      (verdict) => having(own, verdict),
    ) as [readonly Judged[], readonly Judged[], readonly Judged[], readonly Judged[], readonly Judged[]]
    const verdict: Verdict =
      own.length === 0 || (fail.length === 0 && unknown.length > 0)
        ? 'unknown'
        : fail.length > 0
          ? 'fail'
          : waived.length > 0
            ? 'waived'
            : pass.length > 0
              ? 'pass'
              : 'not-applicable'
    const reasons: Readonly<Record<Verdict, string>> = {
      fail: `${named(fail)} ${verb(fail, 'fails', 'fail')}`,
      unknown:
        own.length === 0
          ? 'no control of this item was run'
          : `${named(unknown)} could not be decided${missingOf(unknown)}`,
      waived: `what ${named(waived)} found is waived`,
      pass: `${named(pass)} ${verb(pass, 'passes', 'pass')}`,
      'not-applicable': 'the input holds nothing that this item speaks of',
    }
    return {
      item,
      verdict,
      counts: {
        pass: pass.length,
        fail: fail.length,
        unknown: unknown.length,
        notApplicable: none.length,
        waived: waived.length,
      },
      reason: reasons[verdict],
    }
  })
}

const clusterName = (resource: ResourceIdentity): string | undefined =>
  'type' in resource && /\/managedclusters(\/|$)/i.test(resource.type) ? resource.name : undefined

/** Where several clusters are judged, the worst decides, and the reason says which those are. */
const clustersIn = (entries: readonly Judged[], findings: readonly Finding[], several: boolean): string => {
  if (!several) return ''
  const ids = new Set(entries.map(({ control }) => control.id))
  const names = new Set(
    findings.filter(({ controlId }) => ids.has(controlId)).flatMap(({ resource }) => clusterName(resource) ?? []),
  )
  return names.size === 0 ? '' : ` (cluster ${[...names].sort().join(', ')})`
}

/** Controls with a finding of severity high or critical: one that only warns, at a lower one, does not make a no. */
const graveControls = (findings: readonly Finding[]): ReadonlySet<string> =>
  new Set(
    findings
      .filter(({ severity, waiver }) => waiver === undefined && (severity === 'critical' || severity === 'high'))
      .map(({ controlId }) => controlId),
  )

/**
 * `no`: a core control fails with a finding of severity high or critical. `partly`: another core one fails, or some pass and some are unknown.
 * `unknown`: none is decided. `yes`: all are decided and none fails.
 */
export const answerQuestions = (
  catalogue: Catalogue,
  verdicts: readonly ControlVerdict[],
  findings: readonly Finding[],
  severalClusters: boolean,
): readonly QuestionAnswer[] => {
  const core = judged(catalogue, verdicts).filter(({ control }) => control.tier === 'core')
  const graveIds = graveControls(findings)
  return catalogue.questions.map((question) => {
    const own = core.filter(({ control }) => catalogue.questionsOf(control.id).includes(question.id))
    const fail = having(own, 'fail')
    const grave = fail.filter(({ control }) => graveIds.has(control.id))
    const unknown = having(own, 'unknown')
    const good = [...having(own, 'pass'), ...having(own, 'waived')]
    const items = catalogue.items.filter(({ questions }) => questions.includes(question.id)).map(({ id }) => id)
    const answer = (given: Answer, reason: string): QuestionAnswer => ({ question, answer: given, items, reason })
    if (grave.length > 0)
      return answer(
        'no',
        `${named(grave)} ${verb(grave, 'fails', 'fail')}${clustersIn(grave, findings, severalClusters)}`,
      )
    if (fail.length > 0)
      return answer(
        'partly',
        `${named(fail)} ${verb(fail, 'fails', 'fail')}${clustersIn(fail, findings, severalClusters)}`,
      )
    if (good.length === 0) {
      return answer(
        'unknown',
        unknown.length === 0 ? 'the input holds nothing that decides it' : `nothing decides it${missingOf(unknown)}`,
      )
    }
    if (unknown.length > 0) {
      return answer(
        'partly',
        `${good.length} of ${good.length + unknown.length} controls pass; ${named(unknown)} could not be decided${missingOf(unknown)}`,
      )
    }
    return answer('yes', good.length === 1 ? `${named(good)} passes` : `all ${good.length} controls pass`)
  })
}
