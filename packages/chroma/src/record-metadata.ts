import type { JsonObject, JsonValue } from "@reasoningbank/core"
import type { ChromaLayout } from "./chroma-layout.ts"
import { damagedDatabase, type SqliteDatabase, type SqliteValue } from "./sqlite-database.ts"
import { typedColumns, typedValue } from "./typed-value.ts"

/** Rows of a page, ascending. Dense ones are read as a range where that can be, the others by name. */
export type PageRows = { rowIds: number[]; areRangesWhole: boolean }

const documentKey = "chroma:document"

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
  const { rowIds } = rows
  const metadata = new Map<number, JsonObject>(rowIds.map((rowId) => [rowId, Object.create(null)]))
  const scalars = { table: "embedding_metadata", index: "sqlite_autoindex_embedding_metadata_1" }
  for (const { rowId, key, value } of readValues({
    database,
    rows,
    ...scalars,
    booleans: layout.booleans,
  })) {
    const object = metadata.get(rowId)
    if (object === undefined) continue
    if (Object.hasOwn(object, key)) {
      throw damagedDatabase({
        reading: "Metadata",
        reason: `row ${rowId} has the key ${key} twice`,
      })
    }
    if (value !== undefined) object[key] = value
  }
  if (!layout.arrays) return metadata
  const arrays = { table: "embedding_metadata_array", index: "embedding_metadata_array_id_key" }
  let last = { rowId: Number.NaN, key: "", order: 0, array: [] as JsonValue[] }
  for (const item of readValues({ database, rows, ...arrays, booleans: true })) {
    const { rowId, key, value, order } = item
    const object = metadata.get(rowId)
    if (object === undefined) continue
    const continues = rowId === last.rowId && key === last.key
    if (continues ? order <= last.order : Array.isArray(object[key])) {
      throw damagedDatabase({ reading: "Metadata", reason: `row ${rowId} has ${key} out of order` })
    }
    const array = continues ? last.array : []
    array.push(value ?? null)
    object[key] = array
    last = { rowId, key, order, array }
  }
  return metadata
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

function* readValues({
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
}): Iterable<{ rowId: number; key: string; value: JsonValue | undefined; order: number }> {
  const { condition, parameters } = selectRows({ column: "i.id", rowIds, areRangesWhole })
  const values = database.all(
    `select i.id, i.key, t.id is i.id and t.key is i.key, i.rowid,
       ${typedColumns({ alias: "t", booleans })}
     from ${table} i indexed by ${index}
     left join ${table} t not indexed on t.rowid = i.rowid
     where ${condition}`,
    ...parameters,
  )
  let previous = rowIds[0] ?? 0
  for (const [rowId, key, agrees, order, string, integer, float, boolean] of values) {
    if (agrees !== 1 || typeof rowId !== "number" || rowId < previous) {
      throw damagedDatabase({
        reading: "Metadata",
        reason: `table and index "${table}" disagree about row ${rowId}`,
      })
    }
    previous = rowId
    const value = typedValue({
      string: string ?? null,
      integer: integer ?? null,
      float: float ?? null,
      boolean: boolean ?? null,
    })
    yield { rowId, key: String(key), value, order: Number(order) }
  }
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
