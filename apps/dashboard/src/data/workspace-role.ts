export const workspaceRoles = ["viewer", "editor", "owner"] as const

export type WorkspaceRole = (typeof workspaceRoles)[number]

/** A role that this version does not know may do the least. */
export function parseRole(role: string): WorkspaceRole {
  return workspaceRoles.find((known) => known === role) ?? "viewer"
}

export const roleMeanings: Record<WorkspaceRole, string> = {
  viewer: "reads and searches",
  editor: "also adds, corrects and deletes memories",
  owner: "also invites, changes roles and deletes the workspace",
}
