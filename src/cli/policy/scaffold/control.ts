import { SAMPLE_KINDS, sampleManifest } from './sample-manifest'

/** A file to be written, its path below the pack's folder. */
export interface NewFile {
  readonly path: string
  readonly text: string
}

export interface NewControl {
  /** `ACME-01` */
  readonly id: string
  /** `O1` */
  readonly item: string
  /** The folder and last part of the package: `owner_label`. */
  readonly name: string
  readonly kinds: readonly string[]
}

export { SAMPLE_KINDS }

/** A control that asks for a label, its cases and its Rego test: complete, and meant to be changed. */
export const controlFiles = (control: NewControl): readonly NewFile[] => {
  const folder = `controls/${control.item.toLowerCase()}/${control.name}`
  return [
    { path: `${folder}/${control.name}.rego`, text: regoOf(control) },
    { path: `${folder}/${control.name}_test.rego`, text: testOf(control) },
    { path: `${folder}/examples.yaml`, text: examplesOf(control) },
  ]
}

const spoken = (kinds: readonly string[]): string => {
  const names = kinds.map((kind) => (kind === 'workloads' ? 'workload' : kind))
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

const packageOf = ({ item, name }: NewControl): string => `controls.${item.toLowerCase()}.${name}`

const regoOf = (control: NewControl): string => `# METADATA
# title: Every ${spoken(control.kinds)} names the team that owns it
# description: |
#   Whoever sees an alert has to know whom to call. A label that names the owner says so wherever the object is shown,
#   and lets costs and findings be sorted by team.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
# custom:
#   id: ${control.id}
#   item: ${control.item}
#   severity: medium
#   tier: core
#   unit: resource
#   kinds: [${control.kinds.join(', ')}]
#   parameters:
#     label: owner
#     excludedNamespaces: aks
#   args: {label: string}
#   message: "{kind} {name} has no label {label}"
#   remediation: "Set the label {label} of {name} to the team that answers for it."
#   mappings:
#     house-rules: ["ownership"]
package ${packageOf(control)}

import data.lib.finding
import data.lib.workload

violation contains finding.at(0, path, {"label": label}) if {
	is_object(_labels)
	label := data.parameters["${control.id}"].label

	# An empty label names nobody.
	object.get(_labels, label, "") in {"", null}
	path := workload.nearest([], input.resource, ["metadata", "labels"])
}

undecided contains finding.unknown(0, ["metadata", "labels"], "labels that are a mapping") if not is_object(_labels)

# \`labels:\` with nothing under it is null, and means none.
default _labels := {}

_labels := labels if {
	labels := input.resource.metadata.labels
	labels != null
}
`

const testOf = (control: NewControl): string => `package ${packageOf(control)}_test

import data.${packageOf(control)}

_parameters := {"${control.id}": {"label": "owner"}}

_found(metadata) := found if {
	found := ${control.name}.violation with input.resource as {"metadata": metadata}
		with data.parameters as _parameters
}

test_no_labels_are_found_at_the_metadata if {
	_found({}) == {[0, ["metadata"], {"label": "owner"}]}
	_found({"labels": null}) == {[0, ["metadata"], {"label": "owner"}]}
}

test_an_empty_label_is_found_at_the_labels if {
	_found({"labels": {"app": "web", "owner": ""}}) == {[0, ["metadata", "labels"], {"label": "owner"}]}
}

test_an_owner_is_no_finding if {
	_found({"labels": {"owner": "team-shop"}}) == set()
}

test_labels_that_are_a_list_are_undecided if {
	metadata := {"labels": ["owner"]}
	_found(metadata) == set()
	count(${control.name}.undecided) == 1 with input.resource as {"metadata": metadata}
}
`

const caseOf = (title: string, fields: readonly string[], manifest: string): string =>
  [
    `- case: ${title}`,
    ...fields.map((field) => `  ${field}`),
    '  manifest: |',
    ...manifest.split('\n').map((line) => `    ${line}`),
    '',
  ].join('\n')

const examplesOf = ({ id, kinds: [first = 'Deployment', ...others] }: NewControl): string => {
  const mark = ` # finding ${id}`
  return [
    caseOf('It has no labels', ['verdict: fail'], sampleManifest(first, { mark })),
    caseOf(
      'Its labels name no owner',
      ['verdict: fail'],
      sampleManifest(first, { labels: `labels:${mark}\n  app: web` }),
    ),
    caseOf(
      'Its owner is named',
      ['verdict: pass'],
      sampleManifest(first, { labels: 'labels:\n  app: web\n  owner: team-shop' }),
    ),
    caseOf(
      'The label has the name that the configuration says',
      ['verdict: pass', 'parameters: {label: contoso.example/team}'],
      sampleManifest(first, { labels: 'labels:\n  contoso.example/team: shop' }),
    ),
    caseOf('Its labels are a list', ['verdict: unknown'], sampleManifest(first, { labels: 'labels: [owner]' })),
    ...others.map((kind) => caseOf(`${kind} without labels`, ['verdict: fail'], sampleManifest(kind, { mark }))),
  ].join('\n')
}
