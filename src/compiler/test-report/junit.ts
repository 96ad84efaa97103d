import type { RegoTestReport, RegoTestResult } from '../test-rego'
import { expressionLines, reasonLines } from './reason'

/**
 * The report as JUnit XML, as continuous integration reads it: a suite for each source, and each case of a test for
 * itself.
 */
export const testReportJunit = ({ results }: RegoTestReport): string => {
  const sources = [...new Set(results.map(sourceOf))]
  const suites = sources.map((source) =>
    suite(
      source,
      results.filter((result) => sourceOf(result) === source),
    ),
  )
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites>${suites.join('')}`, '</testsuites>', ''].join('\n')
}

interface Entry {
  readonly result: RegoTestResult
  readonly name: string
  readonly outcome: RegoTestResult['outcome']
  readonly seconds: number
  readonly reason: readonly string[]
}

const sourceOf = ({ location }: RegoTestResult): string => location?.source ?? ''

/** A test is named after its package, and a case of an example after it and a slash; a sentence may hold dots and whatever else. */
const TEST = /^(data(?:\.\w+|\["(?:[^"\\]|\\.)*"\])*)(?:\.| \/ )((?:todo_)?test_.*|(?<= \/ ).*)$/s

const partsOf = ({ name }: RegoTestResult): { readonly classname: string; readonly own: string } => {
  const [, classname, own] = TEST.exec(name) ?? []
  return classname === undefined || own === undefined ? { classname: '', own: name } : { classname, own }
}

const entriesOf = (result: RegoTestResult): readonly Entry[] => {
  const name = partsOf(result).own
  const seconds = result.milliseconds / 1000
  const { cases = [] } = result
  if (cases.length === 0 || result.outcome === 'error') {
    return [{ result, name, outcome: result.outcome, seconds, reason: reasonLines(result) }]
  }
  return cases.map(({ path, outcome, failedAt }) => ({
    result,
    name: `${name}[${path.join('][')}]`,
    outcome,
    // What the whole test took is shared out, so that the sum is right.
    seconds: seconds / cases.length,
    reason: failedAt === undefined ? [] : expressionLines(failedAt),
  }))
}

const suite = (source: string, results: readonly RegoTestResult[]): string => {
  const entries = results.flatMap(entriesOf)
  const ended = (wanted: Entry['outcome']): string => String(entries.filter(({ outcome }) => outcome === wanted).length)
  const attributes = attributesText({
    name: source,
    tests: String(entries.length),
    failures: ended('fail'),
    errors: ended('error'),
    skipped: ended('skip'),
    time: secondsText(entries.reduce((sum, { seconds }) => sum + seconds, 0)),
  })
  return `\n  <testsuite${attributes}>${entries.map(testcase).join('')}\n  </testsuite>`
}

const testcase = (entry: Entry): string => {
  const { result, name, seconds } = entry
  const attributes = attributesText({
    name,
    classname: partsOf(result).classname,
    ...(result.location === undefined
      ? {}
      : { file: result.location.source, line: String(result.location.start.line) }),
    time: secondsText(seconds),
  })
  const inner = [ending(entry), printed(result)].filter((element) => element !== '').map((text) => `\n      ${text}`)
  return inner.length === 0
    ? `\n    <testcase${attributes}/>`
    : `\n    <testcase${attributes}>${inner.join('')}\n    </testcase>`
}

const ending = ({ outcome, reason, result }: Entry): string => {
  const text = escaped(reason.join('\n'))
  switch (outcome) {
    case 'pass':
      return ''
    case 'skip':
      return '<skipped/>'
    case 'fail':
      return `<failure${attributesText({ message: 'the test is false or undefined' })}>${text}</failure>`
    case 'error':
      return `<error${attributesText({ message: result.error?.message ?? '' })}>${text}</error>`
  }
}

const printed = ({ printed: text }: RegoTestResult): string =>
  text === undefined ? '' : `<system-out>${escaped(text)}</system-out>`

const secondsText = (seconds: number): string => seconds.toFixed(6)

const attributesText = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value).replace(/[\n\t]/g, (found) => `&#${found.charCodeAt(0)};`)}"`)
    .join('')

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as XML 1.0 can hold it: not even a reference may stand for most control characters. */
const escaped = (text: string): string =>
  text
    .replace(/(?![\n\r\t])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"]/g, (found) => ENTITIES[found] ?? found)
