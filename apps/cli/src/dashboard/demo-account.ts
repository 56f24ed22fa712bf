import { ReasoningBankError } from "@reasoningbank/core"
import type { LocalSupabaseConnection } from "@reasoningbank/local-supabase"
import { createSqlTarget } from "@reasoningbank/supabase"

/** Exists in the embedded Supabase alone, which answers nobody but this machine. */
export const demoAccount = { email: "demo@example.com", password: "reasoning-bank" }

/** Makes the demo account where it is missing, and an owner of these workspaces. */
export async function ensureDemoAccount({
  local,
  workspaceIds,
}: {
  local: LocalSupabaseConnection
  workspaceIds: string[]
}): Promise<void> {
  const answer = await fetch(`${local.url}/auth/v1/signup`, {
    method: "POST",
    headers: { apikey: local.publishableKey, "content-type": "application/json" },
    body: JSON.stringify(demoAccount),
  })
  const body = await answer.text()
  if (!answer.ok && !body.includes("already")) {
    throw new ReasoningBankError({
      code: "target:refused",
      message: `The demo account could not be made: the embedded Supabase answered HTTP ${answer.status} ${body}.`,
      hint: "Run it again; .reasoningbank/server.log has what the server printed.",
    })
  }
  const { grantWorkspaces } = createSqlTarget({
    sql: local.sql,
    kind: "embedded",
    location: local.url,
  })
  await grantWorkspaces({ email: demoAccount.email, workspaceIds, role: "owner" })
}
