import type { RegoTestReport } from '../test-rego'

/** The report as JSON text, two spaces deep, ending with a newline. */
export const testReportJson = (report: RegoTestReport): string => `${JSON.stringify(report, null, 2)}\n`
