import type { NextRequest } from "next/server"
import { readMemoryPage } from "../../../../../data/memories.ts"
import { searchMemories } from "../../../../../data/search-memories.ts"
import { readWorkspace } from "../../../../../data/workspaces.ts"
import { exportResponse } from "../../../../../exports/export-response.ts"
import { exportPageSize, readAllPages } from "../../../../../exports/read-all-pages.ts"
import { readWorkspaceId, type WorkspaceParams } from "../../../../../frame/workspace-path.ts"
import { loadMemoryParams } from "../search-params.ts"

const columns = [
  "id",
  "title",
  "description",
  "content",
  "error_context",
  "pattern_tags",
  "difficulty_level",
  "domain_category",
  "evolution_stage",
  "created_at",
  "updated_at",
  "trace_id",
  "trace_task",
  "trace_outcome",
  "source_id",
] as const

const mostFound = 1_000

/** Everything that matches, as a file: a list whole, a search with its 1,000 best. */
export async function GET(request: NextRequest, { params }: { params: WorkspaceParams }) {
  const { id: workspaceId } = await readWorkspace(await readWorkspaceId(params))
  const filters = loadMemoryParams(request)
  const query = filters.q.trim()
  if (query === "") {
    const pages = readAllPages((after) =>
      readMemoryPage({ workspaceId, filters, after, count: exportPageSize }),
    )
    return exportResponse({ request, name: "memories", columns, pages })
  }
  const { found } = await searchMemories({
    workspaceId,
    query,
    mode: filters.mode,
    filters,
    count: mostFound,
  })
  const pages = (async function* () {
    yield found
  })()
  return exportResponse({
    request,
    name: "memories",
    columns: [...columns, "score", "similarity", "semantic_rank", "keyword_rank"],
    pages,
  })
}
