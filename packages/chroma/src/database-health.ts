import { isJsonObject, parseJson } from "@reasoningbank/core"
import { damagedDatabase, type SqliteDatabase, type SqliteValue } from "@reasoningbank/sqlite"
import type { ChromaLayout } from "./chroma-layout.ts"
import { type LogTopic, readLogTopics } from "./chroma-log.ts"
import type { LogTrust } from "./locate-vector.ts"
import { checkTable, type TableIntegrity } from "./table-integrity.ts"

/** What was found out about the large tables before any record is read. */
export type DatabaseHealth = {
  topics: Map<string, LogTopic>
  logTrust: LogTrust
  /** The log is never purged. */
  keepsLog: boolean
  /** Rows of `embeddings` by segment; null when the table can not be walked. */
  storedCounts: Map<string, number> | null
  /** What SQLite's own check found, a few words each. */
  problems: string[]
  /** Whether an index can be read in ranges; one out of order may end a range too early. */
  areRangesWhole: boolean
  /**
   * Raises `source:sqlite` when the metadata of a segment may be another record's, or lacks keys.
   */
  checkSegment(segment: string | null): void
}

const metadataTables = [
  { table: "embedding_metadata", index: "sqlite_autoindex_embedding_metadata_1" },
  { table: "embedding_metadata_array", index: "embedding_metadata_array_id_key" },
]

/** Reads each large table once; about a fifth of the time that reading all records takes. */
export function checkDatabaseHealth({
  database,
  layout,
}: {
  database: SqliteDatabase
  layout: ChromaLayout
}): DatabaseHealth {
  const log = checkTable({ database, table: "embeddings_queue", index: null })
  const { topics, isOrdered } = readTopics(database)
  const embeddings = checkTable({ database, table: "embeddings", index: null })
  const metadata = metadataTables
    .filter(({ table }) => layout.arrays || table !== "embedding_metadata_array")
    .map((names) => ({ ...names, ...checkTable({ database, ...names }) }))
  return {
    topics,
    logTrust: trustOf({ log, isOrdered }),
    keepsLog: !layout.purging || isPurgingOff(database),
    storedCounts: countStored(database),
    problems: [log, embeddings, ...metadata].flatMap(({ problems }) => problems),
    areRangesWhole: metadata.every(({ isIndexEqual }) => isIndexEqual),
    checkSegment(segment) {
      for (const { table, index, areLongValuesShared, problems, isIndexEqual } of metadata) {
        if (areLongValuesShared) {
          throw damagedDatabase({ reading: `The table "${table}"`, reason: problems.join("; ") })
        }
        if (!isIndexEqual) checkValues({ database, table, index, segment })
      }
    },
  }
}

function readTopics(database: SqliteDatabase): ReturnType<typeof readLogTopics> {
  try {
    return readLogTopics(database)
  } catch {
    return { topics: new Map(), isOrdered: false }
  }
}

function trustOf({ log, isOrdered }: { log: TableIntegrity; isOrdered: boolean }): LogTrust {
  if (log.areLongValuesShared) return "none"
  return log.problems.length === 0 && isOrdered ? "full" : "own"
}

/** A database that came from before 0.5.6 with a log keeps it, and says so. */
function isPurgingOff(database: SqliteDatabase): boolean {
  try {
    const [row] = database.all("select config_json_str from embeddings_queue_config limit 1")
    const settings = parseJson(String(row?.[0]))
    return isJsonObject(settings) && settings.automatically_purge === false
  } catch {
    return false
  }
}

function countStored(database: SqliteDatabase): Map<string, number> | null {
  const counts = new Map<string, number>()
  try {
    for (const [segment] of database.each("select segment_id from embeddings not indexed")) {
      counts.set(String(segment), (counts.get(String(segment)) ?? 0) + 1)
    }
    return counts
  } catch {
    return null
  }
}

/**
 * Slow, for damaged files only: the values of one segment, looked up record by record in the index and
 * found by walking the table, must be the same.
 */
function checkValues({
  database,
  table,
  index,
  segment,
}: {
  database: SqliteDatabase
  table: string
  index: string
  segment: string | null
}): void {
  const fail = (reason: string) => damagedDatabase({ reading: `The table "${table}"`, reason })
  const [found] = database.all(
    `select count(*), sum((i.rowid * 1000003 + i.id) % 1000000007), count(distinct i.rowid),
       sum(t.id is i.id and t.key is i.key)
     from embeddings e indexed by sqlite_autoindex_embeddings_1
     cross join ${table} i indexed by ${index} on i.id = e.id
     left join ${table} t not indexed on t.rowid = i.rowid
     where e.segment_id = ?`,
    segment,
  )
  const [count, sum, different, agreeing] = found ?? []
  if (different !== count || Number(agreeing) !== Number(count)) {
    throw fail("it disagrees with its index")
  }
  let stored: SqliteValue[]
  try {
    const [row = []] = database.all(
      `select count(*), sum((t.rowid * 1000003 + t.id) % 1000000007) from ${table} t not indexed
       cross join embeddings e not indexed on e.id = t.id where e.segment_id = ?`,
      segment,
    )
    stored = row
  } catch {
    // The table can not be walked, so it is the damaged side, and its index is whole.
    return
  }
  if (stored[0] !== count || stored[1] !== sum) throw fail("it disagrees with its index")
}
