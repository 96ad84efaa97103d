/** A pod that breaks a critical control. */
export const PRIVILEGED = `apiVersion: v1
kind: Pod
metadata: {name: probe, namespace: shop}
spec:
  containers:
    - name: probe
      image: contoso.azurecr.io/probe:1.0
      securityContext: {privileged: true}
`

/** A document that no control of severity high or critical objects to. */
export const HARMLESS = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {level: info}
`

/** YAML that ends in the middle. */
export const BROKEN = `${HARMLESS}---\nkey: [1, 2\n`
