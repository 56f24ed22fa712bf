import { execFile } from "node:child_process"
import {
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { beforeEach, describe, expect, test } from "vitest"
import { createWorkspaceManager } from "./create-workspace-manager.ts"
import { workspaceIdFromPath } from "./workspace-id-from-path.ts"
import { createWorkspaceRegistry, type WorkspaceRegistry } from "./workspace-registry.ts"

let root: string
let project: string
let registry: WorkspaceRegistry

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "workspaces-")))
  project = join(root, "project")
  await mkdir(project)
  registry = createWorkspaceRegistry({ file: join(root, "registry.json") })
  return () => rm(root, { recursive: true, force: true })
})

const open = (directory: string) => createWorkspaceManager({ registry }).setWorkspace(directory)

describe("a workspace manager", () => {
  test("sets, gives and clears", async () => {
    const manager = createWorkspaceManager({ registry })
    expect(manager.getWorkspace()).toBeNull()
    expect(() => manager.getWorkspaceId()).toThrow(expect.objectContaining({ code: "usage" }))
    const id = workspaceIdFromPath(project)
    const workspace = { id, name: "project", path: project, resolvedBy: "path" }
    expect(await manager.setWorkspace(project)).toEqual(workspace)
    expect(manager.getWorkspace()).toEqual(workspace)
    expect(manager.getWorkspaceId()).toBe(id)
    manager.clearWorkspace()
    expect(manager.getWorkspace()).toBeNull()
  })

  test("a name given later is there in the next process", async () => {
    const { id } = await open(project)
    await registry.rename({ id, name: "Northwind Shop" })
    registry = createWorkspaceRegistry({ file: join(root, "registry.json") })
    expect(await open(project)).toMatchObject({
      id,
      name: "Northwind Shop",
      resolvedBy: "registry",
    })
  })
})

describe("one workspace under several paths", () => {
  test("moved, once its new path is an alias", async () => {
    const { id } = await open(project)
    const moved = join(root, "moved")
    await rename(project, moved)
    await registry.addAlias({ id, path: moved })
    expect(await open(moved)).toMatchObject({ id, resolvedBy: "registry" })
    await registry.removeAlias({ id, path: moved })
    expect((await open(moved)).id).not.toBe(id)
  })

  test("a container's /app, as an alias in its own registry", async () => {
    const { id } = await registry.register({ path: "/home/me/project" })
    await registry.addAlias({ id, path: "/app" })
    expect(await open("/app")).toMatchObject({ id, name: "project" })
  })

  test("a symbolic link to a known directory", async () => {
    const { id } = await open(project)
    const link = join(root, "link")
    await symlink(project, link)
    expect(await open(link)).toMatchObject({ id, path: link, resolvedBy: "symbolic link" })
  })

  test("a linked git worktree of a known directory", async () => {
    const git = (...given: string[]) =>
      promisify(execFile)(
        "git",
        ["-c", "user.name=a", "-c", "user.email=a@example.org", ...given],
        {
          cwd: project,
        },
      )
    await git("init", "--quiet")
    await git("commit", "--quiet", "--allow-empty", "-m", "first")
    const worktree = join(root, "worktree")
    await git("worktree", "add", "--quiet", worktree)
    const { id } = await open(project)
    expect(await open(worktree)).toMatchObject({ id, resolvedBy: "git worktree" })
  })

  test("the override file goes where the project goes, and wins", async () => {
    await open(project)
    const file = join(project, ".reasoningbank", "workspace.json")
    await mkdir(join(project, ".reasoningbank"))
    await writeFile(file, JSON.stringify({ id: "shop", name: "The shop" }))
    await mkdir(join(project, "packages", "deep"), { recursive: true })
    const workspace = { id: "shop", name: "The shop", resolvedBy: "override file" }
    expect(await open(project)).toMatchObject(workspace)
    expect(await open(join(project, "packages", "deep"))).toMatchObject(workspace)
    await writeFile(file, "{}")
    await expect(open(project)).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining(file),
    })
  })
})

describe("the registry", () => {
  test("a path that means another workspace is no alias", async () => {
    const first = await open(project)
    const second = await open(root)
    await expect(registry.addAlias({ id: second.id, path: project })).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining(first.id),
    })
    await expect(registry.rename({ id: "nobody", name: "x" })).rejects.toMatchObject({
      code: "usage",
    })
  })

  test("changes at the same time are all kept", async () => {
    const paths = Array.from({ length: 20 }, (_, at) => join(root, `project-${at}`))
    await Promise.all(paths.map((path) => registry.register({ path })))
    expect((await registry.list()).map(({ path }) => path).toSorted()).toEqual(paths.toSorted())
    expect(JSON.parse(await readFile(join(root, "registry.json"), "utf8")).workspaces.length).toBe(
      20,
    )
  })

  test("a damaged file is not written over", async () => {
    await writeFile(join(root, "registry.json"), "{")
    await expect(open(project)).rejects.toMatchObject({ code: "usage" })
    expect(await readFile(join(root, "registry.json"), "utf8")).toBe("{")
  })
})
