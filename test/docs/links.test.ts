import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inPackage } from '../package/built'
import { page } from './sample'

const pages = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(inPackage('docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file))
    // What `npm run docs` writes.
    .filter((file) => !file.startsWith(join('docs', 'api'))),
]

/** A page without what stands in code. */
const prose = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, 'code')

/** The anchor that GitHub gives a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/ /g, '-')

const anchors = (text: string): readonly string[] =>
  [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchor(heading))

interface Link {
  readonly from: string
  readonly file: string
  readonly fragment: string
}

const linksOf = (from: string): readonly Link[] =>
  [...prose(page(from)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', fragment = ''] = target.split('#')
      return { from, file: path === '' ? from : normalize(join(dirname(from), path)), fragment }
    })

const links = pages.flatMap(linksOf)

describe('links between pages', () => {
  it('are found', () => {
    expect(pages.length).toBeGreaterThan(15)
    expect(links.length).toBeGreaterThan(20)
  })

  it('lead to files that exist', () => {
    expect(links.filter(({ file }) => !existsSync(inPackage(file)))).toEqual([])
  })

  it('lead to headings that exist', () => {
    const lost = links.filter(
      ({ file, fragment }) => fragment !== '' && file.endsWith('.md') && !anchors(page(file)).includes(fragment),
    )
    expect(lost).toEqual([])
  })

  it('lead from the README to every guide', () => {
    const reached = links.filter(({ from }) => from === 'README.md').map(({ file }) => file)
    const guides = readdirSync(inPackage('docs')).filter((file) => file.endsWith('.md'))
    expect(guides.filter((file) => !reached.includes(join('docs', file)))).toEqual([])
  })
})
