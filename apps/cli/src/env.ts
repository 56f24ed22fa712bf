import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { parseEnv } from "node:util"
import { ReasoningBankError } from "@reasoningbank/core"
import { z } from "zod"

const logLevels = ["trace", "debug", "info", "warn", "error", "silent"] as const

const secretVariables = ["SUPABASE_KEY", "SUPABASE_SECRET_KEY", "DATABASE_URL", "CHROMA_TOKEN"]
const secretOptions = ["--supabase-key", "--database-url"]

const optionalText = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value.trim() === "" ? undefined : value.trim()))

const variables = z.object({
  SUPABASE_URL: optionalText,
  SUPABASE_KEY: optionalText,
  SUPABASE_SECRET_KEY: optionalText,
  DATABASE_URL: optionalText,
  CHROMA_URL: optionalText,
  CHROMA_TOKEN: optionalText,
  REASONING_BANK_DATA: optionalText,
  REASONING_BANK_MODEL_DIRECTORY: optionalText,
  LOG_LEVEL: optionalText
    .transform((value) => (value ?? "info").toLowerCase())
    .transform((value) => (value === "warning" ? "warn" : value))
    .pipe(z.enum(logLevels)),
})

export type Environment = {
  supabaseUrl: string | undefined
  supabaseKey: string | undefined
  databaseUrl: string | undefined
  chromaUrl: string | undefined
  /** For a server that asks for one. */
  chromaToken: string | undefined
  /** The Chroma directory, as the ReasoningBank's own setting names it. */
  dataDirectory: string | undefined
  /** Where the embedding model lies. */
  modelDirectory: string | undefined
  logLevel: (typeof logLevels)[number]
}

/**
 * Where the user called the command: pnpm runs scripts in the repository and says so in `INIT_CWD`.
 */
export function callerDirectory(): string {
  return resolve(process.env.INIT_CWD ?? process.cwd())
}

/** The environment, and `.env` of `directory` for what the environment does not set. */
export function readEnvironment(directory: string): Environment {
  const parsed = variables.safeParse({ ...readDotEnv(directory), ...process.env })
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const name = issue?.path.join(".") ?? "the environment"
    throw new ReasoningBankError({
      code: "usage",
      message: `The environment variable ${name} has a value that is not known: ${issue?.message}.`,
      hint: "Correct it in the environment or in .env.",
    })
  }
  const { data } = parsed
  return {
    supabaseUrl: data.SUPABASE_URL,
    supabaseKey: data.SUPABASE_SECRET_KEY ?? data.SUPABASE_KEY,
    databaseUrl: data.DATABASE_URL,
    chromaUrl: data.CHROMA_URL,
    chromaToken: data.CHROMA_TOKEN,
    dataDirectory: data.REASONING_BANK_DATA,
    modelDirectory: data.REASONING_BANK_MODEL_DIRECTORY,
    logLevel: data.LOG_LEVEL,
  }
}

/** Every value of the environment, `.env` and the command line that must not be shown. */
export function readSecrets(directory: string): (string | undefined)[] {
  let values: Record<string, string | undefined> = process.env
  try {
    values = { ...readDotEnv(directory), ...process.env }
  } catch {
    // An unreadable .env gives no secret away.
  }
  const options = process.argv.flatMap((word, position) => {
    const name = secretOptions.find((option) => word === option || word.startsWith(`${option}=`))
    if (name === undefined) return []
    return [word === name ? process.argv[position + 1] : word.slice(name.length + 1)]
  })
  return [...secretVariables.map((name) => values[name]), ...options]
}

function readDotEnv(directory: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(join(directory, ".env"), "utf8"))
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {}
    throw new ReasoningBankError({
      code: "usage",
      message: `The file .env in ${directory} can not be read.`,
      hint: "Make it readable or move it away.",
      cause: error,
    })
  }
}
