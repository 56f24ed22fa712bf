import { realpath } from "node:fs/promises"
import path from "node:path"
import { findMainWorktree } from "./main-worktree.ts"
import { absolutePath, workspaceIdFromPath } from "./workspace-id-from-path.ts"
import { readWorkspaceOverride } from "./workspace-override.ts"
import type { WorkspaceRegistry } from "./workspace-registry.ts"

export type Workspace = {
  id: string
  name: string
  /** The directory asked for, absolute. */
  path: string
  /** What told the id. */
  resolvedBy: "override file" | "registry" | "symbolic link" | "git worktree" | "path"
}

/**
 * Which workspace a directory is: what `.reasoningbank/workspace.json` in it or above it says; else the one it is
 * registered as; else, when it is a link or a linked git worktree, the one that what it stands for is registered
 * as; else a new one named after its path.
 */
export async function resolveWorkspace({
  directory: given,
  registry,
}: {
  directory: string
  registry: WorkspaceRegistry
}): Promise<Workspace> {
  const directory = absolutePath(given)
  const override = await readWorkspaceOverride(directory)
  if (override !== null) {
    const { id, name = path.basename(override.directory) } = override
    return { id, name, path: directory, resolvedBy: "override file" }
  }
  const standsFor = [
    { resolvedBy: "registry" as const, find: async () => directory },
    {
      resolvedBy: "symbolic link" as const,
      find: () => realpath(directory).catch(() => null),
    },
    { resolvedBy: "git worktree" as const, find: () => findMainWorktree(directory) },
  ]
  for (const { resolvedBy, find } of standsFor) {
    const place = await find()
    const known = place === null ? null : await registry.find({ path: place })
    if (known !== null) return { id: known.id, name: known.name, path: directory, resolvedBy }
  }
  const id = workspaceIdFromPath(directory)
  return { id, name: path.basename(directory) || directory, path: directory, resolvedBy: "path" }
}
