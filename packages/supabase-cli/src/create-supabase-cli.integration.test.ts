import { describe, expect, test } from "vitest"
import { describeWithSupabaseCli } from "./describe-with-supabase-cli.ts"
import { createSupabaseCli } from "./index.ts"

describeWithSupabaseCli("the Supabase CLI", (cli) => {
  test("is the version that was asked for", async () => {
    const { exitCode, stdout } = await cli.run({ arguments: ["--version"] })
    expect({ exitCode, version: stdout.trim() }).toEqual({ exitCode: 0, version: "3.1.0" })
  })

  test("tells by its exit code that a command failed", async () => {
    const { exitCode, stderr } = await cli.run({
      arguments: ["migration", "list", "--remote=postgres://nobody:none@127.0.0.1:1/none"],
    })
    expect(exitCode).toBe(1)
    expect(stderr).not.toBe("")
  })
})

describe("without a source", () => {
  test("says what failed", async () => {
    const created = createSupabaseCli({ cacheDirectory: "/dev/null/cache" })
    await expect(created).rejects.toMatchObject({
      name: "SupabaseCliUnavailable",
      message: expect.stringContaining("could not be fetched with npm"),
    })
  })
})
