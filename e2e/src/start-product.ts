import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import {
  createTerminal,
  demoAccount,
  openDemoProduct,
  startSampleChroma,
} from "@reasoningbank/cli/demo-product"
import { buildDashboard, startDashboard } from "@reasoningbank/dashboard/server"
import { findFreePort } from "@reasoningbank/native-postgres"
import type { TestProject } from "vitest/node"

/** The running product: an embedded Supabase with the sample bank, its Chroma, and the production build before it. */
export type Product = {
  url: string
  supabaseUrl: string
  publishableKey: string
  secretKey: string
  /** Of the Chroma that the sample bank was migrated from; the playground compares with it. */
  chromaUrl: string
  /** Holds `.reasoningbank`. */
  directory: string
  demo: { email: string; password: string }
}

declare module "vitest" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with vitest's own.
  export interface ProvidedContext {
    product: Product
  }
}

/** Named in vitest.config.ts: one product for the whole run; each test makes its own users and workspaces. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const resources = new AsyncDisposableStack()
  try {
    project.provide("product", await openProduct(resources))
  } catch (error) {
    await resources.disposeAsync()
    throw error
  }
  return () => resources.disposeAsync()
}

export async function openProduct(resources: AsyncDisposableStack): Promise<Product> {
  const directory = await mkdtemp(path.join(tmpdir(), "reasoningbank-e2e-"))
  resources.defer(() => rm(directory, { recursive: true, force: true }))
  const port = await findFreePort()
  const [{ local, sampleDirectory }] = await Promise.all([
    openDemoProduct({
      directory,
      siteUrl: `http://localhost:${port}`,
      terminal: createTerminal((text) => text),
      signal: AbortSignal.timeout(300_000),
    }),
    buildDashboard(),
  ])
  resources.defer(() => local.close())
  const chroma = resources.use(await startSampleChroma({ sampleDirectory }))
  const dashboard = await startDashboard({
    mode: "start",
    port,
    supabaseUrl: local.url,
    publishableKey: local.publishableKey,
    mailsDirectory: local.mails.directory,
    chromaUrl: chroma.url,
  })
  resources.defer(() => dashboard.stop())
  return {
    url: dashboard.url,
    supabaseUrl: local.url,
    publishableKey: local.publishableKey,
    secretKey: local.secretKey,
    chromaUrl: chroma.url,
    directory,
    demo: demoAccount,
  }
}
