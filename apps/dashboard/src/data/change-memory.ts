import "server-only"
import { DataError } from "./data-error.ts"
import { embedText } from "./embed-text.ts"
import type { JsonObject } from "./json-object.ts"
import { readMemory } from "./memory.ts"
import { openSession } from "./open-session.ts"
import { unwrap } from "./unwrap.ts"

/** Columns of a memory item that an editor may change; those left out stay as they are. */
export type MemoryChanges = {
  title?: string | undefined
  description?: string | null | undefined
  content?: string | undefined
  error_context?: JsonObject | null | undefined
  pattern_tags?: string[] | undefined
  difficulty_level?: string | null | undefined
  domain_category?: string | null | undefined
}

/**
 * Changes a memory that still is as old as `expectedUpdatedAt` and returns its new time. A changed text is embedded anew
 * where there is a model, else its vector is marked stale. Raises `DataError` `conflict` when somebody changed it meanwhile.
 */
export async function changeMemory({
  workspaceId,
  id,
  changes,
  expectedUpdatedAt,
}: {
  workspaceId: string
  id: string
  changes: MemoryChanges
  expectedUpdatedAt: string
}): Promise<string> {
  const { supabase } = await openSession()
  const text = await textAfter({ workspaceId, id, changes })
  const embedded = text === null ? null : await embedText(text)
  return unwrap(
    await supabase.rpc("update_memory_item", {
      workspace_id: workspaceId,
      memory_item_id: id,
      changes: JSON.stringify(changes),
      expected_updated_at: expectedUpdatedAt,
      ...(embedded !== null && { embedding: embedded.vector, embedding_model: embedded.model }),
    }),
  )
}

/** What the memory says afterwards, as every storage backend embeds it; null when that stays as it is. */
async function textAfter({
  workspaceId,
  id,
  changes,
}: {
  workspaceId: string
  id: string
  changes: MemoryChanges
}): Promise<string | null> {
  if (!["title", "description", "content"].some((name) => name in changes)) return null
  const { title, description, content } = { ...(await readMemory(workspaceId, id)), ...changes }
  return `${title}\n${description ?? ""}\n${content}`
}

/** Deletes a memory; one that is gone already is no error. Raises `DataError` `forbidden` for viewers. */
export async function deleteMemory({
  workspaceId,
  id,
}: {
  workspaceId: string
  id: string
}): Promise<void> {
  const { supabase } = await openSession()
  const rows = unwrap(
    await supabase
      .from("memory_items")
      .delete()
      .eq("workspace_id", workspaceId)
      .eq("id", id)
      .select("id"),
  )
  if (rows.length > 0) return
  // Row level security lets a viewer's delete find no row instead of refusing it.
  const left = unwrap(
    await supabase.from("memory_items").select("id").eq("workspace_id", workspaceId).eq("id", id),
  )
  if (left.length === 0) return
  throw new DataError({
    code: "forbidden",
    message: "Your role does not allow deleting memories.",
    hint: "An owner of the workspace can make you an editor.",
  })
}
