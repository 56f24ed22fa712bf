import { realpath } from "node:fs/promises"
import { basename, dirname, join, relative } from "node:path"
import { ReasoningBankError } from "@reasoningbank/core"

/**
 * Raises `usage` when a file to be written would lie in the Chroma directory, of which not a byte may
 * change, or be the traces file itself. Links are followed; what does not exist yet harms nobody.
 */
export async function assertOutsideSource({
  path,
  chromaDirectory,
  tracesFile,
}: {
  path: string
  chromaDirectory: string | null
  tracesFile?: string | undefined
}) {
  const written = await realPath(path)
  const source = chromaDirectory === null ? null : await realPath(chromaDirectory)
  const isInside = source !== null && !/^\.\.(\/|\\|$)/.test(relative(source, written))
  if (!isInside && (tracesFile === undefined || written !== (await realPath(tracesFile)))) return
  throw new ReasoningBankError({
    code: "usage",
    message: `The file ${path} would be written into the source, ${isInside ? chromaDirectory : tracesFile}, which is only read.`,
    hint: "Call the command from a directory outside the source, and name files outside of it.",
  })
}

/** Of a file that is not there yet, where it will be. */
async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    const parent = await realpath(dirname(path)).catch(() => dirname(path))
    return join(parent, basename(path))
  }
}
