import { type ErrorCode, isReasoningBankError, ReasoningBankError } from "@reasoningbank/core"

/** What a driver or the API tells about a failure, as far as it does. */
export type TargetFailure = {
  /** SQLSTATE, or a code of Node or the driver. */
  code: string
  message: string
  detail?: string | undefined
  hint?: string | undefined
}

type Explanation = { code: ErrorCode; hint: string }

const unreachable: Explanation = {
  code: "target:unreachable",
  hint: "Check the address and the network, and that the database is running and not paused; then run again.",
}
const noTrustedCertificate: Explanation = {
  code: "target:refused",
  hint:
    "Download the server's certificate (Supabase: Database settings, SSL configuration) and add " +
    "sslrootcert=FILE to the database address, or use sslmode=require.",
}
const busy: Explanation = {
  code: "target:busy",
  hint: "Wait a moment and run again; nothing of this step was kept.",
}
const noSchema: Explanation = {
  code: "target:no_schema",
  hint: "Apply the schema: run `supabase db push`, or paste supabase/schema.sql into the SQL editor.",
}
const noRights: Explanation = {
  code: "target:refused",
  hint: "Connect as the role `postgres` of the project (direct connection), or with a secret key (API).",
}
const wrongCredentials: Explanation = {
  code: "target:refused",
  hint: "Check user and password (special characters percent-encoded); Supabase resets the password under Database settings.",
}
const rowRefused: Explanation = {
  code: "target:row_refused",
  hint: "The database does not take this value; the source record has to be changed or left out.",
}
const outOfSpace: Explanation = {
  code: "target:refused",
  hint: "The database is out of disk space or read-only: enlarge the disk or free space, then run again.",
}
const missingExtension: Explanation = {
  code: "target:missing_extension",
  hint: "Install pgvector 0.8.0 or newer: on Supabase enable the extension `vector` in the schema `extensions`.",
}
const otherRefusal: Explanation = {
  code: "target:refused",
  hint: "Nothing of this step was kept; correct the cause and run again.",
}

/** SQLSTATEs (https://www.postgresql.org/docs/current/errcodes-appendix.html), drivers' and Node's codes. */
const byCode: Record<string, Explanation> = {
  "28000": wrongCredentials,
  "28P01": wrongCredentials,
  "3D000": {
    ...otherRefusal,
    hint: "Check the database name at the end of the address; on Supabase it is `postgres`.",
  },
  "42501": noRights,
  "42P01": noSchema,
  "42883": noSchema,
  "3F000": noSchema,
  PGRST202: noSchema,
  PGRST205: noSchema,
  "55L01": {
    code: "run:lease_lost",
    hint: "What this process wrote before is kept; see: pnpm migrate runs.",
  },
  PT404: { code: "usage", hint: "Check what was named." },
  "08P01": otherRefusal,
  "25006": outOfSpace,
  "53100": outOfSpace,
  "53200": busy,
  "53300": {
    ...busy,
    hint: "Too many connections: close others, or use the pooler's address; then run again.",
  },
  "40001": busy,
  "40P01": busy,
  "55P03": busy,
  "57P03": busy,
  "57014": {
    ...busy,
    hint: "A statement ran into its time limit: use smaller batches, or raise statement_timeout.",
  },
  "57P01": unreachable,
  "57P02": unreachable,
  ECONNREFUSED: unreachable,
  ENOTFOUND: {
    ...unreachable,
    hint: "Check the host name; a paused or deleted Supabase project has none.",
  },
  ENETUNREACH: {
    ...unreachable,
    hint: "The address may be IPv6 only: use the pooler's address from the project's Connect page.",
  },
  SELF_SIGNED_CERT_IN_CHAIN: noTrustedCertificate,
  DEPTH_ZERO_SELF_SIGNED_CERT: noTrustedCertificate,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: noTrustedCertificate,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: noTrustedCertificate,
  CERT_HAS_EXPIRED: noTrustedCertificate,
  ERR_TLS_CERT_ALTNAME_INVALID: {
    code: "target:refused",
    hint: "Connect by a name that the server's certificate holds, or use sslmode=verify-ca.",
  },
}

/** By the class of a SQLSTATE, its first two characters. */
const byClass: Record<string, Explanation> = {
  "08": unreachable,
  "22": rowRefused,
  "23": rowRefused,
  "53": busy,
  "54": rowRefused,
}

const nodeNetworkCode = /^(E[A-Z]{3,}|UND_ERR_.*|ERR_SSL_.*)$/

/** Turns what a driver raised into a `target:*` error that names `location`; ours pass through. */
export function targetError({
  cause,
  location,
}: {
  cause: unknown
  location: string
}): ReasoningBankError {
  if (isReasoningBankError(cause)) return cause
  return explainFailure({ failure: readFailure(cause), location, cause })
}

export function explainFailure({
  failure,
  location,
  cause,
}: {
  failure: TargetFailure
  location: string
  cause?: unknown
}): ReasoningBankError {
  const { code, message, detail, hint } = failure
  const explanation = explain(failure)
  const said = [message, detail].filter((text) => text !== undefined && text !== "").join(" ")
  return new ReasoningBankError({
    code: explanation.code,
    message: `${location}: ${said}${code === "" ? "" : ` (${code})`}`,
    // The server's own hint for a full disk is to check it.
    hint: hint !== undefined && hint !== "" && explanation !== outOfSpace ? hint : explanation.hint,
    cause,
  })
}

function explain({ code, message }: TargetFailure): Explanation {
  if (/password authentication failed/i.test(message)) return wrongCredentials
  if (/tenant or user not found/i.test(message)) {
    return {
      code: "target:refused",
      hint: "Through the pooler the user is postgres.PROJECT_REF: copy the address from the project's Connect page.",
    }
  }
  if (/extension "vector"|pgvector/i.test(message)) return missingExtension
  if (/does not support SSL connections|SSL connection is required/i.test(message)) {
    return {
      code: "target:refused",
      hint: "Change sslmode in the database address to what the server offers.",
    }
  }
  const byExactCode = byCode[code]
  if (byExactCode !== undefined) return byExactCode
  if (nodeNetworkCode.test(code)) return unreachable
  if (/^[0-9A-Z]{5}$/.test(code)) return byClass[code.slice(0, 2)] ?? otherRefusal
  return /terminated|timeout/i.test(message) ? unreachable : otherRefusal
}

function readFailure(cause: unknown): TargetFailure {
  if (!(cause instanceof Error)) return { code: "", message: String(cause) }
  if (cause instanceof AggregateError && cause.errors.length > 0)
    return readFailure(cause.errors[0])
  return {
    code: textProperty(cause, "code") ?? "",
    message: cause.message,
    detail: textProperty(cause, "detail"),
    hint: textProperty(cause, "hint"),
  }
}

function textProperty(error: Error, name: string): string | undefined {
  const value: unknown = Reflect.get(error, name)
  return typeof value === "string" ? value : undefined
}
