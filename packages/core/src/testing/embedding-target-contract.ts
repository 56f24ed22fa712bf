import { afterAll, beforeAll, describe } from "vitest"
import { describeEmbeddingModels } from "./embedding-models-contract.ts"
import { describeEmbeddingNeeds } from "./embedding-needs-contract.ts"
import type { EmbeddingTargets } from "./embedding-under-test.ts"
import { describeGuardedEmbedding } from "./guarded-embedding-contract.ts"

/**
 * The suite that every `EmbeddingTarget` passes, with the `MigrationTarget` on the same database. Other rows in it do no
 * harm, and every test uses workspaces of its own.
 */
export function describeEmbeddingTarget({
  name,
  createTargets,
}: {
  name: string
  createTargets: () => Promise<EmbeddingTargets>
}): void {
  describe(`${name} as an embedding target`, () => {
    let targets: EmbeddingTargets | undefined
    const getTargets = () => {
      if (targets === undefined) throw new Error("The targets were not created.")
      return targets
    }
    beforeAll(async () => {
      targets = await createTargets()
    })
    afterAll(() => targets?.target.close())

    describeEmbeddingNeeds(getTargets)
    describeEmbeddingModels(getTargets)
    describeGuardedEmbedding(getTargets)
  })
}
