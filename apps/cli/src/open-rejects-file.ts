import { closeSync, openSync, writeSync } from "node:fs"
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
  runId: string
  isDryRun: boolean
}) {
  const path = join(directory, `migration-rejects-${runId}.jsonl`)
  let file: number | null = null
  return {
    /** Null while there is none. */
    get path() {
      return file === null ? null : path
    },
    add(reject: Reject) {
      if (isDryRun) return
      file ??= openSync(path, "wx", 0o600)
      writeSync(
        file,
        `${formatRejectLine(reject)}
`,
      )
    },
    close() {
      if (file !== null) closeSync(file)
    },
  }
}
