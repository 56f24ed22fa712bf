import { ReasoningBankError, type SourceCollection } from "@reasoningbank/core"

const mostNames = 10

/** The collections of the names wanted. Raises `source:not_found` when a name is nobody's. */
export function selectCollections({
  collections,
  names,
  location,
}: {
  collections: SourceCollection[]
  /** Undefined for all. */
  names: string[] | undefined
  location: string
}): SourceCollection[] {
  if (names === undefined) return collections
  const present = new Set(collections.map(({ name }) => name))
  const missing = names.find((name) => !present.has(name))
  if (missing === undefined) return collections.filter(({ name }) => names.includes(name))
  const others = [...present].slice(0, mostNames)
  throw new ReasoningBankError({
    code: "source:not_found",
    message: `${location} has no collection "${missing}"; it has ${others.join(", ") || "none"}${present.size > mostNames ? ", …" : ""}.`,
    hint: "Check its spelling, tenant and database; nothing was created.",
  })
}
