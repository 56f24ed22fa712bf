import { ReasoningBankError } from "@reasoningbank/core"
import { resolveWorkspace, type Workspace } from "./resolve-workspace.ts"
import type { WorkspaceRegistry } from "./workspace-registry.ts"

/** Which workspace a program is in. */
export type WorkspaceManager = {
  /** Makes a directory's workspace the current one and registers it. */
  setWorkspace(directory: string): Promise<Workspace>
  /** Null when none is set. */
  getWorkspace(): Workspace | null
  /** For the arguments of a backend; raises `usage` when no workspace is set. */
  getWorkspaceId(): string
  clearWorkspace(): void
}

export function createWorkspaceManager({
  registry,
}: {
  registry: WorkspaceRegistry
}): WorkspaceManager {
  let current: Workspace | null = null
  return {
    async setWorkspace(directory) {
      const workspace = await resolveWorkspace({ directory, registry })
      await registry.register(workspace)
      current = workspace
      return workspace
    },
    getWorkspace: () => current,
    getWorkspaceId() {
      if (current !== null) return current.id
      throw new ReasoningBankError({
        code: "usage",
        message: "No workspace is set, and nothing is stored or found without one.",
        hint: "Call setWorkspace with the project's directory first.",
      })
    },
    clearWorkspace() {
      current = null
    },
  }
}
