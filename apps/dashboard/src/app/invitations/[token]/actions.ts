"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { acceptInvitation } from "../../../data/members.ts"
import type { FormState } from "../../../forms/form-state.ts"
import { runFormAction } from "../../../forms/run-form-action.ts"
import { workspacePath } from "../../../frame/workspace-path.ts"

export async function acceptInvitationAction(_: FormState, form: FormData): Promise<FormState> {
  return runFormAction({
    form,
    schema: z.object({ token: z.string().min(1).max(200) }),
    run: async ({ token }) => {
      const workspaceId = await acceptInvitation({ token })
      redirect(workspacePath({ workspaceId, page: "overview" }))
    },
  })
}
