import { randomUUID } from "node:crypto"
import { embeddingDimension, embeddingModel, type StoredEmbedding } from "../embedding.ts"
import type { MemoryItem } from "../memory-item.ts"
import { rowDigest } from "../migration/row-digest.ts"
import type { WriteRow } from "../migration-target.ts"
import type { ReasoningTrace } from "../reasoning-trace.ts"

/** A workspace nobody else uses. */
export function aWorkspaceId(): string {
  return randomUUID().replaceAll("-", "").slice(0, 16)
}

/** A vector of the model's length, the same for the same seed. */
export function aVector(seed = 1): Float32Array {
  return Float32Array.from({ length: embeddingDimension }, (_, index) =>
    Math.fround(Math.sin(seed * 12.9898 + index * 78.233) / 19.6),
  )
}

export function anEmbedding(fields: Partial<StoredEmbedding> = {}): StoredEmbedding {
  return {
    status: "present",
    model: embeddingModel,
    vector: aVector(),
    sourceVector: null,
    ...fields,
  }
}

/** A whole trace with a new id; `fields` win. */
export function aTrace(fields: Partial<ReasoningTrace> = {}): ReasoningTrace {
  return {
    workspaceId: aWorkspaceId(),
    id: randomUUID(),
    sourceId: null,
    task: "Make the checkout total agree with the cart",
    embedding: anEmbedding(),
    trajectory: [{ iteration: 1n, action: "generate", output: "Sum the lines, then the tax" }],
    outcome: "success",
    metadata: { attempts: 2n, temperature: 0.7 },
    createdAt: "2025-10-20T08:15:30.123456Z",
    sourceCreatedAt: "2025-10-20T10:15:30.123456",
    extras: {},
    notes: [],
    links: [],
    ...fields,
  }
}

/** A whole memory item with a new id and no trace; `fields` win. */
export function aMemoryItem(fields: Partial<MemoryItem> = {}): MemoryItem {
  return {
    workspaceId: aWorkspaceId(),
    id: randomUUID(),
    sourceId: null,
    traceId: null,
    ordinal: 0,
    title: "Round once, at the end",
    description: "Rounding every line makes totals drift from the invoice",
    content: "Keep amounts in minor units and round only the sum that is shown to the customer.",
    embedding: anEmbedding(),
    errorContext: null,
    patternTags: ["money", "rounding"],
    difficultyLevel: "moderate",
    domainCategory: "checkout",
    evolutionStage: 0,
    createdAt: "2025-10-20T08:15:30.123456Z",
    sourceCreatedAt: "2025-10-20T10:15:30.123456",
    extras: {},
    notes: [],
    links: [],
    ...fields,
  }
}

/** A row to be written, as a migration gives it to a target; new when no version is expected. */
export function aWriteRow<Row extends ReasoningTrace | MemoryItem>(
  row: Row,
  expectedVersion: string | null = null,
): WriteRow<Row> {
  return { row, digest: rowDigest(row), expectedVersion }
}
