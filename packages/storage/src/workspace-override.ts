import { readFile } from "node:fs/promises"
import path from "node:path"
import { ReasoningBankError } from "@reasoningbank/core"
import { z } from "zod"

const overrideFile = path.join(".reasoningbank", "workspace.json")

const overrideSchema = z.object({
  id: z.string().min(1).max(500),
  name: z.string().min(1).optional(),
})

export type WorkspaceOverride = z.output<typeof overrideSchema> & {
  /** The directory whose `.reasoningbank/workspace.json` it is. */
  directory: string
}

/**
 * What `.reasoningbank/workspace.json` says in a directory or the nearest one above it: `{"id", "name"}`. It
 * goes where the project goes. Null when there is none; raises `usage` for one that can not be read.
 */
export async function readWorkspaceOverride(directory: string): Promise<WorkspaceOverride | null> {
  for (let current = directory; ; current = path.dirname(current)) {
    const file = path.join(current, overrideFile)
    const text = await readFile(file, "utf8").catch(notThere)
    if (text !== null) return { ...parseOverride({ file, text }), directory: current }
    if (path.dirname(current) === current) return null
  }
}

function parseOverride({ file, text }: { file: string; text: string }) {
  try {
    return overrideSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new ReasoningBankError({
      code: "usage",
      message: `${file} does not name a workspace; an object like {"id": "my-project", "name": "My project"} is expected.`,
      hint: "Correct the file, or delete it to have the workspace follow from the path.",
      cause,
    })
  }
}

function notThere(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return null
  throw error
}
