import { expect } from "vitest"
import type { Embedder } from "../embedder.ts"
import type { StoredEmbedding } from "../embedding.ts"
import type { EmbeddingTarget } from "../embedding-target.ts"
import { storedEmbedding } from "../interpretation/stored-embedding.ts"
import type { MemoryItem } from "../memory-item.ts"
import { asMigrated } from "../migration/as-migrated.ts"
import { differingFields } from "../migration/differing-fields.ts"
import { embedMemories } from "../migration/embed-memories.ts"
import type { MigrationTarget, TargetRow } from "../migration-target.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"
import { aMemoryItem, aTrace, aVector, aWorkspaceId, aWriteRow } from "./sample-rows.ts"
import { createHashedWordsEmbedder } from "./storage/hashed-words-embedder.ts"
import { readMemoryItem, readTrace, startedRun, writeNew } from "./target-under-test.ts"

/** Both ports on one database. */
export type EmbeddingTargets = { target: MigrationTarget; embeddingTarget: EmbeddingTarget }
export type GetTargets = () => EmbeddingTargets

/** The model of the embedder that `embed` uses. */
export const model = "hashed-words"
export const missing = storedEmbedding(null)
const short = storedEmbedding(aVector(2).slice(0, 100))

/** Embeds a workspace with words for a model; the other settings win. */
export function embed({
  target,
  workspaceId,
  ...others
}: {
  target: EmbeddingTarget
  workspaceId: string
  embedder?: Embedder
  convert?: boolean
  dryRun?: boolean
  pageSize?: number
  signal?: AbortSignal
}) {
  const embedder = createHashedWordsEmbedder({ name: model })
  return embedMemories({ target, embedder, workspaceId, convert: false, dryRun: false, ...others })
}

/** Traces and items that came with every kind of vector; the unfit ones of each kind are first. */
export async function aBank({
  target,
  unfit = 3,
  fit = [],
}: {
  target: MigrationTarget
  unfit?: number
  fit?: StoredEmbedding[]
}) {
  const workspaceId = aWorkspaceId()
  const embeddings = [
    ...Array.from({ length: unfit }, (_, at) => (at % 2 === 0 ? missing : short)),
    ...fit,
  ]
  const traces = embeddings.map((embedding, at) =>
    aTrace({ workspaceId, embedding, task: `Task number ${at} of pears` }),
  )
  const memoryItems = embeddings.map((embedding, ordinal) =>
    aMemoryItem({
      ...{ workspaceId, embedding, ordinal, content: `Lesson ${ordinal} of plums` },
      description: ordinal % 2 === 0 ? null : "Described",
    }),
  )
  await writeNew({ target, traces, memoryItems })
  return { workspaceId, traces, memoryItems }
}

/** Has this text's vector, and all its source had. */
export async function expectEmbedded<Row extends ReasoningTrace | MemoryItem>({
  found,
  source,
  text,
}: {
  found: TargetRow<Row> | undefined
  source: Row
  text: string
}) {
  if (found === undefined) throw new Error(`${source.id} is gone.`)
  const [vector] = await createHashedWordsEmbedder({ name: model }).embed([text])
  expect(found.row.embedding).toMatchObject({ status: "present", model })
  expect(found.row.embedding.vector).toEqual(vector)
  expect(differingFields(asMigrated(found), source)).toEqual([])
}

/** A later migration whose source has other texts. */
export async function edit({
  target,
  trace,
  item,
}: {
  target: MigrationTarget
  trace: ReasoningTrace
  item: MemoryItem
}) {
  const [foundTrace, foundItem] = [
    await readTrace(target, trace),
    await readMemoryItem(target, item),
  ]
  await target.write({
    runId: await startedRun(target),
    traces: [aWriteRow(trace, foundTrace?.version)],
    memoryItems: [aWriteRow(item, foundItem?.version)],
  })
}
