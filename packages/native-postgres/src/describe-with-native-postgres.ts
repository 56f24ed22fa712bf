import { describe, inject, test } from "vitest"
import { type CreateDatabaseOptions, createDatabase } from "./create-database.ts"
import type { NativePostgresVersion } from "./postgres-installation.ts"
import type { SharedClusterAnswer } from "./serve-shared-clusters.ts"
import "./vitest-global-setup.ts"

export type SharedNativePostgres = {
  version: NativePostgresVersion
  /** A superuser's URL of the database `postgres`; roles made here are seen by every test file. */
  url: string
  /** Makes an empty database, or a copy of `template`, and returns a superuser's URL of it. */
  createDatabase: (options?: Omit<CreateDatabaseOptions, "url">) => Promise<string>
}

/**
 * A `describe` block with a PostgreSQL server that all test files of the run share, so each makes databases of its own.
 * Where no server can be had its one test is skipped with the reason, which is a failure when CI=true.
 * @param options.versions One block for each. @default one block with whichever version is at hand
 */
export function describeWithNativePostgres(
  name: string,
  options: { versions?: readonly NativePostgresVersion[] },
  define: (postgres: SharedNativePostgres) => void,
): void {
  for (const version of options.versions ?? [undefined]) {
    describe(version === undefined ? name : `${name} (PostgreSQL ${version})`, async () => {
      const answer = await askForCluster(version)
      if ("unavailable" in answer) {
        test("needs native PostgreSQL", ({ skip }) => skip(answer.unavailable))
        return
      }
      const { url } = answer
      define({ ...answer, createDatabase: (database) => createDatabase({ ...database, url }) })
    })
  }
}

async function askForCluster(
  version: NativePostgresVersion | undefined,
): Promise<SharedClusterAnswer> {
  const address = new URL(inject("nativePostgresAddress"))
  if (version !== undefined) address.searchParams.set("version", String(version))
  const response = await fetch(address)
  const answer: SharedClusterAnswer = JSON.parse(await response.text())
  return answer
}
