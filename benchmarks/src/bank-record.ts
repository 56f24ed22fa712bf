import { randomUUID } from "node:crypto"

const recordsPerTrace = 3
const workspaces = ["575e6c19532fdf9a", "709fb1d1e4e605a5", "ae7cd70401e5ea39"]

export type ChromaRecord = { id: string; document: string; metadata: Record<string, string> }

/** A memory item as ReasoningBank keeps it in Chroma, without its vector; three of them share a trace. */
export function bankRecord(index: number): ChromaRecord {
  const id = randomUUID()
  const title = `Lesson ${index}: prefer the boring solution`
  const description = `What attempt ${index} taught about retries, queues and their limits.`
  const content = `Attempt ${index} failed until the work was cut into steps. `.repeat(10)
  const trace = Math.floor(index / recordsPerTrace)
  return {
    id,
    document: `${title}\n${description}\n${content}`,
    metadata: {
      trace_id: `00000000-0000-4000-8000-${String(trace).padStart(12, "0")}`,
      task: `Make step ${trace} of the pipeline safe to repeat`,
      outcome: trace % 4 === 0 ? "failure" : "success",
      timestamp: new Date(Date.UTC(2026, 6, 1) + index * 60_000).toISOString().slice(0, -1),
      workspace_id: workspaces[trace % workspaces.length] ?? "",
      domain_category: "reliability",
      difficulty_level: "moderate",
      memory_data: JSON.stringify({
        id,
        title,
        description,
        content,
        error_context: null,
        parent_memory_id: null,
        derived_from: [],
        evolution_stage: index % 4,
        pattern_tags: ["retries", "queues"],
        difficulty_level: "moderate",
        domain_category: "reliability",
      }),
    },
  }
}
