import {
  isReasoningBankError,
  type MigrationStatus,
  type VerificationStatus,
} from "@reasoningbank/core"

/** What the shell is told; documented in docs/migrate.md. */
export const exitCode = {
  done: 0,
  unexpected: 1,
  usage: 2,
  source: 3,
  target: 4,
  doneWithExceptions: 5,
  differences: 6,
  refused: 8,
  interrupted: 130,
} as const

export function exitCodeOfStatus(status: MigrationStatus | VerificationStatus): number {
  switch (status) {
    case "verified":
    case "dry_run":
    case "empty":
      return exitCode.done
    case "verified_with_rejects":
    case "verified_with_conflicts":
    case "verified_with_edits":
      return exitCode.doneWithExceptions
    case "differences":
      return exitCode.differences
    case "failed":
      return exitCode.unexpected
  }
}

export function exitCodeOfError(error: unknown): number {
  if (!isReasoningBankError(error)) return exitCode.unexpected
  const [side] = error.code.split(":")
  if (side === "source") return exitCode.source
  if (side === "target") return exitCode.target
  if (side === "usage") return exitCode.usage
  if (side === "run") return exitCode.refused
  if (side === "interrupted") return exitCode.interrupted
  if (error.code === "backup:damaged") return exitCode.differences
  if (side === "backup") return exitCode.refused
  if (side === "verification") return exitCode.differences
  return exitCode.unexpected
}
