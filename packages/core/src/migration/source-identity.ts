import { createHash } from "node:crypto"
import type { Census } from "../interpretation/census.ts"
import type { TracesFile } from "../interpretation/traces-file.ts"
import { stringifyJson } from "../json/stringify-json.ts"

/** SHA-256 (hex) over the ids of the collections that are moved: the same wherever the source lies. */
export function sourceIdentity({
  census,
  tracesFile,
}: {
  census: Census
  tracesFile: TracesFile | null
}): string {
  const ids = census.moved.map(({ collection }) => collection.id).sort()
  const parts = ids.length > 0 ? ids : [tracesFile?.path ?? ""]
  return createHash("sha256").update(stringifyJson(parts)).digest("hex")
}
