import { z } from "zod"
import { deleteMemory } from "../../../../../../data/change-memory.ts"
import { runAction } from "../../../../../../forms/run-action.ts"
import { readWorkspaceId } from "../../../../../../frame/workspace-path.ts"

/** A route, not an action: a page that is being left can still send it. */
export async function DELETE(
  _: Request,
  { params }: { params: Promise<{ workspaceId: string; memoryId: string }> },
) {
  const { memoryId } = await params
  const workspaceId = await readWorkspaceId(params)
  const answer = await runAction({
    input: memoryId,
    schema: z.uuid(),
    run: async (id) => deleteMemory({ workspaceId, id }),
  })
  if (answer.status === "done") return new Response(null, { status: 204 })
  const { code, message, hint } = answer
  return Response.json({ message, hint }, { status: code === "forbidden" ? 403 : 400 })
}
