import { afterAll, beforeAll, describe } from "vitest"
import { describeAdding } from "./adding-contract.ts"
import {
  type BackendUnderTest,
  contractNow,
  createContext,
  type OpenBackend,
} from "./backend-under-test.ts"
import { describeChanging } from "./changing-contract.ts"
import { describeGenealogy } from "./genealogy-contract.ts"
import { createHashedWordsEmbedder } from "./hashed-words-embedder.ts"
import { describeListing } from "./listing-contract.ts"
import { describeRepeatedAdding } from "./repeated-adding-contract.ts"
import { describeSearchLimits } from "./search-limits-contract.ts"
import { describeSearching } from "./searching-contract.ts"

/**
 * The suite that every `StorageBackend` passes: it gives the same answers as the in-memory one, in the same
 * order, within 1e-6. Other rows in the store do no harm; every test works in workspaces of its own.
 */
export function describeStorageBackend({
  name,
  openBackend,
}: {
  name: string
  openBackend: OpenBackend
}): void {
  describe(`${name} as a storage backend`, () => {
    let opened: BackendUnderTest | undefined

    beforeAll(async () => {
      const embedder = createHashedWordsEmbedder()
      opened = await openBackend({ embedder, now: () => contractNow })
    })
    afterAll(() => opened?.backend.close())

    const getContext = async () => {
      if (opened === undefined) throw new Error("The backend was not opened.")
      return createContext(opened)
    }
    describeAdding(getContext)
    describeRepeatedAdding(getContext)
    describeSearching(getContext)
    describeSearchLimits(getContext)
    describeListing(getContext)
    describeGenealogy(getContext)
    describeChanging(getContext)
  })
}
