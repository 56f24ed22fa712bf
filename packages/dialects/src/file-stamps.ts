import { stat } from "node:fs/promises"
import { ReasoningBankError } from "@reasoningbank/core"

/** Sizes and times of files as one text, equal exactly when nobody wrote to them. */
export async function stampFiles(paths: string[]): Promise<string> {
  const withLogs = paths.flatMap((path) => [path, `${path}-wal`, `${path}-journal`])
  const lines = await Promise.all(withLogs.map(stampFile))
  return lines.join("\n")
}

async function stampFile(path: string): Promise<string> {
  try {
    const { size, mtimeNs, ino } = await stat(path, { bigint: true })
    return `${path} ${ino} ${size} ${mtimeNs}`
  } catch {
    return `${path} is not there`
  }
}

export function filesChanged(location: string): ReasoningBankError {
  return new ReasoningBankError({
    code: "source:changed",
    message: `Somebody wrote to ${location} while it was read.`,
    hint: "Stop the programs that write to it and run the same command again; what is already there is not written twice.",
  })
}
