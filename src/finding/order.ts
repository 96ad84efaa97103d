import { SEVERITIES } from '../catalogue/control'
import type { Snapshot } from '../snapshot/snapshot'
import type { Finding } from './finding'

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Total and stable: by control, severity, source in the order given, line, column, then fingerprint. Without place first. */
export const compareFindings = (snapshot: Snapshot): ((a: Finding, b: Finding) => number) => {
  const sources = new Map<string, number>()
  for (const { source } of snapshot.documents) if (!sources.has(source)) sources.set(source, sources.size)
  const source = (finding: Finding): number =>
    finding.location === undefined ? -1 : (sources.get(finding.location.source) ?? -1)
  return (a, b) =>
    text(a.item, b.item) ||
    text(a.controlId, b.controlId) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    source(a) - source(b) ||
    (a.location?.start.line ?? 0) - (b.location?.start.line ?? 0) ||
    (a.location?.start.column ?? 0) - (b.location?.start.column ?? 0) ||
    text(a.fingerprint, b.fingerprint)
}
