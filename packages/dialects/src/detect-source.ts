import { stat } from "node:fs/promises"
import { dirname, relative } from "node:path"
import { type ForeignDialect, foreignDialects, ReasoningBankError } from "@reasoningbank/core"
import { listCandidateFiles } from "./list-candidate-files.ts"
import { type Container, type Probe, probeFile } from "./probe-file.ts"

type Dialect = ForeignDialect | "chroma"

/** What `pnpm migrate --dialect` may name. */
export const sourceDialects: readonly Dialect[] = [
  "chroma",
  ...foreignDialects.filter((name) => name !== "original" && name !== "reject"),
]

/** What lies at a path and how it is read. */
export type DetectedSource = {
  /** As given; for Chroma its directory. */
  path: string
  dialect: Dialect
  files: { path: string; container: Container }[]
}

type Found = Probe & { path: string }

/**
 * Tells by content whose memories lie in a file or directory. Raises `source:not_found` for no path, `source:not_reasoning_bank`
 * when nothing there is understood, and `usage` when several programs' memories are, unless `dialect` chooses.
 */
export async function detectSource({
  path,
  dialect,
}: {
  path: string
  /** The only one to look for. */
  dialect?: string | undefined
}): Promise<DetectedSource> {
  const found = await probeAll(path)
  const understood = found.filter((file) => file.dialect !== null)
  const wanted =
    dialect === undefined ? understood : understood.filter((f) => f.dialect === dialect)
  const dialects = [...new Set(wanted.map((file) => file.dialect))].filter((name) => name !== null)
  const [only] = dialects
  if (only === undefined) throw notUnderstood({ path, found, dialect })
  if (dialects.length > 1) throw ambiguous({ path, understood })
  if (only !== "chroma") return { path, dialect: only, files: wanted }
  const [{ path: file } = { path }, ...others] = wanted
  if (others.length > 0) throw ambiguous({ path, understood })
  return { path: dirname(file), dialect: only, files: [] }
}

async function probeAll(path: string): Promise<Found[]> {
  const status = await stat(path).catch((cause: unknown) => {
    throw new ReasoningBankError({
      code: "source:not_found",
      message: `There is nothing at ${path}.`,
      hint: "Give --source a file or directory that holds a bank of memories.",
      cause,
    })
  })
  const files = status.isDirectory() ? await listCandidateFiles(path) : [path]
  const found: Found[] = []
  for (const file of files) found.push({ ...(await probe(file)), path: file })
  return found
}

/** A file that can not be read is not what is looked for, but is named. */
async function probe(path: string): Promise<Probe> {
  try {
    return await probeFile(path)
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    return { dialect: null, container: "json-lines", what: `unreadable: ${what}` }
  }
}

const understoodText =
  "Understood are Chroma directories, Google's reasoning-bank (JSONL), hanw39 (memories.json), budprat (memory_bank.json), reasoning-bank-slm (reasoning_bank.json), Gzmomo001 (Chroma, memories.jsonl), LA3D's rlm (SQLite, packs), and .swarm/memory.db of agentic-flow or claude-flow."

function notUnderstood({
  path,
  found,
  dialect,
}: {
  path: string
  found: Found[]
  dialect: string | undefined
}): ReasoningBankError {
  const lines = found
    .slice(0, 8)
    .map((file) => `${relative(path, file.path) || path}: ${file.what}`)
  const what = lines.length === 0 ? "no file that a bank may lie in" : lines.join("; ")
  const wanted = dialect === undefined ? "no bank of memories" : `no bank of the dialect ${dialect}`
  return new ReasoningBankError({
    code: "source:not_reasoning_bank",
    message: `${path} holds ${wanted}. Found: ${what}.`,
    hint: understoodText,
  })
}

function ambiguous({
  path,
  understood,
}: {
  path: string
  understood: Found[]
}): ReasoningBankError {
  const names = understood.map((file) => `${relative(path, file.path) || path} (${file.dialect})`)
  return new ReasoningBankError({
    code: "usage",
    message: `${path} holds several banks: ${names.join(", ")}.`,
    hint: "Choose one with --dialect NAME, or give the path of the one you mean.",
  })
}
