import type { ReactNode } from "react"
import { readWorkspace } from "../../../data/workspaces.ts"
import { Frame } from "../../../frame/frame.tsx"
import { readWorkspaceId, type WorkspaceParams } from "../../../frame/workspace-path.ts"

export default async function WorkspaceLayout({
  params,
  children,
}: {
  params: WorkspaceParams
  children: ReactNode
}) {
  const { id } = await readWorkspace(await readWorkspaceId(params))
  return <Frame workspaceId={id}>{children}</Frame>
}
