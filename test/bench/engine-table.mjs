const time = (milliseconds) =>
  milliseconds < 0.1
    ? `${(milliseconds * 1000).toFixed(1)} µs`
    : `${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms`

const row = (cells) => `| ${cells.join(' | ')} |`

/** The measurements of `engine.mjs` as Markdown. */
export const engineTableOf = ({ shapes, node }) =>
  [
    row(['shape', 'this engine', 'opa-wasm', 'by hand', 'opa-wasm / this engine']),
    row(['---', '---:', '---:', '---:', '---:']),
    ...shapes.map(({ says, ours, opaWasm, byHand, faster }) =>
      row([says, time(ours), time(opaWasm), time(byHand), faster.toFixed(1)]),
    ),
    '',
    `Node ${node}.`,
  ].join('\n')
