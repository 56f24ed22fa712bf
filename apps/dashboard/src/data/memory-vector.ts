import "server-only"
import { notFound } from "next/navigation"
import { z } from "zod"
import { DataError } from "./data-error.ts"
import { openSession } from "./open-session.ts"
import { unwrap } from "./unwrap.ts"

export type StoredVector = { title: string; vector: string; model: string }

/** The vector that is stored of a memory. What others have is not found; raises `DataError` where there is none. */
export async function readMemoryVector({
  workspaceId,
  id,
}: {
  workspaceId: string
  id: string
}): Promise<StoredVector> {
  if (!z.uuid().safeParse(id).success) notFound()
  const { supabase } = await openSession()
  const row = unwrap(
    await supabase
      .from("memory_items")
      .select("title, content_embedding, embedding_model")
      .eq("workspace_id", workspaceId)
      .eq("id", id)
      .maybeSingle(),
  )
  if (row === null) notFound()
  const { title, content_embedding: vector, embedding_model: model } = row
  if (vector !== null && model !== null) return { title, vector, model }
  throw new DataError({
    code: "invalid",
    message: `“${title}” has no vector to search by.`,
    hint: "Ask with a text instead.",
  })
}
