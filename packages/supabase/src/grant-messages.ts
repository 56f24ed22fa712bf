import { parseJson, type WorkspaceGrant } from "@reasoningbank/core"
import { jsonFields } from "./json-fields.ts"

/** What `grant_workspaces` returns, as a JSON array. */
export function parseGrants(text: string): WorkspaceGrant[] {
  return jsonFields({ list: parseJson(text) })
    .list("list")
    .map(jsonFields)
    .map((fields) => ({
      workspaceId: fields.text("workspace_id"),
      status: fields.oneOf<WorkspaceGrant["status"]>("status", ["granted", "invited"]),
      token: fields.textOrNull("token"),
      expiresAt: fields.textOrNull("expires_at"),
    }))
}
