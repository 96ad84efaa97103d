/** Puts the functions of this folder, written in AssemblyScript, in place of those of OPA's runtime with the same names. */
import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'
import binaryen from 'binaryen'

const here = dirname(fileURLToPath(import.meta.url))

/**
 * The runtime that was looked through: where OPA's build has put the code of a replaced function into another one, that one is replaced too
 * (`copy.ts`), and nothing else depends on how entries are hashed, found or walked, or on where the index of an element stands. Another one has to be
 * looked through again, by the callers of `opa_value_hash`, `opa_value_iter`, `opa_value_get` and `opa_malloc`, and what walks buckets of itself.
 */
const LOOKED_THROUGH = 'bcdcf035ee3fed5340ca1b9a90a9b1f9ea5f1b6d17b501b7bdd7bdcedb20af0c'

/**
 * From here to its end the first data of that runtime is tables of RE2, which functions of RE2 alone refer to: constants of this size elsewhere are powers of ten. Modules
 * without regular expressions do without (`rego/tables.go`).
 */
const REGEXP_TABLES = 79_240

/** What stands before the name of an import that means the function that was replaced, and behind the name that it has then. */
const [REPLACED, WAS] = ['replaced_', '.replaced']

/** The functions of this folder as text, without the rest of a module. */
const compile = async () => {
  let text = ''
  const { error, stderr } = await asc.main(
    [
      'index.ts',
      '--baseDir',
      here,
      '--textFile',
      'text',
      '--outFile',
      'binary',
      ...'-O3 --noAssert --runtime stub --importMemory --debug'.split(' '),
    ],
    {
      writeFile: (name, contents) => {
        if (name === 'text') text = contents
      },
    },
  )
  if (error || stderr.toString() !== '') throw new Error(`${stderr}${error ?? ''}`)
  return text
}

/** The functions of a module's text, by their names. */
const functionsIn = (text) =>
  new Map([...text.matchAll(/^ \(func (\S+) [\s\S]*?^ \)\n/gm)].map(([body, name]) => [name, body]))

const namesIn = (text, pattern) => [...text.matchAll(pattern)].map(([, name]) => name)

const callsIn = (body) => new Set(namesIn(body, /call \$([^\s)]+)/g))

// The allocator (`malloc.c`) has a list of free blocks for each of a few sizes and gives a block of the next size; these are rows of
// { fixed: 1, size, six words of the list }. A number is 24 bytes long and the buckets of a small object 32, which take 64 in OPA's own sizes.
const SIZES = [4, 8, 16, 64]
const SIZES_HERE = [8, 16, 32, 64]
/** The lists themselves, and those that an evaluation is begun with anew. */
const LISTS = 2

const rowsOf = (sizes) => Buffer.from(Uint32Array.from(sizes.flatMap((size) => [1, size, 0, 0, 0, 0, 0, 0])).buffer)

const withSizes = (module) => {
  const [theirs, ours] = [rowsOf(SIZES), rowsOf(SIZES_HERE)]
  const resized = Buffer.from(module)
  let lists = 0
  for (let at = resized.indexOf(theirs); at >= 0; at = resized.indexOf(theirs, at)) {
    ours.copy(resized, at)
    lists += 1
  }
  if (lists !== LISTS) throw new Error(`OPA's runtime has ${lists} lists of free blocks where ${LISTS} were expected`)
  return resized
}

/** The module's text with the heap behind the memory that the functions here have for themselves. */
const withMemory = (text, compiled) => {
  const constant = (name) =>
    new RegExp(`^ \\(global \\$\\w+/${name} i32 \\(i32.const (\\d+)\\)\\)$`, 'm').exec(compiled)?.[1]
  const [start, end] = [constant('INDICES'), constant('END_OF_INDICES')]
  const [, global] = /^ \(export "__heap_base" \(global (\S+)\)\)$/m.exec(text) ?? []
  const base = `(global ${global} i32 (i32.const ${start}))`
  if (end === undefined || !text.includes(base)) throw new Error(`OPA's runtime does not end at ${start}`)
  return text.replace(base, `(global ${global} i32 (i32.const ${end}))`)
}

const FUNCTION_NAMES = 1

/** A number as WebAssembly writes lengths: seven bits a byte, the last without the eighth. */
const leb = (number) => (number < 128 ? [number] : [(number & 127) | 128, ...leb(number >>> 7)])

const readLeb = (bytes, at) => {
  let [number, end] = [0, at]
  do {
    number |= (bytes[end] & 127) << (7 * (end - at))
    end += 1
  } while (bytes[end - 1] & 128)
  return { number, end }
}

/** A module's bytes with the names of its functions, by which OPA's compiler finds them; those of locals, made up here, would confuse it. */
const withFunctionNames = (module) => {
  binaryen.setDebugInfo(true)
  const [names] = WebAssembly.Module.customSections(new WebAssembly.Module(module.emitBinary()), 'name')
  binaryen.setDebugInfo(false)
  const bytes = new Uint8Array(names)
  for (let at = 0; at < bytes.length; ) {
    const { number: size, end } = readLeb(bytes, at + 1)
    if (bytes[at] === FUNCTION_NAMES) {
      const section = [...leb('name'.length), ...Buffer.from('name'), ...bytes.subarray(at, end + size)]
      return Buffer.concat([module.emitBinary(), Uint8Array.from([0, ...leb(section.length), ...section])])
    }
    at = end + size
  }
  throw new Error('the linked runtime has no names')
}

/**
 * @param opa what OPA's compiler embeds: `module`, its runtime, and `callGraph`, lines of `caller,callee` from which it knows what a policy needs
 * @returns the same with the functions replaced, and the address of the tables of regular expressions
 */
export const linkRuntime = async (opa) => {
  const digest = createHash('sha256').update(opa.module).digest('hex')
  if (digest !== LOOKED_THROUGH) throw new Error(`OPA's runtime is another one, ${digest}: see LOOKED_THROUGH`)
  const compiled = await compile()
  const imported = namesIn(compiled, /^ \(import "opa" "(\S+)"/gm)
  const exported = namesIn(compiled, /^ \(export "(\S+)" \(func/gm)
  const kept = imported.filter((name) => name.startsWith(REPLACED)).map((name) => name.slice(REPLACED.length))
  // A name that both sides know stands alone; what is only ours keeps its file before it.
  const known = new Set([...imported, ...exported])
  const nameOf = (name) => (name.startsWith(REPLACED) ? name.slice(REPLACED.length) + WAS : name)
  const ours = functionsIn(
    compiled.replace(/\$(\w+)\/(\w+)/g, (whole, _file, name) => (known.has(name) ? `$${nameOf(name)}` : whole)),
  )
  const text = binaryen.readBinary(opa.module).emitText()
  const theirs = functionsIn(text)

  let linked = withMemory(text, compiled)
  for (const name of exported) {
    const old = theirs.get(`$${name}`)
    if (old === undefined) throw new Error(`OPA's runtime has no function ${name}`)
    const was = kept.includes(name) ? old.replace(`$${name} `, `$${name}${WAS} `) : ''
    linked = linked.replace(old, () => was + ours.get(`$${name}`))
  }
  const added = [...ours].filter(([name]) => !exported.includes(name.slice(1))).map(([, body]) => body)
  const module = binaryen.parseText(linked.replace(/\)\s*$/, () => `${added.join('')})\n`))
  if (!module.validate()) throw new Error('the linked runtime is not valid')

  const graph = opa.callGraph
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [caller, callee] = line.split(',')
      if (!exported.includes(caller)) return [line]
      return kept.includes(caller) ? [`${caller}${WAS},${callee}`] : []
    })
  for (const [name, body] of ours) for (const callee of callsIn(body)) graph.push(`${name.slice(1)},${callee}`)
  return {
    module: withSizes(withFunctionNames(module)),
    callGraph: `${graph.join('\n')}\n`,
    regexpTables: REGEXP_TABLES,
  }
}
