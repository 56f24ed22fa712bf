import { createHmac } from "node:crypto"
import { mkdir, readdir, readFile, stat } from "node:fs/promises"
import { get } from "node:http"
import path from "node:path"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { LocalSupabaseError } from "./local-supabase-error.ts"
import { type LocalSupabase, startLocalSupabase } from "./start-local-supabase.ts"
import { makeTemporaryDirectory, TEST_MIGRATIONS } from "./testing/make-temporary-directory.ts"
import { makeClient, makeUser } from "./testing/make-user.ts"

describe("on PGlite", () => {
  describeSupabase(async () => ({}))
})

describeWithNativePostgres("on a native Postgres", {}, ({ createDatabase }) => {
  describeSupabase(async () => ({ postgresUrl: await createDatabase() }))
})

function describeSupabase(choose: () => Promise<{ postgresUrl?: string }>): void {
  let directory: Awaited<ReturnType<typeof makeTemporaryDirectory>>
  let settings: {
    directory: string
    migrationsDirectory: string
    postgresUrl?: string
    maxBodyInBytes: number
  }
  let supabase: LocalSupabase
  const logged: string[] = []

  beforeAll(async () => {
    directory = await makeTemporaryDirectory()
    settings = {
      directory: path.join(directory.path, "bank"),
      migrationsDirectory: TEST_MIGRATIONS,
      maxBodyInBytes: 100_000,
      ...(await choose()),
    }
    supabase = await startLocalSupabase({ ...settings, log: (message) => logged.push(message) })
  })

  afterAll(async () => {
    await supabase.close()
    await directory[Symbol.asyncDispose]()
  })

  test("applies the migrations, and says so", () => {
    expect(logged).toContain("Applying migration 20260101000000_create_notes.sql")
    expect(logged).toContain("Applying migration 20260101000100_create_functions.sql")
    expect(new URL(supabase.url).hostname).toBe("127.0.0.1")
  })

  test("lets a user see their own rows, anon none, the service all", async () => {
    const ada = await makeUser(supabase, "ada@example.com")
    const bob = await makeUser(supabase, "bob@example.com")
    const service = makeClient(supabase, supabase.secretKey)
    const anon = makeClient(supabase, supabase.publishableKey)

    const written = await ada.client
      .from("notes")
      .insert({ owner_id: ada.id, body: "of Ada", tags: ["a", "b"], embedding: [1, 2, 3] })
      .select()
    expect(written.error).toBeNull()
    expect(written.data).toMatchObject([{ body: "of Ada", tags: ["a", "b"], embedding: "[1,2,3]" }])
    expect(
      (await ada.client.from("notes").insert({ owner_id: bob.id, body: "forged" })).error?.code,
    ).toBe("42501")
    expect(
      (await service.from("notes").insert({ owner_id: bob.id, body: "of Bob" })).error,
    ).toBeNull()

    const bodies = async (client: typeof anon) =>
      (await client.from("notes").select("body").order("body")).data
    expect(await bodies(ada.client)).toEqual([{ body: "of Ada" }])
    expect(await bodies(bob.client)).toEqual([{ body: "of Bob" }])
    expect(await bodies(service)).toEqual([{ body: "of Ada" }, { body: "of Bob" }])
    expect((await anon.from("notes").select()).error).toMatchObject({ code: "42501" })
    expect((await anon.from("ledger").select()).error).toMatchObject({ code: "42501" })
    expect((await ada.client.from("ledger").select()).error).toMatchObject({ code: "42501" })
    expect((await ada.client.rpc("who_am_i")).data).toEqual({
      role: "authenticated",
      uid: ada.id,
      email: "ada@example.com",
      jwt_role: "authenticated",
    })
    expect((await anon.rpc("who_am_i")).data).toMatchObject({
      role: "anon",
      uid: null,
      email: null,
    })
    expect((await service.rpc("who_am_i")).data).toMatchObject({ role: "service_role", uid: null })
  })

  test("answers like PostgREST where lite does not", async () => {
    const service = makeClient(supabase, supabase.secretKey)
    const refused = await service.rpc("refuse", { reason: "it is late" })
    expect(refused.status).toBe(400)
    expect(refused.error).toMatchObject({
      code: "P0001",
      message: "refused: it is late",
      details: "because",
      hint: "ask again",
    })
    expect(
      (await service.from("notes").insert({ owner_id: crypto.randomUUID(), body: "" })).error?.code,
    ).toBe("23514")
    expect((await service.rpc("odd_values")).data).toEqual([
      { moods: ["calm", "busy"], ratio: "NaN", day: "2026-11-23T17:10:41.89+00:00" },
    ])
    const kinds = [{ a: 1 }, [1], "text", true].map((value) => service.rpc("kind_of", { value }))
    expect((await Promise.all(kinds)).map(({ data }) => data)).toEqual([
      "object",
      "array",
      "string",
      "boolean",
    ])
  })

  test.each([
    "/_system/config",
    "/_system/introspect",
    "//_system/config",
    "/%5Fsystem/config",
    "/rest/v1/../../_system/config",
    "/rest/v1/%2e%2e/%2E%2E/_system/config",
    "/auth/v1/..%2f..%2f_system/config",
    "/storage/v1/bucket",
    "/",
  ])("keeps %s closed", async (address) => {
    const response = await fetch(`${supabase.url}${address}`, {
      headers: { apikey: supabase.secretKey },
    })
    expect([401, 404]).toContain(response.status)
    expect(await response.text()).not.toContain(supabase.jwtSecret)
  })

  test("answers to its own host name only", async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { host: "bank.example.com", apikey: supabase.secretKey }
      get(`${supabase.url}/rest/v1/ledger`, { headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).on("error", reject)
    })
    expect(status).toBe(403)
  })

  test("asks for a key", async () => {
    const notes = `${supabase.url}/rest/v1/notes`
    expect((await fetch(notes)).status).toBe(401)
    expect((await fetch(notes, { headers: { apikey: "sb_secret_guess" } })).status).toBe(401)
    const transaction = await fetch(`${supabase.url}/local/v1/transaction`, {
      method: "POST",
      headers: { apikey: supabase.publishableKey },
    })
    expect(transaction.status).toBe(401)
    expect((await fetch(`${supabase.url}/local/v1/lease`)).status).toBe(401)
  })

  test("refuses user tokens that are forged or have run out", async () => {
    const sign = (claims: object, secret: string) => {
      const content = [{ alg: "HS256", typ: "JWT" }, claims]
        .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
        .join(".")
      return `${content}.${createHmac("sha256", secret).update(content).digest("base64url")}`
    }
    const ask = async (token: string) => {
      const response = await fetch(`${supabase.url}/rest/v1/notes`, {
        headers: { apikey: supabase.publishableKey, authorization: `Bearer ${token}` },
      })
      const { code }: { code?: unknown } = JSON.parse(await response.text())
      return [response.status, code]
    }
    const claims = { sub: crypto.randomUUID(), role: "service_role", exp: Date.now() / 1000 + 60 }
    expect(await ask(sign(claims, "guess"))).toEqual([401, "PGRST301"])
    expect(await ask("nonsense")).toEqual([401, "PGRST301"])
    expect(await ask(sign({ ...claims, exp: 1 }, supabase.jwtSecret))).toEqual([401, "PGRST303"])
  })

  test("refuses bodies over the limit with a clear 413, declared or streamed", async () => {
    const service = makeClient(supabase, supabase.secretKey)
    const large = await service
      .from("notes")
      .insert({ owner_id: crypto.randomUUID(), body: "x".repeat(200_000) })
    expect(large.status).toBe(413)
    expect(large.error).toMatchObject({
      message: expect.stringContaining("larger than 100000 bytes"),
      hint: "Send fewer rows a request.",
    })
    const streamed = await fetch(`${supabase.url}/rest/v1/notes`, {
      method: "POST",
      headers: { apikey: supabase.secretKey, "content-type": "application/json" },
      body: ReadableStream.from(Array.from({ length: 50 }, () => new Uint8Array(20_000))),
      duplex: "half",
    } as RequestInit)
    expect(streamed.status).toBe(413)
    expect((await service.from("ledger").select()).error).toBeNull()
  })

  test("keeps mails where a developer can read them", async () => {
    const client = makeClient(supabase, supabase.publishableKey)
    await makeUser(supabase, "carol@example.com")
    expect((await client.auth.signInWithOtp({ email: "carol@example.com" })).error).toBeNull()
    const mail = await supabase.mails.latestTo("carol@example.com")
    const [, tokenHash = ""] =
      /\/auth\/confirm\?token_hash=(\w+)&type=magiclink/.exec(mail?.text ?? "") ?? []
    const byLink = await client.auth.verifyOtp({ token_hash: tokenHash, type: "email" })
    expect(byLink.data.user?.email).toBe("carol@example.com")
    expect(
      (await client.auth.verifyOtp({ token_hash: tokenHash, type: "email" })).error?.status,
    ).toBe(403)

    await client.auth.signInWithOtp({ email: "carol@example.com" })
    const second = await supabase.mails.latestTo("carol@example.com")
    const [token = ""] = /\b\d{6}\b/.exec(second?.text ?? "") ?? []
    const byCode = await client.auth.verifyOtp({
      email: "carol@example.com",
      token,
      type: "magiclink",
    })
    expect(byCode.data.user?.email).toBe("carol@example.com")
    expect(await readdir(supabase.mails.directory)).toHaveLength(2)
  })

  test("keeps its files to their owner", async () => {
    const mode = async (...names: string[]) =>
      (await stat(path.join(settings.directory, ...names))).mode & 0o777
    expect(await mode()).toBe(0o700)
    expect(await mode("database")).toBe(0o700)
    expect(await mode("mails")).toBe(0o700)
    for (const file of ["keys.json", "server.json", "server.log", "lock.sqlite"])
      expect(await mode(file)).toBe(0o600)
    expect(await readFile(path.join(settings.directory, ".gitignore"), "utf8")).toBe("*\n")
  })

  test("refuses a second server for the directory", async () => {
    const second = startLocalSupabase(settings)
    await expect(second).rejects.toThrow(LocalSupabaseError)
    await expect(second).rejects.toMatchObject({
      code: "directory_in_use",
      message: expect.stringContaining(supabase.url),
    })
  })

  test("keeps users, sessions, keys and rows over a restart that applies nothing again", async () => {
    const dora = await makeUser(supabase, "dora@example.com")
    await dora.client.from("notes").insert({ owner_id: dora.id, body: "before" })
    const { data } = await dora.client.auth.getSession()
    const before = supabase
    await supabase.close()
    logged.length = 0
    supabase = await startLocalSupabase({ ...settings, log: (message) => logged.push(message) })

    const service = makeClient(supabase, supabase.secretKey)
    const firstAnswers = await Promise.all(
      Array.from({ length: 50 }, () => service.from("ledger").select()),
    )
    expect(firstAnswers.map(({ error }) => error)).toEqual(Array(50).fill(null))
    expect(logged.filter((message) => message.includes("migration"))).toEqual([])
    expect(supabase).toMatchObject({
      publishableKey: before.publishableKey,
      secretKey: before.secretKey,
      jwtSecret: before.jwtSecret,
    })
    const client = makeClient(supabase, supabase.publishableKey)
    await client.auth.setSession({
      access_token: data.session?.access_token ?? "",
      refresh_token: data.session?.refresh_token ?? "",
    })
    expect((await client.from("notes").select("body")).data).toEqual([{ body: "before" }])
    const login = await client.auth.signInWithPassword({
      email: "dora@example.com",
      password: "correct horse",
    })
    expect(login.data.user?.id).toBe(dora.id)
  })
}

test("says which port is taken and which migrations it can not read", async () => {
  await using directory = await makeTemporaryDirectory()
  await mkdir(path.join(directory.path, "empty"))
  await expect(
    startLocalSupabase({
      directory: directory.path,
      migrationsDirectory: path.join(directory.path, "none"),
    }),
  ).rejects.toMatchObject({ code: "migrations_unreadable" })
  await expect(
    startLocalSupabase({
      directory: directory.path,
      migrationsDirectory: path.join(directory.path, "empty"),
      postgresUrl: "postgres://nobody:secret-word@127.0.0.1:1/none",
    }),
  ).rejects.toMatchObject({
    code: "database_unreachable",
    message: expect.not.stringContaining("secret-word"),
  })
})
