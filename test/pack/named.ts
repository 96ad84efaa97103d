/** A checklist of one item. */
export const CHECKLIST = `phases: [{id: run, title: Run}]
questions: []
items: [{id: TEAM, phase: run, title: Teams, questions: [], links: []}]
`

/** With its constraint it finds each Deployment of the name `web`. */
export const TEMPLATE = `apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata: {name: named}
spec:
  crd: {spec: {names: {kind: Named}}}
  targets:
    - target: admission.k8s.gatekeeper.sh
      rego: |
        package named
        violation[{"msg": "named"}] { input.review.name == "web" }
`

export const CONSTRAINT = `apiVersion: constraints.gatekeeper.sh/v1beta1
kind: Named
metadata: {name: all}
spec: {match: {kinds: [{apiGroups: [apps], kinds: [Deployment]}]}}
`

export const TEMPLATE_AND_CONSTRAINT = `${TEMPLATE}---\n${CONSTRAINT}`
