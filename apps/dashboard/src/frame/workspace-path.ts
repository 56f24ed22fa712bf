/** The pages of a workspace, as the rail lists them. */
export const workspacePages = [
  "overview",
  "memories",
  "traces",
  "latency",
  "playground",
  "map",
  "migrations",
  "members",
] as const

export type WorkspacePage = (typeof workspacePages)[number]

/** The address of a page of a workspace; `rest` is what follows, such as an id or a query. */
export function workspacePath({
  workspaceId,
  page,
  rest = "",
}: {
  workspaceId: string
  page: WorkspacePage | "settings"
  rest?: string
}): string {
  return `/w/${encodeURIComponent(workspaceId)}/${page}${rest}`
}

/** What Next.js gives a page of `/w/[workspaceId]`: the id as it stands in the address. */
export type WorkspaceParams = Promise<{ workspaceId: string }>

/** The id that the address of a page means. An id may hold any character, a slash too. */
export async function readWorkspaceId(params: WorkspaceParams): Promise<string> {
  const { workspaceId } = await params
  try {
    return decodeURIComponent(workspaceId)
  } catch {
    return workspaceId
  }
}
