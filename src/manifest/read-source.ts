import * as E from 'fp-ts/Either'
import { type Problem, problem } from '../problem'
import { DEFAULT_LIMITS, type Document, type Limits, type Reading, type Source } from './document'
import { decodeText } from './encoding'
import { jsonPlaces } from './json/places'
import { looksLikeJson, readJson } from './json/read-json'
import { skipValue } from './json/scan'
import { type Lines, linesOf } from './lines'
import { placeAt } from './place'
import { type Refusal, Refused, syntax, toProblem } from './refusal'
import { bicepTemplate, HELM, helmActionNear, holdsHelmAction, readableTemplate } from './template'
import { splitDocuments } from './yaml/split'
import { findScalar, type Node, type Part, parseYaml } from './yaml/syntax-tree'
import { placesOf } from './yaml/tree-places'
import { readValue } from './yaml/value'

/** A source while it is read. */
interface Draft {
  readonly name: string
  readonly text: string
  readonly lines: Lines
  readonly limits: Limits
  readonly documents: Document[]
  readonly problems: Problem[]
}

/**
 * Reads a source as kubectl does: JSON, several JSON values, or YAML documents. Never throws; what cannot be read is a problem with its
 * place, and every other document is read.
 */
export const readSource = ({ name, text: given }: Source, overrides: Partial<Limits> = {}): Reading => {
  const limits = { ...DEFAULT_LIMITS, ...overrides }
  if (given.length > limits.bytes)
    return failed(problem('source-limit', { source: name, limit: 'bytes', allowed: limits.bytes }))
  const decoded = decodeText(given)
  if (E.isLeft(decoded)) return failed(problem('source-encoding', { source: name, encoding: decoded.left }))
  const text = decoded.right
  const bicep = bicepTemplate(name, text)
  const lines = linesOf(text)
  if (bicep !== undefined) return failed(problem('template', bicep, { source: name, ...lines.range(0, 0) }))
  const draft: Draft = { name, text, lines, limits, documents: [], problems: [] }
  if (!looksLikeJson(text) || !addJson(draft)) addYaml(draft)
  return { documents: draft.documents, problems: draft.problems }
}

const failed = (found: Problem): Reading => ({ documents: [], problems: [found] })

const refuse = (draft: Draft, refusal: Refusal): void => {
  draft.problems.push(toProblem(refusal, draft.name, draft.lines, draft.text.length))
}

const addDocument = (draft: Draft, document: Omit<Document, 'source' | 'index' | 'lineText'>): void => {
  if (document.value === null) return
  const template = readableTemplate(document.value)
  if (template !== undefined) {
    draft.problems.push(problem('template', template, { source: draft.name, ...document.locate([]) }))
    return
  }
  draft.documents.push({ source: draft.name, index: draft.documents.length, lineText: draft.lines.text, ...document })
}

/** False where the text is not JSON after all. */
const addJson = (draft: Draft): boolean => {
  const { name, text, lines, limits } = draft
  try {
    const readings = readJson(name, text, limits)
    if (readings === undefined) return false
    for (const { start, end, value, duplicates } of readings) {
      if (value === undefined) {
        addPart(draft, start, end)
        continue
      }
      const places = jsonPlaces(text, start, value)
      addDocument(draft, {
        value,
        locate: (path) => {
          const span = places(path)
          return lines.range(span.start, span.end)
        },
      })
      for (const duplicate of duplicates) refuse(draft, duplicate)
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    refuse(draft, error.refusal)
  }
  return true
}

const addYaml = (draft: Draft): void => {
  for (const { start, end } of splitDocuments(draft.text)) addPart(draft, start, end)
}

/** What go-yaml calls unprintable: a file that is no text at all is told by it. */
const CONTROL = /(?![\t\n\r\u0085])\p{Cc}/u

const addPart = (draft: Draft, start: number, end: number): void => {
  const { name, text, limits } = draft
  const part: Part = { source: name, text, start, end }
  try {
    if (end - start > limits.yamlDocumentBytes) throw new Refused(tooLarge(part, limits))
    const control = text.slice(start, end).search(CONTROL)
    if (control !== -1) throw new Refused(syntax('Control characters are not allowed', start + control))
    parseYaml(part, limits).forEach((node, at) => {
      addNode(draft, part, node, at)
    })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    refuse(draft, asTemplate(part, error.refusal) ?? error.refusal)
  }
}

/** A download of JSON that broke off is large and no JSON; the limit of YAML would be the wrong thing to say. */
const tooLarge = ({ source, text, start, end }: Part, limits: Limits): Refusal =>
  looksLikeJson(text.slice(start, start + 64)) && !isClosed(text.slice(start, end).trim())
    ? syntax('The text ends before all its brackets are closed', end - 1, end)
    : { code: 'source-limit', data: { source, limit: 'bytes', allowed: limits.yamlDocumentBytes }, start, end }

const isClosed = (text: string): boolean => '}]'.includes(text.charAt(skipValue(text, 0) - 1) || 'x')

const asTemplate = ({ text, start, end }: Part, refusal: Refusal): Refusal | undefined => {
  if (refusal.code !== 'syntax') return undefined
  const action = helmActionNear(text.slice(start, end), refusal.start - start)
  if (action === undefined) return undefined
  return { code: 'template', data: HELM, start: start + action, end: start + action + 2 }
}

/** The tree is let go once its value is read; it is made again for the few documents whose places are asked for. */
const addNode = (draft: Draft, part: Part, node: Node, at: number): void => {
  const action = findScalar(node, ({ plain, text }) => plain && holdsHelmAction(text))
  if (action !== undefined) throw new Refused({ code: 'template', data: HELM, start: action.start, end: action.end })
  const { value, duplicates } = readValue(node, draft.name, draft.limits)
  let root: ReturnType<typeof placesOf> | undefined
  const places = (): ReturnType<typeof placesOf> => {
    if (root === undefined) {
      const again = parseYaml(part, draft.limits)[at]
      if (again === undefined) throw new Refused(syntax('The document changed', part.start))
      root = placesOf(again)
    }
    return root
  }
  addDocument(draft, {
    value,
    locate: (path) => {
      const place = placeAt(places(), path)
      return draft.lines.range(place.start, place.end)
    },
  })
  for (const duplicate of duplicates) refuse(draft, duplicate)
}
