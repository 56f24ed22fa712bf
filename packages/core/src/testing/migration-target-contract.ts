import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { MigrationTarget } from "../migration-target.ts"
import { describeFieldsKept } from "./fields-kept-contract.ts"
import { describeGrants } from "./grants-contract.ts"
import { describeGuardedWrites } from "./guarded-writes-contract.ts"
import { describeRunRecords } from "./run-records-contract.ts"

/**
 * The suite that every `MigrationTarget` passes. `createTarget` gives one whose schema is there; other rows in it do
 * no harm, and every test uses workspaces of its own.
 */
export function describeMigrationTarget({
  name,
  createTarget,
}: {
  name: string
  createTarget: () => Promise<MigrationTarget>
}): void {
  describe(`${name} as a migration target`, () => {
    let target: MigrationTarget | undefined
    const getTarget = () => {
      if (target === undefined) throw new Error("The target was not created.")
      return target
    }

    beforeAll(async () => {
      target = await createTarget()
    })
    afterAll(() => target?.close())

    test("describes itself", async () => {
      const description = await getTarget().describe()
      expect(description.serverVersion).toMatch(/^\d+/)
      expect(description.pgvectorVersion).toMatch(/^\d+\.\d+\.\d+/)
      expect(description.databaseBytes).toBeGreaterThan(0)
      expect(description.schemaVersions.length).toBeGreaterThan(0)
      expect(description.schemaVersions).toEqual(description.schemaVersions.toSorted())
      expect(description.location).not.toBe("")
    })

    describeGuardedWrites(getTarget)
    describeFieldsKept(getTarget)
    describeRunRecords(getTarget)
    describeGrants(getTarget)
  })
}
