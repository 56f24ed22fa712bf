import type { JsonObject, JsonValue } from "./json-value.ts"

/** Raised by {@link parseJson}; `offset` counts UTF-16 units from the start of the text. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError"
  readonly offset: number
  /** The text ended before the value did. */
  readonly truncated: boolean

  constructor({
    reason,
    offset,
    truncated,
  }: { reason: string; offset: number; truncated: boolean }) {
    super(`${reason} at offset ${offset}`)
    this.offset = offset
    this.truncated = truncated
  }
}

const defaultMaximumDepth = 1_000
const numberToken = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y
const whitespace = /[ \t\n\r]*/y
const literals: [string, JsonValue][] = [
  ["true", true],
  ["false", false],
  ["null", null],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]

/**
 * Parses JSON without losing a digit: integers become `bigint`, floats `number`. Beyond the standard
 * it takes what Python's `json` writes and reads: `NaN`, `Infinity`, `-Infinity`, control characters
 * in strings, a byte order mark. Of equal keys the last one wins, as in Python. `maximumDepth` counts
 * levels of nesting.
 *
 * @throws {JsonSyntaxError} for anything else; `truncated` tells a cut text from a wrong one.
 */
export function parseJson(
  text: string,
  { maximumDepth = defaultMaximumDepth }: { maximumDepth?: number } = {},
): JsonValue {
  let position = text.charCodeAt(0) === 0xfeff ? 1 : 0

  const fail = (reason: string): never => {
    throw new JsonSyntaxError({ reason, offset: position, truncated: position >= text.length })
  }

  const skipWhitespace = () => {
    whitespace.lastIndex = position
    whitespace.test(text)
    position = whitespace.lastIndex
  }

  const parseString = (): string => {
    const start = position
    let end = position + 1
    for (;;) {
      end = text.indexOf('"', end)
      if (end < 0) {
        position = text.length
        return fail("unterminated string")
      }
      let backslashes = 0
      while (text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes++
      if (backslashes % 2 === 0) break
      end++
    }
    position = end + 1
    const body = text.slice(start + 1, end)
    return body.includes("\\") ? decodeEscapes(body, start) : body
  }

  const decodeEscapes = (body: string, start: number): string => {
    try {
      return JSON.parse(`"${body.replaceAll(controlCharacter, escapeControlCharacter)}"`)
    } catch {
      position = start
      return fail("invalid escape in a string")
    }
  }

  const parseNumberOrLiteral = (): JsonValue => {
    for (const [word, value] of literals) {
      if (text.startsWith(word, position)) {
        position += word.length
        return value
      }
    }
    numberToken.lastIndex = position
    const match = numberToken.exec(text)
    if (match === null) {
      const rest = text.slice(position, position + 10)
      if (text.length - position < 10 && literals.some(([word]) => word.startsWith(rest))) {
        position = text.length
      }
      return fail("expected a value")
    }
    position = numberToken.lastIndex
    const isFloat = match[1] !== undefined || match[2] !== undefined
    return isFloat || match[0] === "-0" ? Number(match[0]) : BigInt(match[0])
  }

  const parseArray = (depth: number): JsonValue[] => {
    const items: JsonValue[] = []
    position++
    skipWhitespace()
    if (text[position] === "]") {
      position++
      return items
    }
    for (;;) {
      items.push(parseValue(depth + 1))
      skipWhitespace()
      const next = text[position]
      if (next !== "," && next !== "]") return fail('expected "," or "]"')
      position++
      if (next === "]") return items
    }
  }

  const parseObject = (depth: number): JsonObject => {
    const object: JsonObject = Object.create(null)
    position++
    skipWhitespace()
    if (text[position] === "}") {
      position++
      return object
    }
    for (;;) {
      skipWhitespace()
      if (text[position] !== '"') return fail("expected a key")
      const key = parseString()
      skipWhitespace()
      if (text[position] !== ":") return fail('expected ":"')
      position++
      object[key] = parseValue(depth + 1)
      skipWhitespace()
      const next = text[position]
      if (next !== "," && next !== "}") return fail('expected "," or "}"')
      position++
      if (next === "}") return object
    }
  }

  const parseValue = (depth: number): JsonValue => {
    if (depth > maximumDepth) return fail(`nested deeper than ${maximumDepth} levels`)
    skipWhitespace()
    const first = text[position]
    if (first === '"') return parseString()
    if (first === "{") return parseObject(depth)
    if (first === "[") return parseArray(depth)
    return parseNumberOrLiteral()
  }

  const value = parseValue(0)
  skipWhitespace()
  if (position < text.length) fail("unexpected text after the value")
  return value
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: Python writes and accepts them in strings
const controlCharacter = /[\u0000-\u001f]/g

function escapeControlCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
}
