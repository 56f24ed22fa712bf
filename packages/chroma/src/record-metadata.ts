import type { JsonObject, JsonValue } from "@reasoningbank/core"
import { damagedDatabase, type SqliteDatabase, type SqliteValue } from "@reasoningbank/sqlite"
import type { ChromaLayout } from "./chroma-layout.ts"
import { typedColumns, typedValue } from "./typed-value.ts"

/** Rows of a page, ascending. Dense ones are read as a range where that can be, the others by name. */
export type PageRows = { rowIds: number[]; areRangesWhole: boolean }

const documentKey = "chroma:document"
const scalarTable = { table: "embedding_metadata", index: "sqlite_autoindex_embedding_metadata_1" }
const arrayTable = { table: "embedding_metadata_array", index: "embedding_metadata_array_id_key" }

/**
 * Reads the metadata of some records, documents included. Each value comes from the table through the
 * index over (id, key), and both must agree whose value it is.
 *
 * @throws `source:sqlite`
 */
export function readRecordMetadata({
  database,
  layout,
  rows,
}: {
  database: SqliteDatabase
  layout: ChromaLayout
  rows: PageRows
}): Map<number, JsonObject> {
  const metadata = new Map<number, JsonObject>(
    rows.rowIds.map((rowId) => [rowId, Object.create(null)]),
  )
  for (const cells of readCells({ database, rows, ...scalarTable, booleans: layout.booleans })) {
    const [rowId, name] = cells
    const object = metadata.get(Number(rowId))
    if (object === undefined) continue
    const key = String(name)
    if (key in object) throw damaged(`row ${rowId} has the key ${key} twice`)
    const value = typedValue(cells)
    if (value !== undefined) object[key] = value
  }
  if (layout.arrays)
    addArrays({ metadata, cells: readCells({ database, rows, ...arrayTable, booleans: true }) })
  return metadata
}

/** An array has a row for each item, in their order. */
function addArrays({
  metadata,
  cells: rows,
}: {
  metadata: Map<number, JsonObject>
  cells: SqliteValue[][]
}): void {
  let last = { object: {} as JsonObject, key: "", order: 0, items: [] as JsonValue[] }
  for (const cells of rows) {
    const [rowId, name, , position] = cells
    const object = metadata.get(Number(rowId))
    if (object === undefined) continue
    const key = String(name)
    const order = Number(position)
    const continues = object === last.object && key === last.key
    if (continues ? order <= last.order : Array.isArray(object[key])) {
      throw damaged(`row ${rowId} has ${key} out of order`)
    }
    const items: JsonValue[] = continues ? last.items : []
    items.push(typedValue(cells) ?? null)
    object[key] = items
    last = { object, key, order, items }
  }
}

/** Takes the document out of a record's metadata. An empty text is a document. */
export function splitDocument(metadata: JsonObject): {
  document: string | null
  metadata: JsonObject | null
} {
  const document = metadata[documentKey]
  if (typeof document === "string") delete metadata[documentKey]
  return {
    document: typeof document === "string" ? document : null,
    metadata: Object.keys(metadata).length === 0 ? null : metadata,
  }
}

/** Columns: row, key, agreement, place in the table, and the four of {@link typedColumns}. */
function readCells({
  database,
  table,
  index,
  booleans,
  rows: { rowIds, areRangesWhole },
}: {
  database: SqliteDatabase
  table: string
  index: string
  booleans: boolean
  rows: PageRows
}): SqliteValue[][] {
  const { condition, parameters } = selectRows({ column: "i.id", rowIds, areRangesWhole })
  const rows = database.all(
    `select i.id, i.key, t.id is i.id and t.key is i.key, i.rowid,
       ${typedColumns({ alias: "t", booleans })}
     from ${table} i indexed by ${index}
     left join ${table} t not indexed on t.rowid = i.rowid
     where ${condition}`,
    ...parameters,
  )
  let previous = rowIds[0] ?? 0
  for (const [rowId, , agrees] of rows) {
    if (agrees !== 1 || typeof rowId !== "number" || rowId < previous) {
      throw damaged(`table and index "${table}" disagree about row ${rowId}`)
    }
    previous = rowId
  }
  return rows
}

function damaged(reason: string) {
  return damagedDatabase({ reading: "Metadata", reason })
}

/** A range when it takes in few other rows, else a list. */
export function selectRows({ column, rowIds, areRangesWhole }: PageRows & { column: string }): {
  condition: string
  parameters: SqliteValue[]
} {
  const first = rowIds[0] ?? 0
  const last = rowIds.at(-1) ?? 0
  return areRangesWhole && last - first + 1 <= 4 * rowIds.length
    ? { condition: `${column} between ? and ?`, parameters: [first, last] }
    : {
        condition: `${column} in (select value from json_each(?))`,
        parameters: [JSON.stringify(rowIds)],
      }
}
