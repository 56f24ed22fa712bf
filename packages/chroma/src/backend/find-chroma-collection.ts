import { isReasoningBankError, ReasoningBankError } from "@reasoningbank/core"
import { askChroma } from "../ask-chroma.ts"
import { databasePath } from "../server-collections.ts"
import {
  type ChromaCollection,
  type ChromaCollectionPlace,
  createChromaCollection,
  knownCollectionSchema,
} from "./chroma-collection.ts"

/** A collection that is only read: one that is missing is empty, and every write raises `storage:refused`. */
export async function findChromaCollection(
  place: ChromaCollectionPlace,
): Promise<ChromaCollection> {
  const { http, signal, name } = place
  try {
    const known = await askChroma({
      ...{ http, signal, schema: knownCollectionSchema },
      purpose: `find the collection "${name}"`,
      path: `${databasePath(place)}/collections/${encodeURIComponent(name)}`,
    })
    return { ...createChromaCollection({ ...place, ...known }), ...refuseWrites(name) }
  } catch (error) {
    const isMissing = isReasoningBankError(error) && error.code === "source:changed"
    if (!isMissing) throw error
    return { ...nothing, ...refuseWrites(name) }
  }
}

const nothing = {
  dimension: null,
  ids: async () => [],
  get: async () => [],
  find: async () => [],
  nearest: async () => [],
}

function refuseWrites(name: string): Pick<ChromaCollection, "add" | "update" | "delete"> {
  const refuse = async () => {
    throw new ReasoningBankError({
      code: "storage:refused",
      message: `The collection "${name}" was opened to be read only.`,
      hint: "Open the backend without isReadOnly to write to it.",
    })
  }
  return { add: refuse, update: refuse, delete: refuse }
}
