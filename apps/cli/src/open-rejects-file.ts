import { closeSync, openSync, writeSync } from "node:fs"
import { join } from "node:path"
import { type Reject, stringifyJson } from "@reasoningbank/core"

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
    add({ kind, sourceId, code, reason, content }: Reject) {
      if (isDryRun) return
      file ??= openSync(path, "wx", 0o600)
      const line = stringifyJson({ kind, source_id: sourceId, code, reason, content })
      writeSync(file, `${line}\n`)
    },
    close() {
      if (file !== null) closeSync(file)
    },
  }
}
