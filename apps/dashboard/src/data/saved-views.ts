import "server-only"
import { DataError } from "./data-error.ts"
import { openSession } from "./open-session.ts"
import { unwrap } from "./unwrap.ts"

export const viewPages = ["memories", "traces"] as const

export type ViewPage = (typeof viewPages)[number]

/** Filters of a list that the user gave a name. `query` stands in the address after the question mark. */
export type SavedView = { id: string; page: ViewPage; name: string; query: string }

/** The user's own views of a workspace, by name. */
export async function listSavedViews(workspaceId: string): Promise<SavedView[]> {
  const { supabase, user } = await openSession()
  const rows = unwrap(
    await supabase
      .from("saved_views")
      .select("id, page, name, query")
      .eq("workspace_id", workspaceId)
      .eq("user_id", user.id),
  )
  return rows
    .flatMap((row) => {
      const page = viewPages.find((known) => known === row.page)
      return page === undefined ? [] : [{ ...row, page }]
    })
    .sort((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }))
}

/** Raises `DataError` `conflict` when the user has a view of this name for the page. */
export async function saveView({
  workspaceId,
  view,
}: {
  workspaceId: string
  view: SavedView
}): Promise<void> {
  const { supabase, user } = await openSession()
  explainConflict({
    name: view.name,
    answer: await supabase
      .from("saved_views")
      .insert({ ...view, workspace_id: workspaceId, user_id: user.id })
      .select("id"),
  })
}

/** Raises as `saveView`, and `not_found` when the view is gone. */
export async function renameView({
  workspaceId,
  id,
  name,
}: {
  workspaceId: string
  id: string
  name: string
}): Promise<void> {
  const { supabase } = await openSession()
  const rows = explainConflict({
    name,
    answer: await supabase
      .from("saved_views")
      .update({ name })
      .eq("workspace_id", workspaceId)
      .eq("id", id)
      .select("id"),
  })
  if (rows.length > 0) return
  throw new DataError({
    code: "not_found",
    message: "This view is not there any more.",
    hint: "It was deleted elsewhere; save it anew.",
  })
}

/** A view that is gone already is no error. */
export async function deleteView({
  workspaceId,
  id,
}: {
  workspaceId: string
  id: string
}): Promise<void> {
  const { supabase } = await openSession()
  unwrap(
    await supabase
      .from("saved_views")
      .delete()
      .eq("workspace_id", workspaceId)
      .eq("id", id)
      .select("id"),
  )
}

function explainConflict<Data>({
  name,
  answer,
}: {
  name: string
  answer: Parameters<typeof unwrap<Data>>[0]
}): Data {
  if (answer.error?.code !== "23505") return unwrap(answer)
  throw new DataError({
    code: "conflict",
    message: `You have a view called “${name}” already.`,
    hint: "Choose another name, or rename that one.",
    cause: answer.error,
  })
}
