"use server"

import { refresh } from "next/cache"
import { redirect } from "next/navigation"
import { z } from "zod"
import { deleteWorkspace, renameWorkspace } from "../../../../data/workspaces.ts"
import type { FormState } from "../../../../forms/form-state.ts"
import { runFormAction } from "../../../../forms/run-form-action.ts"
import { workspaceNameField } from "../../../../forms/workspace-name-field.ts"

const workspaceId = z.string().min(1).max(2048)

export async function renameWorkspaceAction(_: FormState, form: FormData): Promise<FormState> {
  return runFormAction({
    form,
    schema: z.object({ workspaceId, name: workspaceNameField }),
    run: async (input) => {
      await renameWorkspace(input)
      refresh()
      return { done: `It is called ${input.name} now.`, values: { name: input.name } }
    },
  })
}

export async function deleteWorkspaceAction(_: FormState, form: FormData): Promise<FormState> {
  return runFormAction({
    form,
    schema: z.object({ workspaceId, confirmName: z.string().min(1, "Type the name.") }),
    run: async (input) => {
      await deleteWorkspace(input)
      redirect("/")
    },
  })
}
