import { ReasoningBankError } from "@reasoningbank/core"

/** How much of TLS a connection insists on, as libpq's `sslmode` names it. */
export type TlsMode = "disable" | "prefer" | "require" | "verify-ca" | "verify-full"

export type DatabaseAddress = {
  /** Name, IP address, or the directory of a Unix socket. */
  host: string
  port: number
  user: string
  password: string | undefined
  database: string
  tlsMode: TlsMode
  /** File of the certificates to trust; undefined for the system's. */
  rootCertificateFile: string | undefined
  /** Host, port and database: what may be shown. */
  location: string
}

const defaultPort = 5432
const hint =
  "Expected postgresql://USER:PASSWORD@HOST:5432/DATABASE; write special characters of the password " +
  "percent-encoded (@ as %40, # as %23, / as %2F)."

/**
 * Reads a `postgresql://` address. `sslmode` defaults to `require` for hosted Supabase and to `prefer` elsewhere;
 * parameters meant for other clients (`pgbouncer=true`) are ignored. Raises `usage`, never naming the password.
 */
export function parseDatabaseUrl(databaseUrl: string): DatabaseAddress {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : null
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new ReasoningBankError({
      code: "usage",
      message: "The database address given is not a postgresql:// URL.",
      hint,
    })
  }
  const password = decode(url.password) || (url.searchParams.get("password") ?? "")
  if (password.startsWith("[YOUR-PASSWORD]")) {
    throw new ReasoningBankError({
      code: "usage",
      message: "The database address given still holds the placeholder [YOUR-PASSWORD].",
      hint: "Put the database password in its place, without the brackets.",
    })
  }
  const host = url.hostname.replace(/^\[|\]$/g, "") || url.searchParams.get("host") || "localhost"
  const port = Number(url.port || url.searchParams.get("port") || defaultPort)
  const user = decode(url.username) || (url.searchParams.get("user") ?? "postgres")
  const database = decode(url.pathname.slice(1)) || user
  return {
    host: decode(host),
    port,
    user,
    password: password || undefined,
    database,
    tlsMode: readTlsMode({ url, host }),
    rootCertificateFile: readRootCertificateFile(url),
    location: `${decode(host)}:${port}/${database}`,
  }
}

function readTlsMode({ url, host }: { url: URL; host: string }): TlsMode {
  const mode = url.searchParams.get("sslmode")
  switch (mode) {
    case null:
      return isHostedSupabase(host) ? "require" : "prefer"
    case "disable":
    case "prefer":
    case "require":
    case "verify-ca":
    case "verify-full":
      return mode
    case "allow":
      return "prefer"
    case "no-verify":
      return "require"
    default:
      throw new ReasoningBankError({
        code: "usage",
        message: `sslmode=${mode} in the database address is not known.`,
        hint: "Use disable, prefer, require, verify-ca or verify-full.",
      })
  }
}

function isHostedSupabase(host: string): boolean {
  return /\.(supabase\.(co|com|in|net|green)|supabase\.red)$/.test(host)
}

function readRootCertificateFile(url: URL): string | undefined {
  const file = url.searchParams.get("sslrootcert")
  return file === null || file === "system" ? undefined : file
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    throw new ReasoningBankError({
      code: "usage",
      message: "The database address given has a % that begins no percent-encoded character.",
      hint,
      cause,
    })
  }
}
