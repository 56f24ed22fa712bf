import { createHash } from "node:crypto"
import { readFile, realpath } from "node:fs/promises"
import { basename } from "node:path"
import { ReasoningBankError } from "../errors.ts"
import type { Reject } from "../interpretation/reject.ts"
import type { TracesFile } from "../interpretation/traces-file.ts"
import { isJsonObject } from "../json/json-value.ts"
import { objectOrNull } from "../json/parse-json-object.ts"
import { stringifyJson } from "../json/stringify-json.ts"
import type { MemorySource, SourceCollection, SourceRecord } from "../memory-source.ts"
import { parseRejectLine, recordOfReject } from "./reject-line.ts"

const defaultPageSize = 250

/**
 * Opens the rejects file of an earlier run, repaired, as a source: records as they were read, elements of `traces.json` with
 * their places there, items and rows. Raises `source:not_found` for no file and `usage` for a line that is no reject.
 */
export async function openRejectsSource(
  path: string,
): Promise<{ source: MemorySource; tracesFile: TracesFile | null }> {
  const text = await read(path)
  const digest = digestOf(text)
  const rejects = parseLines({ text, path })
  const location = await realpath(path)
  const records = rejects.flatMap(({ reject, line }): SourceRecord[] => {
    if (isTracesFileEntry(reject)) return []
    const record = recordOfReject(reject)
    if (record !== null) return [record]
    return [
      { id: reject.sourceId, document: line, metadata: null, embedding: null, dialect: "reject" },
    ]
  })
  const collection: SourceCollection = {
    ...{ tenant: "files", database: "rejects", name: basename(path), id: `rejects ${location}` },
    ...{ dimension: null, space: "cosine", recordCount: records.length },
  }
  const assertUnchanged = async () => {
    if (digestOf(await read(path)) === digest) return
    throw new ReasoningBankError({
      code: "source:changed",
      message: `${path} changed while it was replayed.`,
      hint: "Save it, close the editor, and run the same command again.",
    })
  }
  const source: MemorySource = {
    describe: () => ({ kind: "rejects-file", location: path, version: "1" }),
    collections: async () => [collection],
    async *records(_, { embeddings, pageSize = defaultPageSize }) {
      for (let start = 0; start < records.length; start += pageSize) {
        const page = records.slice(start, start + pageSize)
        yield embeddings ? page : page.map((record) => ({ ...record, embedding: null }))
      }
    },
    assertUnchanged,
    warnings: () => [],
    close: async () => {},
  }
  const entries = rejects.flatMap(({ reject }) => (isTracesFileEntry(reject) ? [reject] : []))
  return { source, tracesFile: tracesFileOf({ entries, path, digest, assertUnchanged }) }
}

type TracesFileReject = Reject & { place: { index: number } }

function isTracesFileEntry(reject: Reject): reject is TracesFileReject {
  return reject.place !== undefined && "index" in reject.place
}

function parseLines({ text, path }: { text: string; path: string }) {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return []
    const reject = parseRejectLine(line)
    if (!("problem" in reject)) return [{ reject, line }]
    throw new ReasoningBankError({
      code: "usage",
      message: `Line ${index + 1} of ${path} is no reject: ${reject.problem}.`,
      hint: "Give the migration-rejects file that a run wrote. Repair what is in content; keep kind, source_id, code, reason and place, each reject on one line.",
    })
  })
}

/** A text is the JSON of an element that could not be read; it may have been repaired where it stands. */
function tracesFileOf({
  entries,
  path,
  digest,
  assertUnchanged,
}: {
  entries: TracesFileReject[]
  path: string
  digest: string
  assertUnchanged: () => Promise<void>
}): TracesFile | null {
  if (entries.length === 0) return null
  const elements = entries.map(({ sourceId: name, content, place: { index } }) => {
    const value = typeof content === "string" ? objectOrNull(content) : content
    const text = typeof content === "string" ? content : stringifyJson(content)
    const id = isJsonObject(value) ? value.id : undefined
    return { index, value, text, name, id: typeof id === "string" && id !== "" ? id : null }
  })
  return {
    path,
    digest,
    entries: elements.map(({ index, id, name }) => ({ index, id, name })),
    truncatedTail: null,
    textAfterArray: null,
    async read({ index }) {
      const element = elements.find((candidate) => candidate.index === index)
      return { value: element?.value ?? null, text: element?.text ?? "", isUtf8: true }
    },
    assertUnchanged,
    close: async () => {},
  }
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8")
  } catch (cause) {
    throw new ReasoningBankError({
      code: "source:not_found",
      message: `The rejects file ${path} can not be read.`,
      hint: "Give the migration-rejects-….jsonl that an earlier run named.",
      cause,
    })
  }
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex")
}
