import { randomBytes } from "node:crypto"
import { readFile, rename, writeFile } from "node:fs/promises"
import { LocalSupabaseError } from "./local-supabase-error.ts"

/** What identifies callers of one local project; made once and kept with its data. */
export type ProjectKeys = {
  /** For browsers: acts as `anon`, or as the user whose token comes along. */
  publishableKey: string
  /** For servers: acts as `service_role`. */
  secretKey: string
  /** Signs the access tokens (HS256). */
  jwtSecret: string
}

/** Reads the keys, or makes them (mode 600). Call it under the directory's lock. Raises `keys_unreadable`. */
export async function loadProjectKeys(keysFile: string): Promise<ProjectKeys> {
  const known = await readProjectKeys(keysFile)
  if (known !== null) return known
  const made: ProjectKeys = {
    publishableKey: `sb_publishable_${randomBytes(24).toString("base64url")}`,
    secretKey: `sb_secret_${randomBytes(24).toString("base64url")}`,
    jwtSecret: randomBytes(48).toString("base64url"),
  }
  const unfinished = `${keysFile}.unfinished`
  await writeFile(unfinished, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
  await rename(unfinished, keysFile)
  return made
}

/** The keys of a directory, null when none were made yet. Raises `keys_unreadable`. */
export async function readProjectKeys(keysFile: string): Promise<ProjectKeys | null> {
  try {
    const keys: unknown = JSON.parse(await readFile(keysFile, "utf8"))
    if (isProjectKeys(keys)) return keys
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null
    throw unreadable(keysFile, cause)
  }
  throw unreadable(keysFile)
}

function unreadable(keysFile: string, cause?: unknown): LocalSupabaseError {
  return new LocalSupabaseError({
    code: "keys_unreadable",
    message: `${keysFile} does not hold the keys that were written there.`,
    hint: "Delete the file to have new keys made: the rows stay, signed-in users have to sign in again.",
    cause,
  })
}

function isProjectKeys(value: unknown): value is ProjectKeys {
  return (
    typeof value === "object" &&
    value !== null &&
    "publishableKey" in value &&
    typeof value.publishableKey === "string" &&
    "secretKey" in value &&
    typeof value.secretKey === "string" &&
    "jwtSecret" in value &&
    typeof value.jwtSecret === "string"
  )
}
