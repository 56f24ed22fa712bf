import { isUtf8 } from "node:buffer"
import { createHash } from "node:crypto"
import { type FileHandle, open, stat } from "node:fs/promises"
import { ReasoningBankError } from "../errors.ts"
import { isJsonObject, type JsonValue } from "../json/json-value.ts"
import { JsonSyntaxError, parseJson } from "../json/parse-json.ts"
import { type ArrayElement, createArrayScan } from "../json/scan-json-array.ts"
import { stringifyJson } from "../json/stringify-json.ts"

/** One element of the file: a trace, or what stood in a trace's place. */
export type TracesFileEntry = {
  /** Position in the array, from 0. */
  index: number
  /** Its `id`, when it is an object with one; a number as its digits. */
  id: string | null
  /** What it is called where it has no id; by default its position. */
  name?: string
}

export type TracesFileElement = {
  value: JsonValue | null
  text: string
  /** False when its bytes are not UTF-8; they were then read as Windows-1252. */
  isUtf8: boolean
}

export type TracesFile = {
  path: string
  /** SHA-256 of the bytes, hex. */
  digest: string
  entries: TracesFileEntry[]
  /** Where a cut file stops making sense (byte offset), and its text from there; null when whole. */
  truncatedTail: { offset: number; text: string } | null
  /** What stands behind the end of the array, where nothing should; null when nothing does. */
  textAfterArray: { offset: number; text: string } | null
  /** The element, read from disk again; null when its JSON is malformed. */
  read(entry: TracesFileEntry): Promise<TracesFileElement>
  /** Raises `source:changed` when the file's bytes are not those that were indexed. */
  assertUnchanged(): Promise<void>
  close(): Promise<void>
}

const chunkBytes = 1 << 20
const maximumTailBytes = 1 << 26

/**
 * Indexes the legacy program's `traces.json`, a JSON array of traces, in constant memory per trace.
 * A file cut by a crash is read up to its last whole trace.
 *
 * @throws {ReasoningBankError} `source:traces_file` when it can not be read, is no array, or is cut
 * before its first trace ends, or has all its text behind an empty array.
 */
export async function openTracesFile(path: string): Promise<TracesFile> {
  const file = await openFile(path)
  try {
    return await indexFile({ file, path })
  } catch (error) {
    await file.close()
    throw error
  }
}

async function indexFile({ file, path }: { file: FileHandle; path: string }): Promise<TracesFile> {
  const { elements, digest, isArray, tail, rest, size } = await scan(file)
  const readText = async ({ start, end }: ArrayElement) => {
    const bytes = Buffer.alloc(end - start)
    await file.read(bytes, 0, bytes.length, start)
    const encoding = isUtf8(bytes) ? "utf-8" : "windows-1252"
    return { text: new TextDecoder(encoding).decode(bytes), isUtf8: encoding === "utf-8" }
  }

  if (size === 0) throw tracesFileError(`${path} is empty; it should be a JSON array of traces.`)
  if (!isArray) {
    const { text } = await readText({ start: 0, end: Math.min(size, 30) })
    throw tracesFileError(
      `${path} is not a JSON array of traces: it begins with ${JSON.stringify(text)}.`,
    )
  }
  if (tail !== null && elements.length === 0) {
    throw tracesFileError(`${path} is cut off before its first trace ends.`)
  }

  if (rest !== null && elements.length === 0) {
    throw tracesFileError(`${path} has no trace in its array, and text behind it.`)
  }

  const entries: TracesFileEntry[] = []
  for (const [index, element] of elements.entries()) {
    const { text } = await readText(element)
    entries.push({ index, id: idOf(parseOrNull(text)) })
  }
  const readTextFrom = async (offset: number | null) => {
    if (offset === null) return null
    const end = Math.min(size, offset + maximumTailBytes)
    return { offset, text: (await readText({ start: offset, end })).text }
  }

  return {
    path,
    digest,
    entries,
    truncatedTail: await readTextFrom(tail),
    textAfterArray: await readTextFrom(rest),
    async read({ index }) {
      const element = elements[index]
      if (element === undefined) throw new RangeError(`${path} has no element ${index}`)
      const content = await readText(element)
      return { value: parseOrNull(content.text), ...content }
    },
    async assertUnchanged() {
      const now = await openFile(path)
      try {
        if ((await scan(now)).digest === digest) return
      } finally {
        await now.close()
      }
      throw new ReasoningBankError({
        code: "source:changed",
        message: `${path} changed while it was read.`,
        hint: "Stop the programs that write to it and run the same command again.",
      })
    },
    close: () => file.close(),
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    // A pipe would be waited for when opened.
    if ((await stat(path)).isFile()) return await open(path, "r")
  } catch (cause) {
    throw tracesFileError(`The traces file ${path} can not be opened.`, cause)
  }
  throw tracesFileError(`The traces file ${path} is not a file.`)
}

async function scan(file: FileHandle) {
  const arrayScan = createArrayScan()
  const hash = createHash("sha256")
  const elements: ArrayElement[] = []
  const chunk = Buffer.alloc(chunkBytes)
  let size = 0
  for (;;) {
    const { bytesRead } = await file.read(chunk, 0, chunkBytes, size)
    if (bytesRead === 0) break
    const bytes = chunk.subarray(0, bytesRead)
    hash.update(bytes)
    elements.push(...arrayScan.push(bytes))
    size += bytesRead
  }
  return { elements, size, digest: hash.digest("hex"), ...arrayScan.finish() }
}

function parseOrNull(text: string): JsonValue | null {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof JsonSyntaxError) return null
    throw error
  }
}

function idOf(value: JsonValue): string | null {
  if (!isJsonObject(value)) return null
  const { id } = value
  if (typeof id === "string") return id === "" ? null : id
  return typeof id === "bigint" || typeof id === "number" ? stringifyJson(id) : null
}

function tracesFileError(message: string, cause?: unknown): ReasoningBankError {
  return new ReasoningBankError({
    code: "source:traces_file",
    message,
    hint: "Give the traces.json of the ReasoningBank with --traces-file; to go on without one, leave the option out and move the file away from the Chroma directory.",
    cause,
  })
}
