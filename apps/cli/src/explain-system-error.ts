const advice: Record<string, string> = {
  ENOSPC: "Free some space",
  EDQUOT: "Free some space, or have your quota raised",
  EFBIG: "Raise the limit of the size of files (ulimit -f)",
  EROFS: "Call the command from a directory that can be written to",
  EIO: "Check the disk",
  EMFILE: "Raise the limit of open files (ulimit -n)",
}

/**
 * Words for a refusal of the machine the command runs on: a full disk, a quota, a limit. Null for what is none.
 */
export function explainSystemError(error: unknown): { message: string; hint: string } | null {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null
  const remedy = advice[error.code]
  if (remedy === undefined) return null
  return {
    message: `This machine refused to write: ${error.message}.`,
    hint:
      `${remedy}, then run the same command again. Log, report and rejected records are written where it is called ` +
      "from; what has been moved is whole.",
  }
}
