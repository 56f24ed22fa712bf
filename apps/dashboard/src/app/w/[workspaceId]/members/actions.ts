"use server"

import { refresh } from "next/cache"
import { redirect } from "next/navigation"
import { z } from "zod"
import {
  changeRole,
  inviteMember,
  removeMember,
  withdrawInvitation,
} from "../../../../data/members.ts"
import { openSession } from "../../../../data/open-session.ts"
import { workspaceRoles } from "../../../../data/workspace-role.ts"
import { emailField } from "../../../../forms/account-fields.ts"
import type { FormState } from "../../../../forms/form-state.ts"
import { readOwnOrigin } from "../../../../forms/read-own-origin.ts"
import { runFormAction } from "../../../../forms/run-form-action.ts"

const workspaceId = z.string().min(1).max(2048)
const roleField = z.enum(workspaceRoles, "Choose viewer, editor or owner.")

export async function inviteAction(_: FormState, form: FormData): Promise<FormState> {
  return runFormAction({
    form,
    schema: z.object({ workspaceId, email: emailField, role: roleField }),
    run: async (input) => {
      const { token } = await inviteMember(input)
      refresh()
      return {
        done: `${input.email} may join as ${input.role} within seven days.`,
        link: new URL(`/invitations/${token}`, await readOwnOrigin()).href,
      }
    },
  })
}

export async function withdrawInvitationAction(_: FormState, form: FormData): Promise<FormState> {
  return runFormAction({
    form,
    schema: z.object({ workspaceId, invitationId: z.uuid() }),
    run: async (input) => {
      await withdrawInvitation(input)
      refresh()
      return { done: "The invitation is withdrawn." }
    },
  })
}

export async function changeRoleAction(_: FormState, form: FormData): Promise<FormState> {
  return runFormAction({
    form,
    schema: z.object({ workspaceId, userId: z.uuid(), role: roleField }),
    run: async (input) => {
      await changeRole(input)
      refresh()
      return { done: `The role is ${input.role} now.` }
    },
  })
}

/** With the caller's own id it is leaving. */
export async function removeMemberAction(_: FormState, form: FormData): Promise<FormState> {
  return runFormAction({
    form,
    schema: z.object({ workspaceId, userId: z.uuid() }),
    run: async (input) => {
      const { user } = await openSession()
      await removeMember(input)
      if (input.userId === user.id) redirect("/")
      refresh()
      return { done: "The member is removed." }
    },
  })
}
