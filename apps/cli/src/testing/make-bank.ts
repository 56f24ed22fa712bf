import { makeTexts } from "./bank-content.ts"
import type { ChromaRecord } from "./chroma-record.ts"
import { type CurrentMemory, currentRecord, makeCurrentMemories } from "./current-bank.ts"
import { type LegacyTrace, legacyRecord, makeLegacyTraces } from "./legacy-bank.ts"
import { createSeededRandom } from "./seeded-random.ts"

export type Bank = {
  /** As the collection holds it in the end, in the order it was written. */
  memories: CurrentMemory[]
  legacyTraces: LegacyTrace[]
  records: ChromaRecord[]
  updates: ChromaRecord[]
  deletions: string[]
}

export type BankSettings = {
  seed: number
  /** Memories of the current dialect that are written at first. */
  memories: number
  /** Null among them: memories without a workspace. */
  workspaceIds: readonly [string | null, ...(string | null)[]]
  /** Zone of the machine that "wrote" it. */
  timezone: string
  /** @default 0 */
  legacyTraces?: number
  /** Share of memories rewritten afterwards, vector included. @default 0 */
  updated?: number
  /** @default 0 */
  deleted?: number
}

/** A ReasoningBank and what to do to write it; the same for the same settings. */
export function makeBank(settings: BankSettings): Bank {
  const { seed, workspaceIds, timezone, updated = 0, deleted = 0 } = settings
  const random = createSeededRandom(seed)
  const legacyTraces = makeLegacyTraces({ random, count: settings.legacyTraces ?? 0, timezone })
  const written = makeCurrentMemories({ random, count: settings.memories, workspaceIds, timezone })
  const deletions: string[] = []
  const updates: ChromaRecord[] = []
  const memories: CurrentMemory[] = []
  for (const memory of written) {
    if (random.chance(deleted)) {
      deletions.push(memory.item.id)
      continue
    }
    const item = { ...memory.item, ...makeTexts(random) }
    const changed = { ...memory, item, vector: random.unitVector(384) }
    const isUpdated = random.chance(updated)
    if (isUpdated) updates.push(currentRecord({ memory: changed, timezone }))
    memories.push(isUpdated ? changed : memory)
  }
  const records = [
    ...legacyTraces.map(legacyRecord),
    ...written.map((memory) => currentRecord({ memory, timezone })),
  ]
  return { memories, legacyTraces, records, updates, deletions }
}
