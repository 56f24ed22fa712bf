import { UnusableIndexError } from "./hnsw-header.ts"
import type { PickleInput } from "./pickle-input.ts"

/** What the machine can hold. A dictionary tells its entries to whoever wants them and forgets them. */
export type PickleValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | PickleDictionary
  | PickleMarker

export type PickleDictionary = {
  kind: "dictionary"
  set(key: PickleValue, value: PickleValue): void
}

/** Things without content: a mark on the stack, an empty tuple, a class, an instance of it. */
type PickleMarker = { kind: "mark" | "tuple" | "class" | "instance" }

const mark: PickleMarker = { kind: "mark" }
const emptyTuple: PickleMarker = { kind: "tuple" }
const permittedClass: PickleMarker = { kind: "class" }
const instance: PickleMarker = { kind: "instance" }

const className = "PersistentData"
const moduleName = "chromadb.segment.impl.vector.local_persistent_hnsw"

/**
 * Runs a pickle of plain data: strings, integers, None, booleans, dictionaries, and instances of the
 * one class that Python Chroma wrote, which stay inert. Everything else, above all the operations that
 * call or import something, is refused. Nothing is executed.
 *
 * @param dictionaryFor makes the dictionary whose key in the one around it is `name`; the outermost
 *   has no name.
 * @throws {UnusableIndexError}
 */
export function runPickle({
  input,
  dictionaryFor,
}: {
  input: PickleInput
  dictionaryFor: (name: string | undefined) => PickleDictionary
}): void {
  const stack: PickleValue[] = []
  const memo: PickleValue[] = []

  const pop = (): PickleValue => {
    const value = stack.pop()
    if (value === undefined) throw new UnusableIndexError("the pickle takes from an empty stack")
    return value
  }
  const popToMark = (): PickleValue[] => {
    const at = stack.lastIndexOf(mark)
    if (at < 0) throw new UnusableIndexError("the pickle misses a mark")
    const items = stack.splice(at + 1)
    stack.pop()
    return items
  }
  const topDictionary = (): PickleDictionary => {
    const top = stack.at(-1)
    if (typeof top !== "object" || top?.kind !== "dictionary") {
      throw new UnusableIndexError("the pickle sets a key of something that is no dictionary")
    }
    return top
  }
  const setItems = (items: PickleValue[]) => {
    const dictionary = topDictionary()
    if (items.length % 2 === 1) throw new UnusableIndexError("the pickle has a key without a value")
    for (let index = 0; index < items.length; index += 2) {
      dictionary.set(items[index] ?? null, items[index + 1] ?? null)
    }
  }
  const memoize = (at: number) => {
    const top = stack.at(-1)
    if (top === undefined || at !== memo.length) {
      throw new UnusableIndexError("the pickle's memo is out of order")
    }
    memo.push(top)
  }
  const recall = (at: number) => {
    const value = memo[at]
    if (value === undefined) throw new UnusableIndexError("the pickle recalls what it never kept")
    stack.push(value)
  }
  const permit = (module: PickleValue, name: PickleValue) => {
    if (module !== moduleName || name !== className) {
      throw new UnusableIndexError(`the pickle asks for ${String(module)}.${String(name)}`)
    }
    stack.push(permittedClass)
  }

  for (;;) {
    const operation = input.byte()
    switch (operation) {
      case 0x80: // PROTO
        if (input.byte() > 5) throw new UnusableIndexError("the pickle is of an unknown protocol")
        break
      case 0x95: // FRAME
        input.expect(Number(input.long(8)))
        break
      case 0x7d: {
        // EMPTY_DICT
        const name = stack.at(-1)
        stack.push(dictionaryFor(typeof name === "string" ? name : undefined))
        break
      }
      case 0x28: // MARK
        stack.push(mark)
        break
      case 0x58: // BINUNICODE
        stack.push(input.text(input.unsigned(4)))
        break
      case 0x8c: // SHORT_BINUNICODE
        stack.push(input.text(input.byte()))
        break
      case 0x8d: // BINUNICODE8
        stack.push(input.text(Number(input.long(8))))
        break
      case 0x4a: // BININT
        stack.push(input.unsigned(4) | 0)
        break
      case 0x4b: // BININT1
        stack.push(input.byte())
        break
      case 0x4d: // BININT2
        stack.push(input.unsigned(2))
        break
      case 0x8a: {
        // LONG1
        const length = input.byte()
        stack.push(BigInt.asIntN(8 * length, input.long(length)))
        break
      }
      case 0x4e: // NONE
        stack.push(null)
        break
      case 0x88: // NEWTRUE
        stack.push(true)
        break
      case 0x89: // NEWFALSE
        stack.push(false)
        break
      case 0x75: // SETITEMS
        setItems(popToMark())
        break
      case 0x73: {
        // SETITEM
        const value = pop()
        setItems([pop(), value])
        break
      }
      case 0x94: // MEMOIZE
        memoize(memo.length)
        break
      case 0x71: // BINPUT
        memoize(input.byte())
        break
      case 0x72: // LONG_BINPUT
        memoize(input.unsigned(4))
        break
      case 0x68: // BINGET
        recall(input.byte())
        break
      case 0x6a: // LONG_BINGET
        recall(input.unsigned(4))
        break
      case 0x93: {
        // STACK_GLOBAL
        const name = pop()
        permit(pop(), name)
        break
      }
      case 0x63: // GLOBAL
        permit(input.line(), input.line())
        break
      case 0x29: // EMPTY_TUPLE
        stack.push(emptyTuple)
        break
      case 0x81: // NEWOBJ
        if (pop() !== emptyTuple || pop() !== permittedClass) {
          throw new UnusableIndexError("the pickle makes an object out of something else")
        }
        stack.push(instance)
        break
      case 0x62: // BUILD
        topDictionary()
        pop()
        if (stack.at(-1) !== instance) {
          throw new UnusableIndexError("the pickle gives a state to something that is no object")
        }
        break
      case 0x2e: // STOP
        if (stack.length !== 1)
          throw new UnusableIndexError("the pickle ends with things left over")
        return
      default:
        throw new UnusableIndexError(
          `the pickle has the operation 0x${operation.toString(16)}, which no release of Chroma writes`,
        )
    }
  }
}
