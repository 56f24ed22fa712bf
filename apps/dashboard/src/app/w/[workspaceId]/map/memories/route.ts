import type { NextRequest } from "next/server"
import { z } from "zod"
import { readMemoriesById } from "../../../../../data/read-memories-by-id.ts"
import { readWorkspace } from "../../../../../data/workspaces.ts"
import { readWorkspaceId, type WorkspaceParams } from "../../../../../frame/workspace-path.ts"

const wanted = z.array(z.uuid()).min(1).max(50)

/** The memories behind points of the map, as JSON: `?ids=…,…`. */
export async function GET(request: NextRequest, { params }: { params: WorkspaceParams }) {
  const { id: workspaceId } = await readWorkspace(await readWorkspaceId(params))
  const ids = wanted.safeParse(request.nextUrl.searchParams.get("ids")?.split(","))
  if (!ids.success) {
    return Response.json({ message: "Expected ids of 1 to 50 memories in `ids`." }, { status: 400 })
  }
  return Response.json(await readMemoriesById({ workspaceId, ids: ids.data }))
}
