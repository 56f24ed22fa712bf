import type { Census, CollectionCensus } from "../interpretation/census.ts"
import type { TracesFile } from "../interpretation/traces-file.ts"
import type { MemorySource } from "../memory-source.ts"
import type { MigrationReport } from "./migration-report.ts"

/** What a source is and what was found in it, for a report. */
export function describeSource({
  source,
  tracesFile,
  sourceTimezone,
  census,
  identity,
}: {
  source: MemorySource | null
  tracesFile: TracesFile | null
  sourceTimezone: string
  census: Census
  identity: string
}): MigrationReport["source"] {
  const described = source?.describe()
  return {
    kind: described?.kind ?? "traces-file",
    location: described?.location ?? tracesFile?.path ?? "",
    version: described?.version ?? "",
    identity,
    collections: census.moved.map(collectionEntry),
    collections_left: census.left.map(collectionEntry),
    dialects: sumDialects(census),
    traces_file:
      tracesFile === null ? null : { path: tracesFile.path, entries: tracesFile.entries.length },
    timezone: sourceTimezone,
  }
}

function collectionEntry({ collection, records }: CollectionCensus) {
  return { name: collection.name, records, dimension: collection.dimension }
}

function sumDialects({ moved }: Census) {
  const sum = { current: 0, legacy: 0, trace: 0, unknown: 0 }
  for (const { dialects } of moved) {
    sum.current += dialects.current
    sum.legacy += dialects.legacy
    sum.trace += dialects.trace
    sum.unknown += dialects.unknown
  }
  return sum
}
