import { embeddingDimension } from "../embedding.ts"
import { createInMemorySource } from "../in-memory-source.ts"
import { takeCensus } from "../interpretation/census.ts"
import { interpretSource } from "../interpretation/interpret-source.ts"
import { createInterpretationState } from "../interpretation/interpretation.ts"
import { createTimestampReader } from "../interpretation/source-timestamp.ts"
import type { SourceRecord } from "../memory-source.ts"
import { rowDigest } from "../migration/row-digest.ts"
import type { RowKey } from "../migration-target.ts"
import type { SourceReading } from "../row-lister.ts"
import type { ExportedGroup, ExportedRecord } from "./export-memories.ts"
import { originalRecords } from "./original-records.ts"

type Candidate = { group: ExportedGroup; records: SourceRecord[] | null }

export type RecordEncoder = {
  encode(groups: ExportedGroup[]): Promise<ExportedRecord[]>
  /** Traces written as the original program writes them. */
  originals(): number
}

/**
 * Turns rows into records: as the original program writes them where reading those gives exactly the same rows, else with
 * the rows sealed in. `reading` is how times and workspaces that are not named are read; null: always sealed in.
 */
export function createRecordEncoder({
  reading,
  sealGroup,
  taken,
}: {
  reading: SourceReading | null
  sealGroup: (group: ExportedGroup) => ExportedRecord[]
  /** Names of records that are used, the collection's suffix before the id; added to. */
  taken: Set<string>
}): RecordEncoder {
  let originals = 0
  return {
    originals: () => originals,
    async encode(groups) {
      const candidates = groups.map(
        (group): Candidate => ({
          group,
          records:
            reading === null || group.trace === null
              ? null
              : originalRecords({ ...group, trace: group.trace, reading }),
        }),
      )
      const proven = reading === null ? new Map() : await readBack({ candidates, reading })
      return candidates.flatMap(({ group, records }) => {
        const exported = records?.map((record) => ({ suffix: suffixOf(record), record })) ?? []
        const isFree = exported.every(({ suffix, record }) => !taken.has(suffix + record.id))
        if (exported.length === 0 || !isFree || !isProven({ group, proven }))
          return sealGroup(group)
        for (const { suffix, record } of exported) taken.add(suffix + record.id)
        originals++
        return exported
      })
    },
  }
}

/** What a migration makes of the records: the digest of every row, by its key. */
async function readBack({
  candidates,
  reading: { sourceTimezone, defaultWorkspaceId },
}: {
  candidates: Candidate[]
  reading: SourceReading
}): Promise<Map<string, string>> {
  const records = candidates.flatMap((candidate) => candidate.records ?? [])
  const source = createInMemorySource([{ name: "exported", records }])
  const readTimestamp = createTimestampReader(sourceTimezone)
  const common = { source, tracesFile: null, readTimestamp, defaultWorkspaceId }
  const census = await takeCensus({ ...common, collections: await source.collections() })
  const state = createInterpretationState()
  const digests = new Map<string, string>()
  for await (const page of interpretSource({ ...common, census, state, pageSize: 250 })) {
    for (const row of page.traces) digests.set(keyOf("trace", row), hexDigest(row))
    for (const row of page.memoryItems) digests.set(keyOf("memory_item", row), hexDigest(row))
  }
  return digests
}

function isProven({
  group: { trace, memoryItems },
  proven,
}: {
  group: ExportedGroup
  proven: Map<string, string>
}): boolean {
  if (trace === null || proven.get(keyOf("trace", trace)) !== hexDigest(trace)) return false
  return memoryItems.every((row) => proven.get(keyOf("memory_item", row)) === hexDigest(row))
}

function keyOf(kind: string, { workspaceId, id }: RowKey): string {
  return `${kind}\u0000${workspaceId}\u0000${id}`
}

function hexDigest(row: Parameters<typeof rowDigest>[0]): string {
  return Buffer.from(rowDigest(row)).toString("hex")
}

/** Vectors of another length need a collection of their own. */
function suffixOf({ embedding }: SourceRecord): string {
  const length = embedding?.length ?? embeddingDimension
  return length === embeddingDimension ? "" : `_${length}`
}
