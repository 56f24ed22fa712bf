"use server"

import { refresh } from "next/cache"
import { z } from "zod"
import { changeMemory } from "../../../../../data/change-memory.ts"
import { isJsonObject, type JsonObject } from "../../../../../data/json-object.ts"
import { type ActionResult, runAction } from "../../../../../forms/run-action.ts"

const changes = z.strictObject({
  title: z
    .string()
    .trim()
    .min(5, "Give a title of at least 5 characters.")
    .max(200, "Give a title of at most 200 characters.")
    .optional(),
  description: z
    .string()
    .trim()
    .min(10, "Give a description of at least 10 characters, or none.")
    .max(500, "Give a description of at most 500 characters.")
    .nullable()
    .optional(),
  content: z
    .string()
    .trim()
    .min(20, "Give a content of at least 20 characters.")
    .max(100_000)
    .optional(),
  error_context: z.custom<JsonObject>(isJsonObject, "Give an object.").nullable().optional(),
  pattern_tags: z
    .array(z.string().trim().min(1).max(200, "Give tags of at most 200 characters."))
    .max(10, "Give at most 10 tags.")
    .optional(),
  difficulty_level: z.string().trim().max(100).nullable().optional(),
  domain_category: z
    .string()
    .trim()
    .max(200, "Give a domain of at most 200 characters.")
    .nullable()
    .optional(),
})

const edit = z.object({
  workspaceId: z.string().min(1).max(500),
  id: z.uuid(),
  /** Only what is changed, so that what came unusual from a source may stay so. */
  changes,
  expectedUpdatedAt: z.iso.datetime({ offset: true }),
})

export type MemoryEdit = z.input<typeof edit>

/** Writes a change of a memory, unless somebody else changed it meanwhile; gives its new `updated_at`. */
export async function editMemoryAction(input: MemoryEdit): Promise<ActionResult<string>> {
  return runAction({
    input,
    schema: edit,
    run: async ({ workspaceId, id, changes: wanted, expectedUpdatedAt }) => {
      const updatedAt = await changeMemory({
        workspaceId,
        id,
        changes: wanted,
        expectedUpdatedAt,
      })
      refresh()
      return updatedAt
    },
  })
}
