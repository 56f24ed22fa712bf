import { basename } from "node:path"
import type { JsonObject, SourceRecord } from "@reasoningbank/core"
import { openSqliteFile, type SqliteDatabase, toSqliteError } from "@reasoningbank/sqlite"
import type { BankFile, BankFileSettings, BankList } from "./bank-file.ts"
import { createTableReader, type TableReader } from "./table-rows.ts"

/** Turns a row into a record. */
type ReadRow = (row: JsonObject, options: { embeddings: boolean }) => Omit<SourceRecord, "dialect">

/**
 * The SQLite file of LA3D's rlm, or of agentic-flow and claude-flow: traces first, then items. Not a byte beside the file is
 * written.
 */
export async function openSqliteBank({ path, dialect }: BankFileSettings): Promise<BankFile> {
  const { database, close } = await openSqliteFile({ file: path, temporaryDirectory: undefined })
  try {
    const lists = dialect === "la3d" ? la3dLists(database) : agenticFlowLists(database)
    const withDialect = lists.map((list) => ({
      ...list,
      async *records(options: Parameters<BankList["records"]>[0]) {
        try {
          for await (const record of list.records(options)) yield { ...record, dialect }
        } catch (error) {
          throw toSqliteError({ error, reading: `The table "${list.name}" of ${basename(path)}` })
        }
      },
    }))
    return { kind: "sqlite-file", lists: withDialect, paths: [path], close }
  } catch (error) {
    await close()
    throw toSqliteError({ error, reading: basename(path) })
  }
}

function la3dLists(database: SqliteDatabase): BankList[] {
  const table = (name: string) => createTableReader(database, name)
  const [judgments, usage, runs] = [table("judgments"), table("memory_usage"), table("runs")]
  const readTrajectory: ReadRow = (row) => {
    const id = String(row.trajectory_id)
    const [judgment = null] = judgments?.where("trajectory_id", id) ?? []
    const [run = null] = runs?.where("run_id", String(row.run_id)) ?? []
    const used = usage?.where("trajectory_id", id) ?? []
    const metadata = { ...row, judgment, run, ...(used.length > 0 && { memory_usage: used }) }
    return { id, document: null, metadata, embedding: null }
  }
  const readItem: ReadRow = (row) => ({
    id: String(row.memory_id),
    document: null,
    metadata: row,
    embedding: null,
  })
  return [
    ...listOf({ name: "trajectories", table: table("trajectories"), read: readTrajectory }),
    ...listOf({ name: "memory_items", table: table("memory_items"), read: readItem }),
  ]
}

function agenticFlowLists(database: SqliteDatabase): BankList[] {
  const table = (name: string) => createTableReader(database, name)
  const [vectors, links] = [table("pattern_embeddings"), table("pattern_links")]
  const readTrajectory: ReadRow = (row) => ({
    id: String(row.task_id),
    document: null,
    metadata: row,
    embedding: null,
  })
  const readPattern: ReadRow = (row, { embeddings }) => {
    const id = String(row.id)
    const [described] = vectors?.where("id", id) ?? []
    const linked = links?.where("src_id", id) ?? []
    return {
      id,
      document: null,
      metadata: {
        ...row,
        ...(described !== undefined && { embedding: described }),
        ...(linked.length > 0 && { pattern_links: linked }),
      },
      embedding: embeddings && described !== undefined ? readVector(database, id) : null,
    }
  }
  return [
    ...listOf({
      name: "task_trajectories",
      table: table("task_trajectories"),
      read: readTrajectory,
    }),
    ...listOf({ name: "patterns", table: table("patterns"), read: readPattern }),
  ]
}

function listOf({
  name,
  table,
  read,
}: {
  name: string
  table: TableReader | null
  read: ReadRow
}): BankList[] {
  if (table === null) return []
  return [
    {
      name,
      recordCount: table.count(),
      async *records({ embeddings, pageSize }) {
        for (const rows of table.pages(pageSize)) {
          for (const row of rows) yield read(row, { embeddings })
        }
      },
    },
  ]
}

/** Little-endian float32. */
function readVector(database: SqliteDatabase, id: string): Float32Array | null {
  const [row] = database.all("select vector from pattern_embeddings where id = ?", id)
  const bytes = row?.[0]
  if (!(bytes instanceof Uint8Array) || bytes.length === 0 || bytes.length % 4 !== 0) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) =>
    view.getFloat32(index * 4, true),
  )
}
