import { closeSync, existsSync, openSync, writeSync } from "node:fs"
import { join } from "node:path"
import { formatRejectLine, type Reject } from "@reasoningbank/core"

/**
 * A file of what could not be moved, one JSON object a line with the reason and the whole content. It
 * is made with the first reject; a dry run only looks and makes none.
 */
export function openRejectsFile({
  directory,
  runId,
  isDryRun,
}: {
  directory: string
  /** Of the run as it is recorded when the first one comes; what it left before it was cut short stays beside it. */
  runId: () => string
  isDryRun: boolean
}) {
  let path = ""
  const openNew = (): number => {
    for (let part = 1; ; part++) {
      const suffix = part === 1 ? "" : `-${part}`
      path = join(directory, `migration-rejects-${runId()}${suffix}.jsonl`)
      if (!existsSync(path)) return openSync(path, "wx", 0o600)
    }
  }
  let file: number | null = null
  return {
    /** Null while there is none. */
    get path() {
      return file === null ? null : path
    },
    add(reject: Reject) {
      if (isDryRun) return
      file ??= openNew()
      writeSync(file, `${formatRejectLine(reject)}\n`)
    },
    close() {
      if (file !== null) closeSync(file)
    },
  }
}
