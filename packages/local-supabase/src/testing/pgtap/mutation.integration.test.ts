import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { afterAll, describe, expect, test } from "vitest"
import { listMutants, type Mutant } from "./mutants.ts"
import { type PgtapFile, pgtapDirectory, readPgtapFiles } from "./pgtap-files.ts"
import type { PgtapSession } from "./pgtap-session.ts"
import { openPreparedNative } from "./prepare-pgtap-database.ts"
import { runPgtapFile } from "./run-pgtap-file.ts"

describeWithNativePostgres("the tests notice", { versions: [15] }, ({ createDatabase }) => {
  describe("when a", async () => {
    const session = await openPreparedNative(await createDatabase())
    const files = await readPgtapFiles(pgtapDirectory)
    const setup = files.find(({ name }) => name.startsWith("000-"))
    if (setup === undefined) throw new Error("supabase/tests has no setup.")
    await runPgtapFile({ session, file: setup })
    const mutants = await listMutants(session)
    const killed = new Map<string, number>()

    for (const mutant of mutants) {
      test(`${mutant.kind}: ${mutant.name}`, async () => {
        const killer = await findKiller({ session, mutant, files: inOrder({ mutant, files }) })
        if (killer !== undefined) killed.set(mutant.kind, (killed.get(mutant.kind) ?? 0) + 1)
        expect(killer, `No test fails after:\n${mutant.sql}`).toBeDefined()
      })
    }

    afterAll(async () => {
      for (const [kind, ofKind] of Map.groupBy(mutants, (mutant) => mutant.kind)) {
        console.log(`${kind}: ${ofKind.length} mutants, ${killed.get(kind) ?? 0} killed`)
      }
      await session.close()
    })
  })
})

/** The first file in which something fails, or undefined for a survivor. */
async function findKiller(options: {
  session: PgtapSession
  mutant: Mutant
  files: PgtapFile[]
}): Promise<string | undefined> {
  const { session, mutant, files } = options
  for (const file of files) {
    const report = await runPgtapFile({ session, file, prelude: mutant.sql, stopsAtFailure: true })
    if (report.problems.length > 0 || report.assertions.some(({ isOk }) => !isOk)) return file.name
  }
  return undefined
}

/** Likely and quick files first. Policies have to be missed by how rows behave, so no reading of the catalog helps. */
function inOrder({ mutant, files }: { mutant: Mutant; files: PgtapFile[] }): PgtapFile[] {
  const likely =
    likelyFiles.find(({ of }) => of.test(`${mutant.kind}: ${mutant.name}`))?.names ?? []
  const names = files.map(({ name }) => name.replace(".test.sql", ""))
  const others = names.filter((name) => !/^(000-|zzz-)/.test(name))
  const order = [...new Set([...likely, ...quickFiles, ...others])]
  return order
    .filter((name) => !(/^policy (dropped|lets)/.test(mutant.kind) && catalogFiles.includes(name)))
    .map((name) => {
      const file = files.find((candidate) => candidate.name === `${name}.test.sql`)
      if (file === undefined) throw new Error(`supabase/tests/${name}.test.sql is missing.`)
      return file
    })
}

const catalogFiles = ["catalog-rules", "column-privileges", "function-grants"]

const likelyFiles = [
  { of: /^policy for visitors too/, names: ["catalog-rules"] },
  { of: /^policy/, names: ["access-by-table-and-role", "attacks-on-writing"] },
  { of: /^(row level|view)/, names: ["access-by-table-and-role", "catalog-rules"] },
  { of: /^table/, names: ["column-privileges"] },
  { of: /search path: /, names: ["catalog-rules"] },
  { of: /^function (granted|with)/, names: ["function-grants"] },
  { of: /^function asks/, names: ["access-by-function-and-role"] },
  { of: /^trigger.*(count|truncate|statistics)/, names: ["statistics-equal-rows"] },
  {
    of: /edited: (search_scope|check_match_count)/,
    names: ["search-bounds", "attacks-on-reading"],
  },
  { of: /edited: nearest_rows/, names: ["search-above-the-threshold"] },
  { of: /edited: (children_of|find_kin)/, names: ["genealogy"] },
  { of: /edited: statistics/, names: ["statistics-equal-rows"] },
  { of: /edited: match_keywords/, names: ["attacks-on-identity"] },
  { of: /edited: (record|mark)_retrieval/, names: ["retrieval-events"] },
  { of: /edited: (delete_old_traces|check_retention)/, names: ["archive-and-restore"] },
  { of: /edited: (add_|accept_|confirmed_)/, names: ["invitations"] },
]

const quickFiles = [
  "editing-rules",
  "membership",
  "invitations",
  "retrieval-events",
  "archive-and-restore",
  "attacks-on-identity",
  "attacks-on-search-paths",
  "attacks-on-functions",
  "genealogy",
  "attacks-on-reading",
  "access-by-function-and-role",
  "statistics-equal-rows",
]
