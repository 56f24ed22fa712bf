import { join } from "node:path"
import { connectLocalSupabase } from "@reasoningbank/local-supabase"
import { createClient } from "@supabase/supabase-js"
import { beforeAll, expect, test } from "vitest"
import { migrationsDirectory } from "./migrations-directory.ts"
import { runCli } from "./testing/run-cli.ts"
import { makeTemporaryDirectory, type TemporaryDirectory } from "./testing/temporary-directory.ts"

type Local = Awaited<ReturnType<typeof connectLocalSupabase>>

let home: TemporaryDirectory
let local: Local

beforeAll(async () => {
  home = await makeTemporaryDirectory()
  local = await connectLocalSupabase({
    directory: join(home.path, ".reasoningbank"),
    migrationsDirectory,
  })
  await local.sql.transaction([
    { sql: "insert into public.workspaces (id, name) values ('shop', 'Shop'), ('game', 'Game')" },
  ])
  return async () => {
    await local.close()
    await home[Symbol.asyncDispose]()
  }
})

const grant = (words: string[], environment: Record<string, string> = {}) =>
  runCli({ arguments: ["migrate", "grant", ...words], directory: home.path, environment })

async function signUp(email: string) {
  const client = createClient(local.url, local.publishableKey, { auth: { persistSession: false } })
  const { error } = await client.auth.signUp({ email, password: "correct horse battery" })
  expect(error).toBeNull()
  const seen = async () => {
    const { data } = await client.from("workspaces").select("id").order("id")
    return data?.map(({ id }) => id)
  }
  return { client, seen }
}

test("an account gets its role at once, and sees the workspace", async () => {
  const user = await signUp("olga@example.com")
  expect(await user.seen()).toEqual([])
  expect(await grant(["Olga@Example.com", "shop"])).toMatchObject({
    exitCode: 0,
    stdout: "Olga@Example.com is now owner in 1 workspace.\n",
    stderr: "",
  })
  expect(await user.seen()).toEqual(["shop"])
  await grant(["olga@example.com", "--all", "--role", "viewer"])
  expect(await user.seen()).toEqual(["game", "shop"])
  const { data } = await user.client.from("workspace_members").select("workspace_id, role")
  expect(data).toEqual(
    expect.arrayContaining([
      { workspace_id: "shop", role: "owner" },
      { workspace_id: "game", role: "viewer" },
    ]),
  )
})

test("an unknown address is invited; the token opens the workspace to it, once and to nobody else", async () => {
  const { exitCode, stdout } = await grant(["paul@example.com", "shop", "--role", "editor"])
  expect(exitCode).toBe(0)
  expect(stdout).toContain("has no confirmed account yet and is invited as editor to 1 workspace")
  const [token] = /invitation_[0-9a-f]{64}/.exec(stdout) ?? []
  const other = await signUp("quentin@example.com")
  const refused = await other.client.rpc("accept_invitation", { token })
  expect(refused.error).toMatchObject({ code: "PT404" })
  const paul = await signUp("paul@example.com")
  const accepted = await paul.client.rpc("accept_invitation", { token })
  expect(accepted).toMatchObject({ data: "shop", error: null })
  expect(await paul.seen()).toEqual(["shop"])
  const again = await paul.client.rpc("accept_invitation", { token })
  expect(again.error).toMatchObject({ code: "PT404" })
})

test("over the API too", async () => {
  const environment = { SUPABASE_URL: local.url, SUPABASE_KEY: local.secretKey }
  const user = await signUp("rita@example.com")
  expect((await grant(["rita@example.com", "game"], environment)).exitCode).toBe(0)
  expect(await user.seen()).toEqual(["game"])
})

test("wrong use is named, and changes nothing", async () => {
  const missing = await grant(["olga@example.com", "shop", "nowhere"])
  expect(missing.exitCode).toBe(2)
  expect(missing.stderr).toContain("There is no workspace nowhere")
  const noAddress = await grant(["shop", "game"])
  expect(noAddress).toMatchObject({ exitCode: 2 })
  expect(noAddress.stderr).toContain('"shop" is not an e-mail address')
  expect((await grant(["olga@example.com"])).stderr).toContain("No workspace is named")
  expect((await grant(["olga@example.com", "shop", "--all"])).exitCode).toBe(2)
  expect((await grant(["olga@example.com", "shop", "--role", "king"])).stderr).toContain(
    "owner, editor, viewer",
  )
})
