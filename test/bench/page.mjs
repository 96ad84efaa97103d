import { readFileSync, writeFileSync } from 'node:fs'

/** Puts a table between the markers of a page, `<!-- name -->` and `<!-- /name -->`. */
export const writeInto = (page, name, table) => {
  const text = readFileSync(page, 'utf8')
  const [opening, closing] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [start, end] = [opening, closing].map((marker) => text.indexOf(marker))
  if (start < 0 || end < start) throw new Error(`${page} has no place for ${name}`)
  writeFileSync(page, `${text.slice(0, start)}${opening}\n\n${table}\n\n${text.slice(end)}`)
}
