const time = (milliseconds) =>
  milliseconds < 0.1
    ? `${(milliseconds * 1000).toFixed(1)} µs`
    : `${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms`

const row = (cells) => `| ${cells.join(' | ')} |`

const shapes = (measured) => [
  row([
    ...['shape', 'this engine', 'opa-wasm', 'by hand'],
    ...['opa-wasm / this engine', 'target', 'over the same module', 'by text at most'],
  ]),
  row(['---', '---:', '---:', '---:', '---:', '---:', '---:', '---:']),
  ...measured.map(({ says, ours, opaWasm, byHand, faster, target, fasterOverSame, atMost }) =>
    row([
      says,
      time(ours),
      time(opaWasm),
      time(byHand),
      faster.toFixed(2),
      `≥ ${target}`,
      ...[fasterOverSame, atMost].map((ratio) => ratio?.toFixed(2) ?? ''),
    ]),
  ),
]

const loading = ({ bytes, compile, ours, opaWasm }) =>
  `Loading the checklist's module of ${Math.round(bytes / 1000)} KB: ${time(ours)}, of which the runtime's compiler takes ${time(compile)}; opa-wasm ${time(opaWasm)}.`

const COLUMNS = 3

const builtins = (measured) => {
  const cells = measured.map(({ name, perSecond }) => [
    `\`${name}\``,
    Math.round(perSecond / 1_000).toLocaleString('en-US'),
  ])
  const lines = Array.from({ length: Math.ceil(cells.length / COLUMNS) }, (_, line) =>
    row(
      Array.from(
        { length: COLUMNS },
        (_, column) => cells[column * Math.ceil(cells.length / COLUMNS) + line] ?? ['', ''],
      ).flat(),
    ),
  )
  return [
    row(Array.from({ length: COLUMNS }, () => ['builtin', '1,000 calls a second']).flat()),
    row(Array.from({ length: COLUMNS }, () => ['---', '---:']).flat()),
    ...lines,
  ]
}

/** The measurements of `engine.mjs` as Markdown. */
export const engineTableOf = (measured) =>
  [...shapes(measured.shapes), '', loading(measured.loading), '', ...builtins(measured.builtins)].join('\n')
