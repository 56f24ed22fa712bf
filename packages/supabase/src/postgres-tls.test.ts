import { expect, test } from "vitest"
import { parseDatabaseUrl } from "./parse-database-url.ts"
import { postgresTls } from "./postgres-tls.ts"

function tlsOf(parameters: string) {
  return postgresTls(parseDatabaseUrl(`postgres://u:p@h/d?${parameters}`))
}

const certificate = import.meta.filename

test("disable means none", () => {
  expect(tlsOf("sslmode=disable")).toBe(false)
})

test("prefer and require encrypt without judging the certificate", () => {
  expect(tlsOf("sslmode=prefer")).toEqual({ rejectUnauthorized: false })
  expect(tlsOf("sslmode=require")).toEqual({ rejectUnauthorized: false })
})

test("require with a certificate and verify-ca judge who issued it, not the name", () => {
  for (const mode of ["require", "verify-ca"]) {
    const tls = tlsOf(`sslmode=${mode}&sslrootcert=${certificate}`)
    expect(tls).toMatchObject({ ca: expect.stringContaining("verify-ca") })
    expect(tls).toHaveProperty("checkServerIdentity")
    expect(tls).not.toHaveProperty("rejectUnauthorized")
  }
})

test("verify-full judges issuer and name", () => {
  expect(tlsOf("sslmode=verify-full")).toEqual({})
  expect(Object.keys(tlsOf(`sslmode=verify-full&sslrootcert=${certificate}`))).toEqual(["ca"])
})

test("a certificate file that is not there is a usage error", () => {
  expect(() => tlsOf("sslmode=verify-ca&sslrootcert=/nowhere/ca.pem")).toThrow("/nowhere/ca.pem")
})
