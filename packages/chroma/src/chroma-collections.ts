import type { SqliteDatabase, SqliteValue } from "@reasoningbank/sqlite"
import type { ChromaLayout } from "./chroma-layout.ts"
import { type DistanceSpace, findDistanceSpace } from "./distance-space.ts"
import { decodeSequenceId } from "./sequence-id.ts"

/** A collection as the catalog tables have it. */
export type ChromaCollection = {
  id: string
  name: string
  tenant: string
  database: string
  dimension: number | null
  /** Null when what stands there is no space that any release writes. */
  space: DistanceSpace | null
  /** Its topic in the log. */
  topic: string
  /** Null when the row is missing. */
  metadataSegment: string | null
  /** Also the name of the folder with its index; null when the row is missing. */
  vectorSegment: string | null
  /** Log position that the metadata tables show; null when there is none. */
  metadataPosition: number | null
  /** Log position that the index shows, when the database knows; null when it does not. */
  vectorPosition: number | null
}

/** Lists the collections in the order of their making, with all that the catalog says of each. */
export function readChromaCollections({
  database,
  layout,
}: {
  database: SqliteDatabase
  layout: ChromaLayout
}): ChromaCollection[] {
  const segments = new Map(
    database
      .all("select collection, scope, id from segments")
      .map(([collection, scope, id]) => [`${collection} ${scope}`, String(id)]),
  )
  const positions = new Map(
    database
      .all("select segment_id, seq_id from max_seq_id")
      .map(([segment, position]) => [String(segment), decodeSequenceId(position)]),
  )
  const spaces = new Map(
    database
      .all("select segment_id, str_value from segment_metadata where key = 'hnsw:space'")
      .map(([segment, space]) => [String(segment), toText(space)]),
  )
  const rows = database.all(
    `select c.id, c.name, c.dimension,
       ${layout.databases ? "d.tenant_id, d.name" : "'default_tenant', 'default_database'"},
       ${layout.topic ? "c.topic" : "null"},
       ${layout.configuration ? "c.config_json_str" : "null"},
       ${layout.schema ? "c.schema_str" : "null"}
     from collections c
     ${layout.databases ? "left join databases d on d.id = c.database_id" : ""}
     order by c.rowid`,
  )
  return rows.map(([id, name, dimension, tenant, databaseName, topic, configuration, schema]) => {
    const metadataSegment = segments.get(`${id} METADATA`) ?? null
    const vectorSegment = segments.get(`${id} VECTOR`) ?? null
    return {
      id: String(id),
      name: String(name),
      tenant: toText(tenant) ?? "",
      database: toText(databaseName) ?? "",
      dimension: typeof dimension === "number" && dimension > 0 ? dimension : null,
      space: findDistanceSpace({
        schema: toText(schema),
        configuration: toText(configuration),
        segmentSpace: spaces.get(vectorSegment ?? ""),
      }),
      topic: toText(topic) ?? `persistent://default/default/${id}`,
      metadataSegment,
      vectorSegment,
      metadataPosition: positions.get(metadataSegment ?? "") ?? null,
      vectorPosition: positions.get(vectorSegment ?? "") ?? null,
    }
  })
}

function toText(value: SqliteValue | undefined): string | null {
  return typeof value === "string" ? value : null
}
