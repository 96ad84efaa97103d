import { BuiltinRefusal } from '../../../builtin'
import type { RegoValue } from '../../../value'

const ROOT = '(Root)'

/** A value within the instance that is validated, and where it stands. */
export class Place {
  readonly #followed = new Set<string>()

  constructor(
    readonly value: RegoValue,
    private readonly key = ROOT,
    private readonly parent?: Place,
  ) {}

  /** The place of a member or an element. */
  at(key: string, value: RegoValue): Place {
    return new Place(value, key, this)
  }

  /** The name of a member, which OPA says to stand where the object does. */
  name(name: string): Place {
    return new Place(name, this.key, this.parent)
  }

  /** The keys that lead here, with dots between them. */
  get field(): string {
    return this.#path.replace(/^\(Root\)\./, '')
  }

  get #path(): string {
    return this.parent === undefined ? this.key : `${this.parent.#path}.${this.key}`
  }

  /** Work under a reference. One that leads back to itself without a step into the instance has no end, in OPA neither. */
  follow<A>(reference: string, work: () => A): A {
    if (this.#followed.has(reference)) throw new BuiltinRefusal('a reference of the schema leads back to itself')
    this.#followed.add(reference)
    const done = work()
    this.#followed.delete(reference)
    return done
  }
}
