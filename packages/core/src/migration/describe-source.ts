import type { Census, CollectionCensus } from "../interpretation/census.ts"
import { foreignDialects, noDialects } from "../interpretation/dialect.ts"
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
  const sum = noDialects()
  for (const { dialects } of moved) {
    for (const name of ["current", "legacy", "trace", "unknown"] as const)
      sum[name] += dialects[name]
    for (const name of foreignDialects) {
      const count = dialects[name]
      if (count !== undefined) sum[name] = (sum[name] ?? 0) + count
    }
  }
  return sum
}
