/** ANSI styles, or the text as it is. */
export interface Style {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly green: (text: string) => string
  readonly yellow: (text: string) => string
  readonly cyan: (text: string) => string
}

const ESCAPE = String.fromCharCode(27)

const sgr =
  (open: number, close: number) =>
  (text: string): string =>
    text === '' ? '' : `${ESCAPE}[${open}m${text}${ESCAPE}[${close}m`

const same = (text: string): string => text

const COLOURED: Style = {
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  red: sgr(31, 39),
  green: sgr(32, 39),
  yellow: sgr(33, 39),
  cyan: sgr(36, 39),
}

const PLAIN: Style = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same }

export const styleOf = (colour: boolean): Style => (colour ? COLOURED : PLAIN)

/** Text of the input, safe to print: its own control characters would steer the terminal. */
export const printable = (text: string): string => text.replace(/[\n\t]/g, ' ').replace(/\p{Cc}/gu, '\ufffd')
