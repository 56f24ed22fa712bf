import type { JsonObject } from "../../json/json-value.ts"
import { derivedRowId } from "../row-id.ts"
import { storedEmbedding } from "../stored-embedding.ts"
import { objectOf, outcomeOf, parsedText, renamed, textOf, without } from "./foreign-fields.ts"
import type { ForeignReading, ForeignRecord, ToldTrace } from "./foreign-telling.ts"

const noVector = storedEmbedding(null)

/**
 * A trajectory or a memory item of rlm (LA3D), from its SQLite file or a line of its packs. Memory ids are hashes of title
 * and content; there are no vectors.
 */
export function readLa3dRecord({ metadata }: ForeignRecord): ForeignReading {
  if ("trajectory_id" in metadata && "artifact_json" in metadata) return readTrajectory(metadata)
  if ("title" in metadata || "content" in metadata) return readItem(metadata)
  return { reason: "it is neither a trajectory nor a memory item" }
}

function readTrajectory(row: JsonObject): ForeignReading {
  const { judgment = null, memory_usage: usage = null } = row
  const judged = objectOf(judgment)
  const element = renamed(without(row, ["judgment", "memory_usage", "trajectory_id"]), {
    task_query: "task",
    artifact_json: "trajectory",
    created_at: "timestamp",
  })
  const missing = { ...judged, missing: parsedText(judged.missing_json) }
  return {
    workspaceId: null,
    trace: {
      sourceId: textOf(row.trajectory_id) ?? derivedRowId({ kind: "trace", parts: ["la3d"] }),
      isWhole: true,
      element: {
        ...element,
        trajectory: parsedText(row.artifact_json),
        outcome: outcomeOf(judged.is_success),
        metadata: {
          ...(judgment !== null && { judgment: without(missing, ["missing_json"]) }),
          ...(usage !== null && { memories_used: usage }),
        },
      },
      embedding: noVector,
    },
    memoryItems: [],
  }
}

function readItem(row: JsonObject): ForeignReading {
  const provenance = parsedText(row.provenance ?? row.provenance_json)
  const element = renamed(without(row, ["provenance", "task_query", "source_type"]), {
    memory_id: "id",
    tags: "pattern_tags",
    tags_json: "pattern_tags",
    scope_json: "scope",
    provenance_json: "provenance",
  })
  return {
    workspaceId: null,
    trace: traceOf({ row, provenance: objectOf(provenance) }),
    memoryItems: [
      {
        element: {
          ...element,
          pattern_tags: parsedText(row.tags ?? row.tags_json),
          scope: parsedText(row.scope ?? row.scope_json),
          provenance,
          source_type: row.source_type ?? null,
        },
        embedding: noVector,
      },
    ],
  }
}

/** The trajectory it names, else what is known of its task. */
function traceOf({
  row: { task_query: query = null, source_type: type, created_at: timestamp = null },
  provenance,
}: {
  row: JsonObject
  provenance: JsonObject
}): ToldTrace | null {
  const isJudged = type === "success" || type === "failure"
  const element = { task: query, outcome: isJudged ? type : null, timestamp }
  const named = textOf(provenance.trajectory_id)
  if (named !== null) return { sourceId: named, isWhole: false, element, embedding: noVector }
  const task = textOf(query)
  if (task === null) return null
  const sourceId = derivedRowId({ kind: "trace", parts: ["la3d", task, String(type)] })
  return { sourceId, isWhole: false, element, embedding: noVector }
}
