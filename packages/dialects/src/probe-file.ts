import { open, readFile, stat } from "node:fs/promises"
import {
  type ForeignDialect,
  isJsonObject,
  type JsonObject,
  objectOrNull,
  openTracesFile,
} from "@reasoningbank/core"
import { openSqliteFile } from "@reasoningbank/sqlite"
import { dialectOfObject } from "./dialect-of-object.ts"
import { readJsonLines } from "./json-lines.ts"
import { columnNames, tableNames } from "./table-rows.ts"

export type Container = "sqlite" | "json-lines" | "json-array" | "json-object"

/** What a file holds; `dialect` is null when it is nothing that can be moved, and `what` says what it is then. */
export type Probe = {
  dialect: ForeignDialect | "chroma" | null
  container: Container
  what: string
}

const sqliteMagic = "SQLite format 3\0"
const linesLooked = 20

/** Looks into a file as far as it takes to tell whose it is. */
export async function probeFile(path: string): Promise<Probe> {
  const start = await readStart(path)
  if (start.startsWith(sqliteMagic)) return probeSqlite(path)
  const [first = ""] = start.replace(/^\ufeff/, "").trimStart()
  if (first === "[") return probeArray(path)
  const lines = await probeLines(path)
  if (lines.dialect !== null || first !== "{") return lines
  const whole = objectOrNull(await readFile(path, "utf8"))
  const container = "json-object"
  if (Array.isArray(whole?.memories)) return { dialect: "hanw39", container, what: "memories" }
  if (whole === null || lines.isJson) return lines
  return { dialect: null, container, what: `a JSON object with ${keysOf(whole)}` }
}

function keysOf(object: JsonObject): string {
  return Object.keys(object).slice(0, 8).join(", ") || "nothing"
}

async function readStart(path: string): Promise<string> {
  const { size } = await stat(path)
  const file = await open(path, "r")
  try {
    const length = Math.min(size, 4_096)
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, 0)
    return buffer.toString("latin1").startsWith(sqliteMagic) ? sqliteMagic : buffer.toString("utf8")
  } finally {
    await file.close()
  }
}

async function probeSqlite(path: string): Promise<Probe> {
  const { database, close } = await openSqliteFile({ file: path, temporaryDirectory: undefined })
  try {
    const tables = tableNames(database)
    const has = (...names: string[]) => names.every((name) => tables.includes(name))
    const container = "sqlite"
    if (has("collections", "segments", "embeddings_queue")) {
      return { dialect: "chroma", container, what: "a Chroma database" }
    }
    if (has("memory_items", "trajectories", "judgments")) {
      return { dialect: "la3d", container, what: "memories and trajectories of rlm" }
    }
    if (has("patterns") && columnNames(database, "patterns").includes("pattern_data")) {
      return { dialect: "agentic-flow", container, what: "patterns of agentic-flow" }
    }
    const names = tables.slice(0, 8).join(", ")
    return {
      dialect: null,
      container,
      what: `an SQLite database with the tables ${names || "none"}`,
    }
  } finally {
    await close()
  }
}

async function probeArray(path: string): Promise<Probe> {
  const container = "json-array"
  const file = await openTracesFile(path)
  try {
    for (const entry of file.entries.slice(0, linesLooked)) {
      const { value } = await file.read(entry)
      if (!isJsonObject(value)) continue
      const dialect = dialectOfObject(value)
      return { dialect, container, what: `a JSON array of objects with ${keysOf(value)}` }
    }
    return { dialect: null, container, what: "a JSON array without an object" }
  } finally {
    await file.close()
  }
}

async function probeLines(path: string): Promise<Probe & { isJson: boolean }> {
  const container = "json-lines"
  let looked = 0
  for await (const { value } of readJsonLines(path)) {
    if (value !== null) {
      const dialect = dialectOfObject(value)
      const isReject = ["kind", "source_id", "code", "content"].every((key) => key in value)
      const what = isReject
        ? "rejects of an earlier run, for pnpm migrate replay"
        : `lines of JSON with ${keysOf(value)}`
      return { dialect, container, what, isJson: true }
    }
    if (++looked === linesLooked) break
  }
  return { dialect: null, container, what: looked === 0 ? "empty" : "no JSON", isJson: false }
}
