import { randomUUID } from "node:crypto"
import { mkdir, readFile, rename, writeFile } from "node:fs/promises"
import { homedir } from "node:os"
import path from "node:path"
import { ReasoningBankError } from "@reasoningbank/core"
import { z } from "zod"
import { readEnvironment } from "./env.ts"
import { absolutePath, workspaceIdFromPath } from "./workspace-id-from-path.ts"

const workspaceSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Where it was first seen. */
  path: z.string(),
  /** Other paths it is known under. */
  aliases: z.array(z.string()),
})
const registrySchema = z.object({ workspaces: z.array(workspaceSchema) })

export type RegisteredWorkspace = z.output<typeof workspaceSchema>

/** Which workspaces this machine knows: an id alone can not be turned back into a name or a path. */
export type WorkspaceRegistry = {
  list(): Promise<RegisteredWorkspace[]>
  /** By id, path or alias. */
  find(which: { id: string } | { path: string }): Promise<RegisteredWorkspace | null>
  /** Adds a workspace or gives back the one there is. The name defaults to the path's last part. */
  register(workspace: { path: string; id?: string; name?: string }): Promise<RegisteredWorkspace>
  rename(change: { id: string; name: string }): Promise<void>
  /** Lets a further path (moved, mounted elsewhere) mean this workspace. Raises `usage` when it means another. */
  addAlias(alias: { id: string; path: string }): Promise<void>
  removeAlias(alias: { id: string; path: string }): Promise<void>
}

/** A registry kept in a JSON file, replaced whole with each change. */
export function createWorkspaceRegistry({
  file = readEnvironment().REASONING_BANK_WORKSPACES ?? defaultFile(),
}: {
  /** @default the variable `REASONING_BANK_WORKSPACES`, else `~/.reasoningbank/workspaces.json` */
  file?: string
} = {}): WorkspaceRegistry {
  let turn: Promise<unknown> = Promise.resolve()

  async function read(): Promise<RegisteredWorkspace[]> {
    const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null
      throw error
    })
    if (text === null) return []
    try {
      return registrySchema.parse(JSON.parse(text)).workspaces
    } catch (cause) {
      throw new ReasoningBankError({
        code: "usage",
        message: `${file} is no registry of workspaces, or was damaged.`,
        hint: "Move the file away; workspaces register themselves again when they are next used.",
        cause,
      })
    }
  }

  async function write(workspaces: RegisteredWorkspace[]): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true })
    const draft = `${file}.${randomUUID()}`
    await writeFile(draft, `${JSON.stringify({ workspaces }, null, 2)}\n`)
    await rename(draft, file)
  }

  /** One change after the other, so that none is lost. */
  function change<Result>(edit: (workspaces: RegisteredWorkspace[]) => Result): Promise<Result> {
    const changed = turn.then(async () => {
      const workspaces = await read()
      const before = JSON.stringify(workspaces)
      const result = edit(workspaces)
      if (JSON.stringify(workspaces) !== before) await write(workspaces)
      return result
    })
    turn = changed.catch(() => undefined)
    return changed
  }

  return {
    list: read,
    async find(which) {
      const workspaces = await read()
      return ("id" in which ? byId(workspaces, which.id) : byPath(workspaces, which.path)) ?? null
    },
    register: ({ path: given, id, name }) =>
      change((workspaces) => {
        const directory = absolutePath(given)
        const known = byPath(workspaces, directory) ?? byId(workspaces, id ?? "")
        if (known !== undefined && (id === undefined || known.id === id)) return known
        const workspace = {
          id: id ?? workspaceIdFromPath(directory),
          name: name ?? (path.basename(directory) || directory),
          path: directory,
          aliases: [],
        }
        workspaces.push(workspace)
        return workspace
      }),
    rename: ({ id, name }) =>
      change((workspaces) => {
        required(workspaces, id).name = name
      }),
    addAlias: ({ id, path: given }) =>
      change((workspaces) => {
        const directory = absolutePath(given)
        const workspace = required(workspaces, id)
        const taken = byPath(workspaces, directory)
        if (taken !== undefined && taken.id !== id) throw takenPath({ directory, taken })
        if (taken === undefined) workspace.aliases.push(directory)
      }),
    removeAlias: ({ id, path: given }) =>
      change((workspaces) => {
        const workspace = required(workspaces, id)
        const directory = absolutePath(given)
        workspace.aliases = workspace.aliases.filter((alias) => alias !== directory)
      }),
  }
}

function defaultFile(): string {
  return path.join(homedir(), ".reasoningbank", "workspaces.json")
}

function byId(workspaces: readonly RegisteredWorkspace[], id: string) {
  return workspaces.find((workspace) => workspace.id === id)
}

function byPath(workspaces: readonly RegisteredWorkspace[], directory: string) {
  const wanted = absolutePath(directory)
  return (
    workspaces.find((workspace) => workspace.aliases.includes(wanted)) ??
    workspaces.find((workspace) => workspace.path === wanted)
  )
}

function required(workspaces: readonly RegisteredWorkspace[], id: string): RegisteredWorkspace {
  const workspace = byId(workspaces, id)
  if (workspace !== undefined) return workspace
  const known = workspaces.map((each) => each.id).join(", ") || "none"
  throw new ReasoningBankError({
    code: "usage",
    message: `No workspace ${JSON.stringify(id)} is registered; known are ${known}.`,
    hint: "Register it first, with its path.",
  })
}

function takenPath({ directory, taken }: { directory: string; taken: RegisteredWorkspace }) {
  return new ReasoningBankError({
    code: "usage",
    message: `${directory} already is the workspace ${taken.name} (${taken.id}).`,
    hint: "Remove that alias first, or put a .reasoningbank/workspace.json into the directory.",
  })
}
