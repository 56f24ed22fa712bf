import { type EmbeddedText, embeddedTexts, readSampleTexts } from "./read-sample-texts.ts"
import { currentRecord, legacyRecord, type SampleRecord } from "./sample-record.ts"
import { readSampleVectors } from "./sample-vectors.ts"
import type { LegacyTrace } from "./sample-workspace.ts"

/** A search to try, with the vector of its text. */
export type SampleSearch = {
  id: string
  workspaceId: string
  text: string
  vector: Float32Array
}

export type SampleBank = {
  workspaces: { id: string; name: string; path: string; story: string }[]
  /** Workspace of the legacy traces, which name none themselves. */
  legacyWorkspaceId: string
  /** The Chroma records of both dialects, oldest first. */
  records: SampleRecord[]
  /** Content of `traces.json`, oldest first. */
  legacyTraces: LegacyTrace[]
  searches: SampleSearch[]
  /** What an agent asks before each task of the bank: the task itself. */
  taskSearches: SampleSearch[]
}

/** The sample bank with its vectors: what a ReasoningBank of three teams looks like after three months. */
export async function readSampleBank(): Promise<SampleBank> {
  const { workspaces, queries } = await readSampleTexts()
  const texts = embeddedTexts({ workspaces, queries })
  const vectors = await readSampleVectors(texts)
  const vectorByText = new Map<string, Float32Array | undefined>(
    texts.map(({ embeds, id }, index) => [`${embeds} ${id}`, vectors[index]]),
  )
  const vectorOf = (embeds: EmbeddedText["embeds"], id: string) => {
    const vector = vectorByText.get(`${embeds} ${id}`)
    if (vector === undefined) throw new Error(`no vector for the ${embeds} ${id}`)
    return vector
  }

  const records: SampleRecord[] = []
  const legacyTraces: LegacyTrace[] = []
  for (const { id: workspaceId, legacy_traces, traces } of workspaces) {
    for (const trace of legacy_traces) {
      legacyTraces.push(trace)
      records.push(legacyRecord({ trace, embedding: vectorOf("task", trace.id) }))
    }
    for (const trace of traces) {
      for (const item of trace.memory_items) {
        const embedding = vectorOf("memory_item", item.id)
        records.push(currentRecord({ workspaceId, trace, item, embedding }))
      }
    }
  }
  records.sort((a, b) => (a.metadata.timestamp < b.metadata.timestamp ? -1 : 1))

  return {
    workspaces: workspaces.map(({ id, name, path, story }) => ({ id, name, path, story })),
    legacyWorkspaceId: workspaces.find(({ legacy_traces }) => legacy_traces.length > 0)?.id ?? "",
    records,
    legacyTraces,
    searches: queries.map(({ id, workspace_id, text }) => ({
      id,
      workspaceId: workspace_id,
      text,
      vector: vectorOf("query", id),
    })),
    taskSearches: workspaces.flatMap(({ id: workspaceId, legacy_traces, traces }) =>
      [...legacy_traces, ...traces].map(({ id, task }) => ({
        id,
        workspaceId,
        text: task,
        vector: vectorOf("task", id),
      })),
    ),
  }
}
