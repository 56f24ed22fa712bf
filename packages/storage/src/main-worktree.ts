import { readFile } from "node:fs/promises"
import path from "node:path"

const gitFile = /^gitdir: *(.+)$/m

/**
 * The main worktree of the repository that a linked git worktree belongs to, from the `.git` file in it or above
 * it; null anywhere else.
 */
export async function findMainWorktree(directory: string): Promise<string | null> {
  for (let current = directory; ; current = path.dirname(current)) {
    const text = await readFile(path.join(current, ".git"), "utf8").catch(() => null)
    const linked = text === null ? undefined : gitFile.exec(text)?.[1]
    if (linked !== undefined) {
      const gitDirectory = path.resolve(current, linked.trim())
      const [common, ...rest] = gitDirectory.split(`${path.sep}.git${path.sep}worktrees${path.sep}`)
      return rest.length === 1 && common !== undefined ? common : null
    }
    if (path.dirname(current) === current) return null
  }
}
