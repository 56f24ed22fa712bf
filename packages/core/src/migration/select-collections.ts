import { ReasoningBankError } from "../errors.ts"
import type { MemorySource, SourceCollection } from "../memory-source.ts"

/**
 * The collections of these names, or all of them for null.
 *
 * @throws {ReasoningBankError} `source:not_found` naming what there is.
 */
export async function selectCollections({
  source,
  collectionNames,
}: {
  source: MemorySource | null
  collectionNames: string[] | null
}): Promise<SourceCollection[]> {
  const all = (await source?.collections()) ?? []
  if (collectionNames === null) return all
  const missing = collectionNames.filter((name) => !all.some((found) => found.name === name))
  if (missing.length > 0) {
    throw new ReasoningBankError({
      code: "source:not_found",
      message: `The source has no collection named ${missing.map(quote).join(", ")}.`,
      hint: `It has ${all.map(({ name }) => quote(name)).join(", ") || "no collection at all"}.`,
    })
  }
  return all.filter(({ name }) => collectionNames.includes(name))
}

function quote(name: string): string {
  return JSON.stringify(name)
}
