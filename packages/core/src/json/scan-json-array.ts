const quote = 0x22
const backslash = 0x5c
const openers = new Set([0x5b, 0x7b])
const closers = new Set([0x5d, 0x7d])
const comma = 0x2c
const whitespace = new Set([0x20, 0x09, 0x0a, 0x0d])

export type ArrayElement = { start: number; end: number }

export type ArrayScan = {
  /** Feeds the next bytes of the file; returns the elements that ended in them. */
  push(chunk: Uint8Array): ArrayElement[]
  /**
   * Call at the end of the file. `tail` is where an unfinished element begins, null when complete;
   * `rest` is where something follows the array, null when nothing does.
   */
  finish(): { isArray: boolean; tail: number | null; rest: number | null }
}

/**
 * Finds the elements of a top-level JSON array by brackets and quotes alone, a chunk at a time, so
 * that a file of any size is indexed in constant memory and a cut one up to its last whole element.
 * Offsets are bytes from the start of the file, `end` exclusive.
 */
export function createArrayScan(): ArrayScan {
  let offset = 0
  let state: "before" | "inside" | "after" | "not_array" = "before"
  let depth = 0
  let inString = false
  let escaped = false
  let elementStart = -1
  let lastContent = -1
  let rest: number | null = null

  const step = (byte: number, elements: ArrayElement[]) => {
    if (inString) {
      if (escaped) escaped = false
      else if (byte === backslash) escaped = true
      else if (byte === quote) inString = false
      lastContent = offset
      return
    }
    if (whitespace.has(byte)) return
    if (state === "before") {
      if (offset < 3 && (byte === 0xef || byte === 0xbb || byte === 0xbf)) return
      state = byte === 0x5b ? "inside" : "not_array"
      return
    }
    if (state === "after") rest ??= offset
    if (state !== "inside") return
    const endsElement = depth === 0 && (byte === comma || byte === 0x5d)
    if (endsElement) {
      if (elementStart >= 0) elements.push({ start: elementStart, end: lastContent + 1 })
      elementStart = -1
      if (byte === 0x5d) state = "after"
      return
    }
    if (elementStart < 0) elementStart = offset
    lastContent = offset
    if (byte === quote) inString = true
    else if (openers.has(byte)) depth++
    else if (closers.has(byte)) depth--
  }

  return {
    push(chunk) {
      const elements: ArrayElement[] = []
      for (const byte of chunk) {
        step(byte, elements)
        offset++
      }
      return elements
    },
    finish: () => ({
      isArray: state === "inside" || state === "after",
      tail: state === "inside" ? (elementStart >= 0 ? elementStart : offset) : null,
      rest,
    }),
  }
}
