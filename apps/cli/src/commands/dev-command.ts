import { once } from "node:events"
import { startDashboard } from "@reasoningbank/dashboard/server"
import { demoAccount } from "../dashboard/demo-account.ts"
import { openDemoProduct } from "../dashboard/open-demo-product.ts"
import { startSampleChroma } from "../dashboard/start-sample-chroma.ts"
import { exitCode } from "../exit-code.ts"
import { createTerminal } from "../terminal.ts"

/** Runs `pnpm dev`: the dashboard in development until it is stopped. Returns the exit code. */
export async function runDev({
  directory,
  port,
  signal,
}: {
  directory: string
  port: number
  signal: AbortSignal
}): Promise<number> {
  const terminal = createTerminal((text) => text)
  await using resources = new AsyncDisposableStack()
  const siteUrl = `http://localhost:${port}`
  const { local, sampleDirectory } = await openDemoProduct({
    ...{ directory, siteUrl, terminal, signal },
  })
  resources.defer(() => local.close())
  const chroma = resources.use(await startSampleChroma({ sampleDirectory }))
  const dashboard = await startDashboard({
    mode: "dev",
    port,
    supabaseUrl: local.url,
    publishableKey: local.publishableKey,
    mailsDirectory: local.mails.directory,
    chromaUrl: chroma.url,
    isVerbose: true,
  })
  resources.defer(() => dashboard.stop())
  terminal.print(`
Dashboard  ${dashboard.url}, sign in as ${demoAccount.email} with ${demoAccount.password}
Supabase   ${local.url}`)
  const stopped = once(signal, "abort").then(() => exitCode.done)
  return await Promise.race([stopped, dashboard.exited])
}
