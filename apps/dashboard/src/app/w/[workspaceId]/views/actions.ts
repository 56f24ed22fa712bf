"use server"

import { refresh } from "next/cache"
import { z } from "zod"
import { DataError } from "../../../../data/data-error.ts"
import {
  deleteView,
  renameView,
  saveView,
  type ViewPage,
  viewPages,
} from "../../../../data/saved-views.ts"
import { type ActionResult, runAction } from "../../../../forms/run-action.ts"
import { loadMemoryParams, serializeMemoryParams } from "../memories/search-params.ts"
import { loadTraceParams, serializeTraceParams } from "../traces/search-params.ts"

const workspaceId = z.string().min(1).max(2048)
const id = z.uuid()
const name = z
  .string()
  .trim()
  .min(1, "Give the view a name.")
  .max(80, "A name has at most 80 characters.")

/** Keeps only what the page's own filters understand. */
const readQuery: Record<ViewPage, (query: string) => string> = {
  memories: (query) => serializeMemoryParams(loadMemoryParams(new URLSearchParams(query))),
  traces: (query) => serializeTraceParams(loadTraceParams(new URLSearchParams(query))),
}

export async function saveViewAction(input: unknown): Promise<ActionResult<null>> {
  return runAction({
    input,
    schema: z.object({
      workspaceId,
      view: z.object({ id, page: z.enum(viewPages), name, query: z.string().max(4_000) }),
    }),
    run: async ({ workspaceId: workspace, view }) => {
      const query = readQuery[view.page](view.query).replace(/^\?/, "")
      if (query === "") {
        throw new DataError({
          code: "invalid",
          message: "There is nothing to save: no filter is set.",
          hint: "Filter or search first.",
        })
      }
      await saveView({ workspaceId: workspace, view: { ...view, query } })
      refresh()
      return null
    },
  })
}

export async function renameViewAction(input: unknown): Promise<ActionResult<null>> {
  return runAction({
    input,
    schema: z.object({ workspaceId, id, name }),
    run: async (wanted) => {
      await renameView(wanted)
      refresh()
      return null
    },
  })
}

export async function deleteViewAction(input: unknown): Promise<ActionResult<null>> {
  return runAction({
    input,
    schema: z.object({ workspaceId, id }),
    run: async (wanted) => {
      await deleteView(wanted)
      refresh()
      return null
    },
  })
}
