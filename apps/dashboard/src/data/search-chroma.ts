import "server-only"
import type { FoundMemory } from "@reasoningbank/core/storage"
import { unstable_rethrow } from "next/navigation"
import type { SearchMode } from "../search-words/search-mode.ts"
import { DataError, type DataErrorCode } from "./data-error.ts"
import type { EmbeddedText } from "./embed-text.ts"
import { forgetChroma, openChroma } from "./open-chroma.ts"
import { readWorkspace } from "./workspaces.ts"

/**
 * Searches what Chroma holds of one workspace, of which the user is a member: that is read under row level security before
 * Chroma is asked, and what others have is not found. Raises `DataError`, whose words name no address.
 */
export async function searchChroma({
  workspaceId,
  query,
  mode,
  embedded,
  k,
}: {
  workspaceId: string
  query: string
  mode: SearchMode
  embedded: Pick<EmbeddedText, "vector" | "model"> | null
  k: number
}): Promise<{ found: FoundMemory[]; databaseInMs: number }> {
  const { id } = await readWorkspace(workspaceId)
  try {
    const chroma = await openChroma()
    if (chroma === null) throw new DataError({ code: "not_found", message: "There is no Chroma." })
    const scope = { workspaceId: id, k }
    const asked = performance.now()
    const { memories } =
      mode === "semantic" && embedded !== null
        ? await chroma.querySimilarMemories({
            ...scope,
            embedding: { vector: JSON.parse(embedded.vector), model: embedded.model },
          })
        : await chroma.searchMemories({ ...scope, text: query, mode })
    return { found: memories, databaseInMs: performance.now() - asked }
  } catch (error) {
    unstable_rethrow(error)
    throw explain(error)
  }
}

const meanings: Record<string, { code: DataErrorCode; message: string; hint: string }> = {
  "storage:unreachable": {
    code: "unreachable",
    message: "Chroma does not answer.",
    hint: "Check that it runs and that CHROMA_URL of this server is right.",
  },
  "storage:refused": {
    code: "forbidden",
    message: "Chroma refused this server.",
    hint: "Check CHROMA_TOKEN of this server.",
  },
  "storage:embedding_mismatch": {
    code: "invalid",
    message: "Chroma holds vectors of another model than the query's.",
    hint: "Vectors of two models can not be compared; search by words.",
  },
}

function explain(error: unknown): DataError {
  if (error instanceof DataError) return error
  forgetChroma()
  console.error("Chroma could not be searched:", error)
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  const { code: meaning, ...words } = meanings[code] ?? {
    code: "failed" as const,
    message: "Chroma could not be searched.",
    hint: "The log of this server has the reason.",
  }
  return new DataError({ code: meaning, ...words, cause: error })
}
