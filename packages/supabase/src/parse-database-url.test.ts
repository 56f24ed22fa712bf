import { expect, test } from "vitest"
import { parseDatabaseUrl } from "./parse-database-url.ts"

test("reads every part and decodes it", () => {
  expect(
    parseDatabaseUrl("postgresql://postgres.abc:p%40ss%2Fw%23rd@db.example.com:6543/my%20db"),
  ).toEqual({
    host: "db.example.com",
    port: 6543,
    user: "postgres.abc",
    password: "p@ss/w#rd",
    database: "my db",
    tlsMode: "prefer",
    rootCertificateFile: undefined,
    location: "db.example.com:6543/my db",
  })
})

test("has the defaults of Postgres", () => {
  expect(parseDatabaseUrl("postgres://")).toMatchObject({
    host: "localhost",
    port: 5432,
    user: "postgres",
    password: undefined,
    database: "postgres",
  })
})

test("takes IPv6 addresses and Unix sockets", () => {
  expect(parseDatabaseUrl("postgres://u@[::1]:5433/d").host).toBe("::1")
  expect(parseDatabaseUrl("postgres:///d?host=/run/postgresql&user=u&password=p")).toMatchObject({
    host: "/run/postgresql",
    user: "u",
    password: "p",
  })
})

test("hosted Supabase needs TLS unless told otherwise", () => {
  const hosts = ["db.abc.supabase.co", "aws-0-eu-central-1.pooler.supabase.com"]
  for (const host of hosts) {
    expect(parseDatabaseUrl(`postgres://u:p@${host}/postgres`).tlsMode).toBe("require")
    expect(parseDatabaseUrl(`postgres://u:p@${host}/postgres?sslmode=disable`).tlsMode).toBe(
      "disable",
    )
  }
  expect(parseDatabaseUrl("postgres://u:p@supabase.co.evil.example/d").tlsMode).toBe("prefer")
})

test("honours sslmode and sslrootcert and leaves other clients' parameters alone", () => {
  const address = parseDatabaseUrl(
    "postgres://u:p@h/d?pgbouncer=true&connection_limit=1&sslmode=verify-full&sslrootcert=/etc/ca.pem",
  )
  expect(address).toMatchObject({ tlsMode: "verify-full", rootCertificateFile: "/etc/ca.pem" })
  expect(parseDatabaseUrl("postgres://u@h/d?sslmode=no-verify").tlsMode).toBe("require")
  expect(
    parseDatabaseUrl("postgres://u@h/d?sslrootcert=system").rootCertificateFile,
  ).toBeUndefined()
})

test.each([
  ["an address of the API", "https://abc.supabase.co"],
  ["a password with a bare #", "postgres://u:se#cret@h/d"],
  ["a password with a bare /", "postgres://u:se/cret@h:1/d"],
  ["a password with a bare %", "postgres://u:se%cret@h/d"],
  ["the placeholder", "postgres://u:[YOUR-PASSWORD]secret@h/d"],
  ["an unknown sslmode", "postgres://u:secret@h/d?sslmode=maybe"],
  ["nothing", ""],
])("%s is a usage error that does not tell the password", (_, url) => {
  expect.assertions(3)
  try {
    parseDatabaseUrl(url)
  } catch (error) {
    expect(error).toMatchObject({ code: "usage" })
    expect(String(error)).not.toMatch(/secret|cret/)
    expect(error).toHaveProperty("hint", expect.any(String))
  }
})
