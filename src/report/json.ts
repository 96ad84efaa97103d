import type { Report } from './build'

/** The report as JSON text, two spaces deep, ending with a newline. The same report gives the same bytes. */
export const formatJson = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`
