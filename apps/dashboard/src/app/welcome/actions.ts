"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { createWorkspace } from "../../data/workspaces.ts"
import type { FormState } from "../../forms/form-state.ts"
import { runFormAction } from "../../forms/run-form-action.ts"
import { workspaceNameField } from "../../forms/workspace-name-field.ts"
import { workspacePath } from "../../frame/workspace-path.ts"

const schema = z.object({ name: workspaceNameField })

export async function createWorkspaceAction(_: FormState, form: FormData): Promise<FormState> {
  return runFormAction({
    form,
    schema,
    run: async ({ name }) => {
      const workspaceId = await createWorkspace({ name })
      redirect(workspacePath({ workspaceId, page: "overview" }))
    },
  })
}
