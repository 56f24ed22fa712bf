import { once } from "node:events"
import { buildDashboard, checkPages, startDashboard } from "@reasoningbank/dashboard/server"
import type { LocalSupabaseConnection } from "@reasoningbank/local-supabase"
import type { Terminal } from "../terminal.ts"
import { demoAccount } from "./demo-account.ts"
import { startSampleChroma } from "./start-sample-chroma.ts"

/** Starts the production build, opens every page once, and says where it is; ends at once or with `signal`. */
export async function serveDemoDashboard({
  local,
  sampleDirectory,
  port,
  workspaceIds,
  nextSteps,
  keepsServing,
  terminal,
  signal,
}: {
  local: LocalSupabaseConnection
  /** Of the Chroma bank that was migrated; the playground compares with it. */
  sampleDirectory: string
  port: number
  workspaceIds: readonly string[]
  /** Said when the dashboard is there. */
  nextSteps: readonly string[]
  keepsServing: boolean
  terminal: Terminal
  signal: AbortSignal
}): Promise<void> {
  terminal.status("Building the dashboard, which takes about a minute the first time …")
  // Not earlier: it would slow the searches down whose cost was just measured.
  await buildDashboard()
  terminal.status("Starting the dashboard …")
  await using chroma = await startSampleChroma({ sampleDirectory })
  const access = { supabaseUrl: local.url, publishableKey: local.publishableKey }
  const dashboard = await startDashboard({
    mode: "start",
    port,
    mailsDirectory: local.mails.directory,
    chromaUrl: chroma.url,
    ...access,
  })
  try {
    terminal.status("Opening every page …")
    const { url } = dashboard
    const pages = await checkPages({ url, account: demoAccount, workspaceIds, signal, ...access })
    terminal.print(`
7. The dashboard: ${pages} pages answer at ${url}

   Sign in as ${demoAccount.email} with the password ${demoAccount.password}
`)
    for (const line of nextSteps) terminal.print(line)
    if (!keepsServing) return
    terminal.print("\nThe dashboard runs until you press Ctrl-C.")
    await Promise.race([once(signal, "abort"), dashboard.exited])
  } finally {
    terminal.clearStatus()
    await dashboard.stop()
  }
}
