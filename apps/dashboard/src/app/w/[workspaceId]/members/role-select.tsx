"use client"

import { startTransition } from "react"
import { Select } from "../../../../components/select.tsx"
import type { Member } from "../../../../data/members.ts"
import { workspaceRoles } from "../../../../data/workspace-role.ts"

const options = workspaceRoles.map((role) => ({ value: role, label: role }))

export function RoleSelect({
  workspaceId,
  member,
  action,
  isPending,
}: {
  workspaceId: string
  member: Member
  action: (form: FormData) => void
  isPending: boolean
}) {
  return (
    <Select
      label={`Role of ${member.email}`}
      defaultValue={member.role}
      options={options}
      disabled={isPending}
      className="h-7 w-26"
      onChange={(role) => {
        const form = new FormData()
        form.set("workspaceId", workspaceId)
        form.set("userId", member.userId)
        form.set("role", role)
        startTransition(() => action(form))
      }}
    />
  )
}
