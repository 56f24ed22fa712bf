import type { TestProject } from "vitest/node"
import { mayInstallSystemPackages } from "./env.ts"
import { serveSharedClusters } from "./serve-shared-clusters.ts"

declare module "vitest" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with vitest's own.
  export interface ProvidedContext {
    nativePostgresAddress: string
  }
}

/** Named in vitest.config.ts: one address for the whole run, and no server before a suite asks for one. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const clusters = await serveSharedClusters({ mayInstallSystemPackages })
  project.provide("nativePostgresAddress", clusters.address)
  return clusters.stop
}
