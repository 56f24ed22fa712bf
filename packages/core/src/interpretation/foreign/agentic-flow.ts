import { isJsonObject, type JsonObject, type JsonValue } from "../../json/json-value.ts"
import { storedEmbedding, untrustedEmbedding } from "../stored-embedding.ts"
import { objectOf, outcomeOf, parsedText, renamed, textOf, without } from "./foreign-fields.ts"
import type { ForeignReading, ForeignRecord, ToldTrace } from "./foreign-telling.ts"

/**
 * A task trajectory or a pattern of agentic-flow and claude-flow, `.swarm/memory.db`. Vectors may be hashes of the text and
 * the column `model` may name something else, so they are never trusted.
 */
export function readAgenticFlowRecord(record: ForeignRecord): ForeignReading {
  const { metadata } = record
  if ("task_id" in metadata && "trajectory_json" in metadata) return readTrajectory(metadata)
  if ("pattern_data" in metadata) return readPattern(record)
  return { reason: "it is neither a task trajectory nor a pattern" }
}

function readTrajectory(row: JsonObject): ForeignReading {
  const element = renamed(without(row, ["judge_label", "trajectory_json", "task_id"]), {
    query: "task",
    created_at: "timestamp",
  })
  return {
    workspaceId: null,
    trace: {
      sourceId: textOf(row.task_id) ?? "unknown",
      isWhole: true,
      element: {
        ...element,
        trajectory: parsedText(row.trajectory_json),
        outcome: outcomeOf(row.judge_label),
      },
      embedding: storedEmbedding(null),
    },
    memoryItems: [],
  }
}

function readPattern({ metadata: row, embedding }: ForeignRecord): ForeignReading {
  const data = parsedText(row.pattern_data)
  if (!isJsonObject(data)) return { reason: "its pattern_data is no JSON object" }
  const columns = without(row, ["pattern_data", "id"])
  const element: JsonObject = {
    ...columns,
    ...renamed(data, { tags: "pattern_tags", domain: "domain_category" }),
    id: row.id ?? null,
    created_at: data.created_at ?? row.created_at ?? null,
  }
  return {
    workspaceId: null,
    trace: traceOf(objectOf(data.source), element.created_at),
    memoryItems: [
      {
        element,
        embedding: untrustedEmbedding(embedding),
      },
    ],
  }
}

function traceOf(source: JsonObject, time: JsonValue | undefined): ToldTrace | null {
  const id = textOf(source.task_id)
  if (id === null || id === "unknown") return null
  return {
    sourceId: id,
    isWhole: false,
    element: { task: null, outcome: outcomeOf(source.outcome), timestamp: time ?? null },
    embedding: storedEmbedding(null),
  }
}
