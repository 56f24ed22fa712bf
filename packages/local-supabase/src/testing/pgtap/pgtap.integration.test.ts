import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { describe, expect, test } from "vitest"
import { pgtapDirectory, readPgtapFiles } from "./pgtap-files.ts"
import type { PgtapSession } from "./pgtap-session.ts"
import { openPreparedNative, openPreparedPglite } from "./prepare-pgtap-database.ts"
import { runPgtapFile } from "./run-pgtap-file.ts"

describe("supabase/tests (PGlite)", async () => {
  await defineAssertions(await openPreparedPglite())
})

describeWithNativePostgres("supabase/tests", { versions: [15] }, ({ createDatabase }) => {
  describe("pgTAP", async () => {
    await defineAssertions(await openPreparedNative(await createDatabase()))
  })
})

/** Files run while tests are collected, so that each of their assertions is a test of its own. */
async function defineAssertions(session: PgtapSession): Promise<void> {
  for (const file of await readPgtapFiles(pgtapDirectory)) {
    const { assertions, problems } = await runPgtapFile({ session, file })
    describe(file.name, () => {
      test("keeps its plan and ends without an error", () => {
        expect(problems).toEqual([])
        expect(assertions).not.toEqual([])
      })
      for (const [index, { name, isOk, diagnostics }] of assertions.entries()) {
        test(`${index + 1} ${name}`, () => expect(isOk, diagnostics).toBe(true))
      }
    })
  }
  await session.close()
}
