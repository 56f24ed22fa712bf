import type { NextRequest } from "next/server"
import { readTracePage } from "../../../../../data/traces.ts"
import { readWorkspace } from "../../../../../data/workspaces.ts"
import { exportResponse } from "../../../../../exports/export-response.ts"
import { exportPageSize, readAllPages } from "../../../../../exports/read-all-pages.ts"
import { readWorkspaceId, type WorkspaceParams } from "../../../../../frame/workspace-path.ts"
import { loadTraceParams } from "../search-params.ts"

const columns = [
  "id",
  "task",
  "outcome",
  "memory_items",
  "metadata",
  "created_at",
  "source_id",
] as const

/** Everything that matches, as a file. */
export async function GET(request: NextRequest, { params }: { params: WorkspaceParams }) {
  const { id: workspaceId } = await readWorkspace(await readWorkspaceId(params))
  const filters = loadTraceParams(request)
  const pages = readAllPages((after) =>
    readTracePage({ workspaceId, filters, after, count: exportPageSize }),
  )
  return exportResponse({ request, name: "traces", columns, pages })
}
