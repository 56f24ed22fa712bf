import { canonicalJson } from "../../json/canonical-json.ts"
import type { JsonObject, JsonValue } from "../../json/json-value.ts"
import { derivedRowId } from "../row-id.ts"
import { storedEmbedding, untrustedEmbedding } from "../stored-embedding.ts"
import { outcomeOf, renamed, without } from "./foreign-fields.ts"
import type { ForeignReading, ForeignRecord } from "./foreign-telling.ts"
import { parseMarkdownItems } from "./parse-markdown-items.ts"

/**
 * A line of Google's reasoning-bank (google-research/reasoning-bank, `memories_*` and `memory`): a task with its
 * thoughts and actions, and memory items as Markdown, split at blank lines or whole. Task ids come again in other
 * files, so the whole line makes the id. The vector is that of the query.
 */
export function readGoogleRecord({ metadata, embedding }: ForeignRecord): ForeignReading {
  if (!("query" in metadata) || !("memory_items" in metadata)) {
    return { reason: "it has no query with memory_items" }
  }
  const { memory_items: told = null, think_list: thoughts, action_list: actions } = metadata
  const rest = without(metadata, ["memory_items", "think_list", "action_list"])
  const items = itemsOf(told)
  const element: JsonObject = {
    ...renamed(rest, { query: "task", status: "outcome" }),
    ...("status" in metadata && { outcome: outcomeOf(metadata.status) }),
    ...trajectoryOf({ thoughts, actions }),
    ...(items.rest !== "" && { memory_items_preamble: items.rest }),
  }
  const parts = ["google", canonicalJson(metadata)]
  return {
    workspaceId: null,
    trace: {
      sourceId: derivedRowId({ kind: "trace", parts }),
      isWhole: true,
      element,
      embedding: untrustedEmbedding(embedding),
    },
    memoryItems: items.elements.map((item) => ({
      element: item,
      embedding: storedEmbedding(null),
    })),
  }
}

/** A text, or texts that were one before it was split at blank lines. */
export function itemsOf(told: JsonValue): { elements: JsonValue[]; rest: string } {
  const texts = Array.isArray(told) ? told : [told]
  if (!texts.every((text) => typeof text === "string")) return { elements: texts, rest: "" }
  const text = texts.join("\n\n")
  if (text.trim() === "") return { elements: [], rest: "" }
  const parsed = parseMarkdownItems(text)
  if (parsed === null) return { elements: texts.map((content) => ({ content })), rest: "" }
  return { elements: parsed.memoryItems, rest: parsed.rest }
}

function trajectoryOf({
  thoughts,
  actions,
}: {
  thoughts: JsonValue | undefined
  actions: JsonValue | undefined
}): JsonObject {
  if (thoughts === undefined && actions === undefined) return {}
  if (!Array.isArray(thoughts) || !Array.isArray(actions)) {
    return { trajectory: { think_list: thoughts ?? null, action_list: actions ?? null } }
  }
  const length = Math.max(thoughts.length, actions.length)
  const steps = Array.from({ length }, (_, index) => ({
    iteration: BigInt(index + 1),
    thought: thoughts[index] ?? null,
    action: actions[index] ?? null,
  }))
  return { trajectory: steps }
}
