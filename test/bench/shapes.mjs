const deployment = (n) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: `web-${n}`,
    namespace: `team-${n % 40}`,
    labels: { app: `web-${n}`, tier: 'front', 'app.kubernetes.io/part-of': 'shop' },
  },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: `web-${n}` } },
    template: {
      metadata: { labels: { app: `web-${n}` } },
      spec: {
        serviceAccountName: 'web',
        containers: [0, 1].map((c) => ({
          name: `c${c}`,
          image: `contoso.azurecr.io/web-${n}:1.${c}`,
          ports: [{ containerPort: 8080 + c }],
          resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: c === 0 ? { memory: '128Mi' } : {} },
          securityContext: { privileged: n % 500 === 0 && c === 1, runAsNonRoot: true },
        })),
      },
    },
  },
})

const many = () => ({ items: Array.from({ length: 4_000 }, (_, n) => deployment(n)) })
const one = () => deployment(1)

/** The same by hand. */
export const BY_HAND = {
  large_input: ({ items }) => [
    ...new Set(
      items
        .filter(({ spec }) =>
          spec.template.spec.containers.some(({ securityContext }) => securityContext?.privileged === true),
        )
        .map(({ metadata }) => metadata.name),
    ),
  ],
  small_input: ({ spec }) =>
    spec.template.spec.containers
      .filter(({ resources }) => resources?.limits?.memory === undefined)
      .map(({ name }) => ({ container: name, missing: 'memory' })),
  large_result: ({ items }) =>
    items.map(({ metadata }, ref) => ({
      ref,
      name: metadata.name,
      path: ['spec', 'template', 'spec'],
      labels: metadata.labels,
    })),
  large_set: (input) => BY_HAND.large_result(input),
  made_result: ({ n }) =>
    Array.from({ length: n }, (_, i) => ({
      control: 'privileged-container',
      ref: i + 1,
      path: ['spec', 'template', 'spec', 'containers', 0, 'securityContext', 'privileged'],
      resource: { kind: 'Deployment', namespace: 'shop', name: `web-${i + 1}` },
      message: 'The container runs privileged: it has every right of the node. Set privileged to false.',
    })),
  made_set: (input) => BY_HAND.made_result(input),
  builtin_often: ({ n }) => Array.from({ length: n }, (_, i) => `pod-${i + 1}`).filter((text) => text !== '').length,
  builtin_large: ({ text }) => Array.from({ length: 50 }, (_, i) => text + i).filter((made) => isJson(made)).length,
}

const isJson = (text) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/**
 * What is asked of them, of one instance again and again or of a fresh one each time. Inputs are made where they are asked for: a large one, which is not,
 * would be looked through at each collection of garbage. `target` is how many times as fast as opa-wasm this engine is to be: as fast, or twice where results are
 * large or builtins are called often.
 */
export const SHAPES = [
  { entrypoint: 'large_input', says: '4,000 Deployments in, 8 names out', target: 1, input: many },
  { entrypoint: 'small_input', says: 'one Deployment in, one finding out', target: 1, input: one },
  { entrypoint: 'large_result', says: '4,000 Deployments in, an array of 4,000 objects out', target: 2, input: many },
  { entrypoint: 'large_set', says: '4,000 Deployments in, a set of 4,000 objects out', target: 2, input: many },
  { entrypoint: 'large_result', says: 'the array; the first evaluation', target: 2, input: many, fresh: true },
  { entrypoint: 'large_set', says: 'the set; the first evaluation', target: 2, input: many, fresh: true },
  {
    entrypoint: 'made_result',
    says: 'a number in, an array of 4,000 findings out',
    target: 2,
    input: () => ({ n: 4_000 }),
  },
  { entrypoint: 'made_set', says: 'a number in, a set of 4,000 findings out', target: 2, input: () => ({ n: 4_000 }) },
  { entrypoint: 'small_input', says: 'one finding out; the first evaluation', target: 1, input: one, fresh: true },
  { entrypoint: 'builtin_often', says: '20,000 calls of `sprintf`', target: 2, input: () => ({ n: 20_000 }) },
  {
    entrypoint: 'builtin_large',
    says: '50 calls of `sprintf` with 100 KB',
    target: 2,
    input: () => ({ text: '"'.padEnd(100_000, 'x') }),
  },
]
