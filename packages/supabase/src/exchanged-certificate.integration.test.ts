import { readFileSync } from "node:fs"
import { join } from "node:path"
import { runCommand } from "@reasoningbank/native-postgres"
import { describeWithNativePostgres } from "@reasoningbank/native-postgres/vitest"
import { expect, onTestFinished, test } from "vitest"
import { createPostgresClient } from "./create-postgres-client.ts"
import { makeTemporaryDirectory } from "./testing/make-temporary-directory.ts"
import { startTlsFront } from "./testing/start-tls-front.ts"

/** A self-signed certificate for 127.0.0.1 and its key. */
async function makeIdentity({ directory, name }: { directory: string; name: string }) {
  const [keyFile, file] = [join(directory, `${name}.key`), join(directory, `${name}.crt`)]
  await runCommand({
    command: "openssl",
    arguments: [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
      ...["-days", "2", "-subj", `/CN=${name}`, "-addext", "subjectAltName=IP:127.0.0.1"],
      ...["-keyout", keyFile, "-out", file],
    ],
  })
  return { file, key: readFileSync(keyFile, "utf8"), cert: readFileSync(file, "utf8") }
}

describeWithNativePostgres("a server with TLS", {}, ({ createDatabase }) => {
  test("is trusted by its certificate, and no longer once that was exchanged", async () => {
    const { path: directory, remove } = await makeTemporaryDirectory()
    onTestFinished(remove)
    const first = await makeIdentity({ directory, name: "first" })
    const second = await makeIdentity({ directory, name: "second" })
    const databaseUrl = await createDatabase()
    const front = await startTlsFront({ url: databaseUrl, identity: first })
    const address = new URL(databaseUrl)
    address.port = String(front.port)
    address.searchParams.set("sslmode", "verify-full")
    address.searchParams.set("sslrootcert", first.file)
    const connect = () => createPostgresClient({ databaseUrl: address.href, maximumConnections: 1 })
    const [trusting, late] = [connect(), connect()]
    onTestFinished(async () => {
      await trusting.close()
      await late.close()
      await front.close()
    })
    const one = [{ sql: "select 1 as one" }]
    expect(await trusting.transaction(one)).toEqual([[{ one: "1" }]])

    front.identity = second
    await expect(late.transaction(one)).rejects.toMatchObject({
      code: "target:refused",
      message: expect.stringMatching(/certificate/),
      hint: expect.stringContaining("sslrootcert=FILE"),
    })
    expect(await trusting.transaction(one)).toEqual([[{ one: "1" }]])
  })
})
