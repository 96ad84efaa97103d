import type { Report } from './build'
import { formatJson } from './json'
import { formatText } from './text'

/** How a report is shown. Formats that need none of these ignore them. */
export interface FormatOptions {
  /** ANSI colours; default off. */
  readonly colour?: boolean
  /** Documents that were skipped are listed too. */
  readonly verbose?: boolean
}

const FORMATTERS = {
  json: formatJson,
  text: formatText,
} as const satisfies Readonly<Record<string, (report: Report, options: FormatOptions) => string>>

export type Format = keyof typeof FORMATTERS

/** The names of the formats. */
export const FORMATS: readonly Format[] = ['text', 'json']

/** Renders a report. */
export const formatReport = (report: Report, format: Format, options: FormatOptions = {}): string =>
  FORMATTERS[format](report, options)
