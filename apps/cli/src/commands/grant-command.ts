import { ReasoningBankError, type WorkspaceGrant, type WorkspaceRole } from "@reasoningbank/core"
import { exitCode } from "../exit-code.ts"
import { formatQuantity } from "../format-figures.ts"
import { formatTable } from "../format-table.ts"
import type { TargetOptions } from "../open-target.ts"
import { withTarget } from "../with-target.ts"

export type GrantOptions = TargetOptions & { all?: boolean | undefined; role: WorkspaceRole }

/** Runs `pnpm migrate grant`: somebody gets a role in workspaces of the target. Returns the exit code. */
export async function runGrant({
  email,
  workspaceIds,
  options,
  directory,
}: {
  email: string
  workspaceIds: string[]
  options: GrantOptions
  directory: string
}): Promise<number> {
  requireWorkspaces({ workspaceIds, all: options.all === true })
  if (!/^\S+@\S+$/.test(email)) {
    throw new ReasoningBankError({
      code: "usage",
      message: `"${email}" is not an e-mail address.`,
      hint: "Give the address first, then the workspaces.",
    })
  }
  return withTarget({
    options,
    directory,
    work: async ({ target, terminal }) => {
      const grants = await target.grantWorkspaces({
        email,
        workspaceIds: options.all === true ? null : workspaceIds,
        role: options.role,
      })
      for (const line of printGrants({ email, role: options.role, grants })) terminal.print(line)
      return exitCode.done
    },
  })
}

function requireWorkspaces({ workspaceIds, all }: { workspaceIds: string[]; all: boolean }) {
  if (all !== workspaceIds.length > 0) return
  throw new ReasoningBankError({
    code: "usage",
    message: all ? "Workspaces are named, and --all is given too." : "No workspace is named.",
    hint: "Name the ids of workspaces, or give --all to mean every one.",
  })
}

function printGrants({
  email,
  role,
  grants,
}: {
  email: string
  role: WorkspaceRole
  grants: WorkspaceGrant[]
}): string[] {
  if (grants.length === 0) return ["The target has no workspaces: nothing was granted."]
  const count = formatQuantity(grants.length, "workspace")
  const invitations = grants.filter(({ status }) => status === "invited")
  if (invitations.length === 0) return [`${email} is now ${role} in ${count}.`]
  const table = formatTable({
    columns: [
      { heading: "Workspace", value: ({ workspaceId }: WorkspaceGrant) => workspaceId },
      { heading: "valid until", value: ({ expiresAt }) => expiresAt?.slice(0, 10) ?? "" },
      { heading: "token", value: ({ token }) => token ?? "" },
    ],
    rows: invitations,
  })
  return [
    `${email} has no confirmed account yet and is invited as ${role} to ${count}:`,
    "",
    ...table.map((line) => `  ${line}`),
    "",
    "Hand the tokens over: each works once, for this address only, after signing up. They are not shown again.",
  ]
}
