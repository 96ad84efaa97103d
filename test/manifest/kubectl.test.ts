import { describe, expect, it } from 'vitest'
import { readSource } from '../../src/manifest/index'
import table from './kubectl.json'

/**
 * What `sigs.k8s.io/yaml` v1.6.0, kubectl's reader, makes of each text, as JSON; null where it refuses the text.
 */
describe('YAML is read as kubectl reads it', () => {
  it.each(table)('%j', (text, json) => {
    const { documents, problems } = readSource({ name: 'table.yaml', text: String(text) })
    if (json === null) {
      expect(documents).toEqual([])
      expect(problems).toHaveLength(1)
    } else {
      expect(problems).toEqual([])
      expect(documents.map(({ value }) => value)).toEqual([JSON.parse(String(json))])
    }
  })
})
