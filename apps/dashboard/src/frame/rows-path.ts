import { workspacePath } from "./workspace-path.ts"

/** What the lists of memories and traces filter by, named as in their address. */
export type RowsFilter = {
  outcome?: string
  domain?: string
  tag?: string
  difficulty?: string
  stage?: string
  /** Only memory items that were learned from a mistake. */
  errors?: "only"
  /** Days in UTC, both included. */
  from?: string | null
  to?: string | null
}

/** The address of the rows behind a figure. */
export function rowsPath({
  workspaceId,
  page,
  filter = {},
}: {
  workspaceId: string
  page: "memories" | "traces"
  filter?: RowsFilter
}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) {
    if (typeof value === "string") query.set(name, value)
  }
  const text = query.toString()
  return workspacePath({ workspaceId, page, rest: text === "" ? "" : `?${text}` })
}
