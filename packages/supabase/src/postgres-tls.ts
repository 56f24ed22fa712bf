import { readFileSync } from "node:fs"
import type { ConnectionOptions } from "node:tls"
import { ReasoningBankError } from "@reasoningbank/core"
import type { DatabaseAddress } from "./parse-database-url.ts"

/**
 * TLS settings for an address, with libpq's meaning of each `sslmode`
 * (https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION); false for none.
 * Raises `usage` when the certificate file can not be read.
 */
export function postgresTls(address: DatabaseAddress): ConnectionOptions | false {
  const { tlsMode, rootCertificateFile } = address
  if (tlsMode === "disable") return false
  const certificates =
    rootCertificateFile === undefined ? {} : { ca: readCertificates(rootCertificateFile) }
  const checksIssuer = tlsMode !== "prefer" && rootCertificateFile !== undefined
  switch (tlsMode) {
    case "verify-full":
      return certificates
    case "verify-ca":
      return { ...certificates, checkServerIdentity: acceptAnyName }
    default:
      return checksIssuer
        ? { ...certificates, checkServerIdentity: acceptAnyName }
        : { rejectUnauthorized: false }
  }
}

function acceptAnyName(): undefined {
  return undefined
}

function readCertificates(file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch (cause) {
    throw new ReasoningBankError({
      code: "usage",
      message: `The certificate file ${file}, named by sslrootcert, can not be read.`,
      hint: "Give the path of a PEM file.",
      cause,
    })
  }
}
